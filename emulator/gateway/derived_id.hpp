#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::gateway {

/// An id that AWS would have drawn, lower-case letters and digits, made from another and what it is for, so that it is
/// the same in each run.
std::string derive_id(std::string_view of, std::string_view purpose, std::size_t length);

}  // namespace understudy::gateway
