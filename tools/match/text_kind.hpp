#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace understudy::match {

/// Whether a text is what `$type` can ask of texts: `uuid`, `timestamp`, `date`, `url`, `email`, `ipv4`, `ipv6`,
/// `base64`, `hex`; nullopt where there is no such kind.
std::optional<bool> is_text_kind(std::string_view text, std::string_view kind);

std::span<const std::string_view> text_kinds();

}  // namespace understudy::match
