#include "emulator/event/reply_fields.hpp"

#include "emulator/event/media_type.hpp"
#include "emulator/http/base64.hpp"
#include "emulator/http/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace understudy::event {
namespace {

bool is_token_character(char c) {
    constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_token_character);
}

bool breaks_line(std::string_view value) {
    return value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

Finding bad_base64(std::string_view text, std::size_t offset) {
    std::string message = "The reply says isBase64Encoded, and its body is no base64 from offset " +
                          std::to_string(offset) + " of " + std::to_string(text.size()) + ".";
    if (offset < text.size() && (text[offset] == '-' || text[offset] == '_')) {
        message += " It looks like the URL-safe alphabet; AWS takes the standard one, padded.";
        return {kReplyBase64Variant, "", std::move(message)};
    }
    if (offset == text.size() - static_cast<std::size_t>(text.ends_with('='))) {
        message += " The padding is missing or wrong.";
        return {kReplyBase64Variant, "", std::move(message)};
    }
    message += " Encode the bytes as standard, padded base64, or leave isBase64Encoded out for text.";
    return {kReplyBadBase64, "", std::move(message)};
}

/// A body that is sent as text: bytes that are not UTF-8 do not survive the JSON that AWS reads (unverified).
std::string text_body(std::string_view text, std::string_view content_type, std::vector<Finding>& findings) {
    const std::string type = media_type(content_type);
    auto replaced = http::replace_invalid_utf8(text);
    if (replaced) {
        findings.push_back({kReplyBodyReplaced, type,
                            std::to_string(replaced->bytes) +
                                " bytes of the reply's body are not UTF-8 and were replaced by U+FFFD. Answer binary "
                                "data as base64 with isBase64Encoded: true."});
    } else if (is_protobuf(type) && std::ranges::any_of(text, [](char c) { return (c & 0x80) != 0; })) {
        findings.push_back({kReplyProtobufAsText, type,
                            "The reply's body has type " + type +
                                " and characters above U+007F, which leave as two bytes or more each. Answer binary "
                                "data as base64 with isBase64Encoded: true."});
    }
    return replaced ? std::move(replaced->text) : std::string(text);
}

/// The reply's body, decoded where `decoding` says so; nullopt, with a finding, where it is no base64.
std::optional<std::string> render_body(const JsonValue& body, Decoding decoding, std::string_view content_type,
                                       std::vector<Finding>& findings) {
    if (decoding == Decoding::as_text) return text_body(body.text, content_type, findings);
    std::size_t bad_offset = 0;
    auto bytes = http::parse_base64(body.text, &bad_offset);
    if (!bytes) findings.push_back(bad_base64(body.text, bad_offset));
    return bytes;
}

}  // namespace

Reply refuse_reply(std::string_view subject, std::string text) {
    return {ReplyFailure::malformed, {{kReplyMalformed, std::string(subject), std::move(text)}}};
}

std::optional<int> parse_status(const JsonValue& value) {
    if (value.kind != JsonValue::Kind::number && value.kind != JsonValue::Kind::string) return std::nullopt;
    int status = 0;
    const char* const end = value.text.data() + value.text.size();
    const auto [stop, error] = std::from_chars(value.text.data(), end, status);
    if (error != std::errc() || stop != end || status < 200 || status > 599) return std::nullopt;
    return status;
}

bool allows_body(int status) {
    return status >= 200 && status != 204 && status != 304;
}

std::optional<bool> parse_flag(const JsonValue& value) {
    if (value.is_absent()) return false;
    if (value.kind != JsonValue::Kind::boolean && value.kind != JsonValue::Kind::string) return std::nullopt;
    if (http::same_name(value.text, "true")) return true;
    if (http::same_name(value.text, "false")) return false;
    return std::nullopt;
}

std::optional<std::string> add_reply_header(http::Headers& headers, std::string_view name, const JsonValue& value) {
    if (value.is_absent()) return std::nullopt;
    if (!value.is_scalar()) {
        return "The header \"" + std::string(name) + "\" is " + std::string(to_words(value.kind)) + ", not a string.";
    }
    if (!is_token(name)) return "\"" + std::string(name) + "\" is no header name.";
    if (breaks_line(value.text)) return "The value of the header \"" + std::string(name) + "\" holds a line break.";
    headers.add(name, value.text);
    return std::nullopt;
}

std::optional<Finding> find_bad_base64(std::string_view body) {
    std::size_t bad_offset = 0;
    if (http::parse_base64(body, &bad_offset)) return std::nullopt;
    return bad_base64(body, bad_offset);
}

void complete(Reply& reply, http::Response&& response, const JsonValue& body, Decoding decoding) {
    if (decoding == Decoding::as_text && !allows_body(response.status)) {
        reply.result = std::move(response);
        return;
    }
    auto bytes = render_body(body, decoding, response.headers.first("Content-Type").value_or(""), reply.findings);
    if (!bytes) {
        reply.result = ReplyFailure::bad_base64;
        return;
    }
    if (allows_body(response.status)) response.body = std::move(*bytes);
    reply.result = std::move(response);
}

std::string_view to_words(JsonValue::Kind kind) {
    switch (kind) {
        case JsonValue::Kind::absent:
            return "nothing";
        case JsonValue::Kind::null:
            return "null";
        case JsonValue::Kind::boolean:
            return "a boolean";
        case JsonValue::Kind::number:
            return "a number";
        case JsonValue::Kind::string:
            return "a string";
        case JsonValue::Kind::array:
            return "an array";
        case JsonValue::Kind::object:
            return "an object";
    }
    return "";
}

}  // namespace understudy::event
