#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace understudy::event {

/// `12/Mar/2020:19:03:58 +0000`, as access logs and events have it.
std::string to_log_time(std::chrono::system_clock::time_point time);

/// `Thu, 12 Mar 2020 19:03:58 GMT`, as the header Date has it (RFC 9110, 5.6.7).
std::string to_http_date(std::chrono::system_clock::time_point time);

/// `2020-03-12T19:03:58.000Z` (RFC 3339), to the millisecond.
std::string to_timestamp(std::chrono::system_clock::time_point time);

std::int64_t to_epoch_milliseconds(std::chrono::system_clock::time_point time);

}  // namespace understudy::event
