#pragma once

#include "emulator/source/document.hpp"
#include "tools/match/value.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::match {

/// How many blanks deeper the lines of a value begin than those it stands in.
inline constexpr std::size_t kIndent = 2;

/// Whether texts and keys that need no quotes have them.
enum class Quotes : std::uint8_t {
    where_needed,
    always,  ///< As JSON has them.
};

/// A value as an expectation writes it, what is not set left out: `{ name: a, sizes: [1, 2] }`. A `${` in a text is
/// escaped, as is a key that looks like a matcher's.
std::string to_flow_yaml(const Value& value, Quotes quotes);

/// The same over several lines. The first begins where it is put, the others behind `indent` blanks. Lists and objects
/// without elements, and scalars, are as in flow.
std::string to_block_yaml(const Value& value, std::size_t indent);

/// A scalar in the style of the one whose place it takes, where its text can be written so.
/// `indent`: that of the lines of a literal text; 0 where there can be none.
std::string to_scalar_yaml(const Value& value, source::ScalarStyle style, std::size_t indent, Quotes quotes);

std::string to_yaml_key(std::string_view key, Quotes quotes);

}  // namespace understudy::match
