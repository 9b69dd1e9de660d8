#pragma once

#include "client/url.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/status.hpp"

#include <boost/system/result.hpp>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::client {

/// A value, or `invalid_argument` with a sentence that says what is wrong and shows an accepted form.
template <class T>
using Input = boost::system::result<T, wire::Status>;

/// Accepted forms, to be shown to who wrote another one, or none.
inline constexpr std::string_view kTimeForms =
    "2026-01-05T09:58:55.123Z, 2026-01-05T11:58:55+02:00 or '2026-01-05 09:58:55' (UTC)";
inline constexpr std::string_view kDurationForms = "5m, 90s, 1h30m, 250ms or 00:01:00";
inline constexpr std::string_view kPatternForms = "ERROR|WARN, [a-z]+ or time(d )?out; an empty one matches everything";
inline constexpr std::string_view kLimitForms = "0 (which means 100) to 1000";
inline constexpr std::string_view kCodecForms = "proto, json or application/x-protobuf";
inline constexpr std::string_view kServerForms =
    "http://127.0.0.1:3000 or https://abc123.execute-api.us-east-1.amazonaws.com/prod";
inline constexpr std::string_view kOutputForms = "text or json";
inline constexpr std::string_view kAuthoritiesForms = "/etc/ssl/certs/my-ca.pem";

/// What is said where nothing was given.
wire::Status refuse_missing(std::string_view forms);

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

/// How results are written.
enum class Output : std::uint8_t { text, json };
Input<Output> parse_output(std::string_view text);

/// The path of a file that can be opened and holds a certificate, or nothing: the system's authorities.
Input<std::string> parse_authorities(std::string_view text);

}  // namespace understudy::client
