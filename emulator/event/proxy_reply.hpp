#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::event {

/// A JSON value as far as a proxy reply needs it.
struct JsonValue {
    enum class Kind : std::uint8_t { absent, null, boolean, number, string, array, object };
    Kind kind = Kind::absent;
    std::string_view text;  ///< A string's characters; of a number or boolean its own text; else empty.

    bool is_absent() const { return kind == Kind::absent || kind == Kind::null; }
    bool is_scalar() const { return kind == Kind::boolean || kind == Kind::number || kind == Kind::string; }
    friend bool operator==(const JsonValue&, const JsonValue&) = default;
};

/// One member of `headers` or `multiValueHeaders`.
struct ReplyHeader {
    std::string_view name;
    JsonValue value;                ///< In `multiValueHeaders` the list itself.
    std::vector<JsonValue> values;  ///< What the list holds.
};

/// A function's reply, taken apart in one pass without a document. Views live as long as this and the text it was read
/// from; long strings without escapes are never copied.
struct ProxyReply {
    bool is_json = false;        ///< The text is one JSON value, and nothing else.
    std::size_t bad_offset = 0;  ///< Where it stops being one.
    std::string problem;         ///< Why.
    JsonValue whole;             ///< The value itself.
    JsonValue status_code;
    JsonValue headers;              ///< Its kind; the members are in `header_list`.
    JsonValue multi_value_headers;  ///< Its kind; the members are in `multi_value_list`.
    JsonValue body;                 ///< Of an array or object its JSON text.
    JsonValue is_base64_encoded;
    JsonValue base64_encoded;  ///< `base64Encoded`, which SAM CLI alone knows.
    JsonValue cookies;
    std::vector<ReplyHeader> header_list;
    std::vector<ReplyHeader> multi_value_list;
    std::vector<JsonValue> cookie_list;
    std::vector<std::string_view> other_keys;     ///< All that are not above, and `base64Encoded`.
    std::list<std::string> unescaped;             ///< Strings that differ from their JSON text.
    std::unique_ptr<const std::string> repaired;  ///< The text with its lone surrogates replaced; mostly null.
};

/// Nesting up to here is read; far above what anything sends, and safe on a thread's stack.
inline constexpr std::size_t kMaxReplyDepth = 8000;

/// Bytes that are not UTF-8 are kept; a lone surrogate in an escape is U+FFFD. Of a repeated key the last counts.
ProxyReply parse_proxy_reply(std::string_view payload);

}  // namespace understudy::event
