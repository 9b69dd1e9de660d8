#pragma once

#include <cstddef>
#include <string_view>

namespace understudy::source {

/// How long the name of a proto2 extension is with which a text begins, `[shop.v1.note]` or, without a package,
/// `[note]`; 0 where it begins with none.
std::size_t extension_name_length(std::string_view text);

}  // namespace understudy::source
