#pragma once

#include <string_view>

namespace understudy::http {

/// The media type of a reply that is a series of frames, as InvokeWithResponseStream gives it.
inline constexpr std::string_view kEventStreamType = "application/vnd.amazon.eventstream";

}  // namespace understudy::http
