#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::access {

/// A small JSON document that remembers how it was written: what authorizers and tokens say, which is passed on as it
/// stands. Views live as long as the text that it was read from.
struct Json {
    enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
    using Member = std::pair<std::string, Json>;

    Kind kind = Kind::null;
    std::string_view source = {};      ///< The value's own text, from its first character to its last.
    std::string text = {};             ///< A string's characters.
    std::vector<Json> items = {};      ///< An array's.
    std::vector<Member> members = {};  ///< An object's, in their order.

    bool is(Kind other) const { return kind == other; }
    /// A member by its name, the last where it is repeated; null where there is none.
    const Json* find(std::string_view name) const;
    /// The characters of a member that is a string, by its name; else empty.
    std::string_view text_of(std::string_view name) const;
};

/// Nesting up to here is read where nothing else is said.
inline constexpr std::size_t kMaxJsonDepth = 64;

/// One JSON value and nothing else (RFC 8259). Errors: nullopt for any other text, and for one that nests too deep.
/// Tested by: AccessJson.TakesWhatTheGrammarTakes
std::optional<Json> parse_json(std::string_view text, std::size_t max_depth = kMaxJsonDepth);

/// Whether it is for its nesting that `parse_json` does not read a text, which follows the grammar up to there.
/// Tested by: AuthorizerReply.ThatNestsTooDeepIsToldForThat
bool nests_too_deep(std::string_view text, std::size_t max_depth = kMaxJsonDepth);

/// What a value says as plain text: a string's characters, else its own text.
std::string_view plain_text(const Json& value);

}  // namespace understudy::access
