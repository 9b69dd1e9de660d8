#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::access {

/// A regular expression of ECMA 262 (the fifth edition), in the language of RE2.
struct EcmaTranslation {
    enum class Outcome : std::uint8_t {
        translated,
        beyond,   ///< It means what RE2 has no words for: `why` names it.
        invalid,  ///< It is none.
    };
    /// What a text has to hold, or must not.
    struct Condition {
        std::string expression;
        bool wanted = true;
        friend bool operator==(const Condition&, const Condition&) = default;
    };

    Outcome outcome = Outcome::translated;
    std::vector<Condition> conditions;  ///< All of them, where it is translated.
    std::string why;
    /// Letters behind a backslash that mean something elsewhere (`\A`, `\p`), and in ECMA 262 themselves.
    std::string plain_letters;
};

/// What looks ahead right behind a leading `^` becomes a condition of its own. Characters beyond U+FFFF count as one.
///
/// Rule: the validator that API Gateway runs reads expressions by ECMA 262 [java-json-tools/json-schema-core
/// RegexECMA262Helper; "ECMA 262 regex" in its words]; which engine reads them is unverified.
/// Tested by: EcmaPattern.MeansWhatEcma262Does, EcmaPattern.KnowsWhatIsBeyondIt
EcmaTranslation translate_ecma(std::string_view expression);

}  // namespace understudy::access
