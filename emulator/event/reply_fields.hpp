#pragma once

#include "emulator/event/proxy_reply.hpp"
#include "emulator/event/reply.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::event {

/// Ids of what can be odd about a reply.
inline constexpr std::string_view kReplyMalformed = "reply-malformed";
inline constexpr std::string_view kReplyBadBase64 = "reply-bad-base64";
inline constexpr std::string_view kReplyBase64Variant = "reply-base64-variant";
inline constexpr std::string_view kReplyBodyReplaced = "reply-body-replaced";
inline constexpr std::string_view kReplyProtobufAsText = "reply-protobuf-as-text";
inline constexpr std::string_view kRestBase64Sent = "rest-base64-sent";
inline constexpr std::string_view kRestStreamUnread = "rest-stream-unread";
inline constexpr std::string_view kHttpInferred = "http-inferred";
inline constexpr std::string_view kHttpBodyNotText = "http-body-not-text";
inline constexpr std::string_view kHttpDefaultType = "http-default-type";
inline constexpr std::string_view kHttpIgnoredKey = "http-ignored-key";

/// A reply that is refused: the finding says why. `subject` is the key at fault.
Reply refuse_reply(std::string_view subject, std::string text);

/// The status: a whole number from 200 to 599, or a string of its digits. Errors: nullopt. That 1xx and 600 upwards are
/// refused is unverified. Preconditions: the value is not absent.
std::optional<int> parse_status(const JsonValue& value);

/// Whether a reply of this status has a body (RFC 9110, 6.4.1).
bool allows_body(int status);

/// `isBase64Encoded`: a boolean, or `"true"`/`"false"` in any case; absent is false. Errors: nullopt.
std::optional<bool> parse_flag(const JsonValue& value);

/// Appends one header line of the function's. Errors: what is wrong, where the name is no token or the value breaks the
/// line (a header must never smuggle in another), or is no scalar. A null adds nothing (unverified).
std::optional<std::string> add_reply_header(http::Headers& headers, std::string_view name, const JsonValue& value);

/// Why a body is no base64; nullopt where it is.
std::optional<Finding> find_bad_base64(std::string_view body);

/// What a reply's body is written as.
enum class Decoding : std::uint8_t { as_text, base64 };

/// Gives a reply its response and the response its body, decoded where `decoding` says so, unless its status allows
/// none. A body that is no base64 makes the reply a failure, with a finding; what is odd about one that does not leave
/// is not told.
void complete(Reply& reply, http::Response&& response, const JsonValue& body, Decoding decoding);

/// A kind of JSON value in words, for findings: `a number`.
std::string_view to_words(JsonValue::Kind kind);

}  // namespace understudy::event
