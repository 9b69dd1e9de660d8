#pragma once

#include <cstdint>
#include <string_view>

namespace understudy::event {

/// How a pattern with `*` and `?` is read.
enum class Wildcards : std::uint8_t {
    plain,               ///< Every other character stands for itself: IAM policies.
    escapable,           ///< `\*` and `\?` stand for the characters themselves: load balancers' rules.
    escapable_any_case,  ///< The same, upper and lower case being one.
};

/// Whether a text is as a pattern says: `*` stands for any characters, also none, `?` for one. Takes time in proportion
/// to the product of both lengths at most.
bool matches_wildcards(std::string_view pattern, std::string_view text, Wildcards wildcards);

}  // namespace understudy::event
