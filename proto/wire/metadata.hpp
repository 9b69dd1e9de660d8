#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::wire {

/// Header lines and trailers in their order; a name may occur several times. Values of names that end in `-bin` stay
/// the base64 text that they travel as.
using Metadata = std::vector<std::pair<std::string, std::string>>;

/// Header names are the same in any case.
bool same_name(std::string_view left, std::string_view right);
std::string to_lower_name(std::string_view name);
/// The first value of a name, nullptr where there is none. Refers into `metadata`.
const std::string* find_value(const Metadata& metadata, std::string_view name);
/// The same as a copy, empty where there is none.
std::string value_of(const Metadata& metadata, std::string_view name);

/// Without the blanks, tabs and carriage returns around it.
std::string_view trimmed(std::string_view text);

}  // namespace understudy::wire
