#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace understudy::gateway {

/// The string at `path` in a JSON object, read without making a document; the last one where a name is there twice.
/// Errors: nullopt where the text is no JSON, or holds no string there.
std::optional<std::string> find_json_text(std::string_view json, std::span<const std::string> path);

}  // namespace understudy::gateway
