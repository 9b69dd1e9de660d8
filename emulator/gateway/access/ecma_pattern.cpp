#include "emulator/gateway/access/ecma_pattern.hpp"

#include <algorithm>

namespace understudy::access {
namespace {

std::string describe_letters(const std::string& letters) {
    if (letters.empty()) return {};
    std::string list;
    for (const char letter : letters) {
        const std::string each = std::string("\\") + letter;
        if (list.find(each) == std::string::npos) list += (list.empty() ? "" : ", ") + each;
    }
    return list + " in it means the plain letter in ECMA 262, as on AWS";
}

}  // namespace

EcmaPattern::EcmaPattern(const std::string& expression) {
    using Outcome = EcmaTranslation::Outcome;
    EcmaTranslation translation = translate_ecma(expression);
    outcome_ = translation.outcome;
    for (const auto& [each, wanted] : translation.conditions) {
        conditions_.emplace_back(Pattern(each), wanted);
        if (conditions_.back().first.valid()) continue;
        outcome_ = Outcome::beyond;
        translation.why = "so many repetitions";
    }
    if (outcome_ == Outcome::translated) remark_ = describe_letters(translation.plain_letters);
    if (outcome_ == Outcome::beyond) {
        remark_ = "it has " + translation.why + ", which is not emulated: it refuses nothing, where AWS checks it";
    }
}

bool EcmaPattern::matches(std::string_view text) const {
    return !checks() || std::ranges::all_of(conditions_, [text](const auto& condition) {
        return condition.first.matches_part(text) == condition.second;
    });
}

}  // namespace understudy::access
