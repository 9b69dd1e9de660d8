#pragma once

#include "client/url.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/status.hpp"

#include <boost/system/result.hpp>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <chrono>
#include <string>
#include <string_view>

namespace understudy::client {

/// A value, or `invalid_argument` with a sentence that says what is wrong and shows an accepted form.
template <class T>
using Input = boost::system::result<T, wire::Status>;

/// RFC 3339 (`2026-01-05T09:58:55.123Z`, `2026-01-05T11:58:55+02:00`), or date and time with a blank between them;
/// without a zone the time is UTC, as it is in the logs.
Input<google::protobuf::Timestamp> parse_time(std::string_view text);

/// Numbers with units (`5m`, `90s`, `1h30m`, `250ms`, `1.5h`, `2d`) or `HH:MM:SS`; 0 to 366 days.
Input<google::protobuf::Duration> parse_tolerance(std::string_view text);

/// The same forms, to the millisecond; more than 0.
Input<std::chrono::milliseconds> parse_time_limit(std::string_view text);

/// A regular expression in RE2's syntax; empty matches everything.
Input<std::string> parse_pattern(std::string_view text);

/// The most messages to ask for: 0 to 1000.
Input<std::uint32_t> parse_limit(std::string_view text);

/// `proto`, `json`, or a content type of the binding.
Input<wire::ContentType> parse_codec(std::string_view text);

/// As parse_url, with a reason.
Input<Url> parse_server(std::string_view text);

}  // namespace understudy::client
