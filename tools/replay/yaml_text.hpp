#pragma once

#include "tools/match/value.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::replay {

/// Where a value stands in a scenario.
enum class YamlUse : std::uint8_t {
    sent,      ///< As it is.
    expected,  ///< What is redacted may be anything.
};

/// Whether a value of JSON can be written as YAML that means the same: no key comes twice, or is too long for one.
bool can_be_yaml(const match::Value& value);

/// A value of JSON in YAML behind `key:`, whose key stands at `indent`: on the same line where it is short, else in
/// lines of its own. Ends in a line break. What scenarios would read as theirs (`${`, keys with `$`) is escaped.
/// Precondition: `can_be_yaml`.
std::string to_yaml(const match::Value& value, std::size_t indent, YamlUse use);

/// A text as a scalar in quotes.
std::string to_yaml_scalar(std::string_view text);
/// What is expected in place of a text that is redacted, or parts of it, in base64 too: `$any`, or `{ $regex: … }` of
/// what stands around the parts. nullopt where nothing is.
std::optional<std::string> to_redacted_matcher(std::string_view text);
/// The same as `to_yaml_scalar` without quotes where it needs none: a path, a header's name, a media type.
std::string to_yaml_word(std::string_view text);

}  // namespace understudy::replay
