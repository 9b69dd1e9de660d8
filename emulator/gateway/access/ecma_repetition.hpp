#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::access {

/// How often what stands in front of it may follow itself.
struct EcmaRepetition {
    std::size_t least = 0;
    std::optional<std::size_t> most;
};

/// What stands at `at`, which moves behind it, as a repetition of ECMA 262; whether it takes few or many is not read.
/// Braces that hold no numbers are plain characters. Errors: nullopt where none stands there, and `at` stays.
/// Tested by: EcmaPattern.MeansWhatEcma262Does
std::optional<EcmaRepetition> read_repetition(std::string_view text, std::size_t& at);

/// Lets the end of an expression of RE2 repeat, from `begin` on: in pieces that RE2 takes. How many there are of a text
/// says which of them it is in, so that a matcher that follows all ways has few to follow.
/// Preconditions: there are not fewer at most than at least.
/// Errors: false where that is more than RE2 takes or counts in good time; the expression stays.
/// Tested by: EcmaPattern.CountsBeyondAThousand, EcmaPattern.KnowsWhatIsBeyondIt
bool repeat_end(std::string& out, std::size_t begin, const EcmaRepetition& times);

}  // namespace understudy::access
