#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::event {

/// What a text needs inside a JSON string, quotes not counted.
struct JsonTextCost {
    std::size_t size = 0;
    std::size_t replaced_bytes = 0;  ///< Bytes that are not UTF-8 and become U+FFFD.
};
JsonTextCost json_text_cost(std::string_view text);

/// Appends `text` as the inside of a JSON string: `"`, `\` and controls escaped, all else as it is, `cost` as
/// `json_text_cost` told it. Grows `out` once.
void append_json_text(std::string& out, std::string_view text, const JsonTextCost& cost);

/// Writes compact JSON at the end of a string, without a document in between. Names given as `key` are trusted to need
/// no escape; those given to `member` are not.
/// Preconditions: calls nest as JSON does. Lifetime: the string outlives the writer.
class JsonWriter {
  public:
    explicit JsonWriter(std::string& out) : out_(out) {}

    void begin_object() { begin('{'); }
    void end_object() { end('}'); }
    void begin_array() { begin('['); }
    void end_array() { end(']'); }

    JsonWriter& key(std::string_view literal);
    JsonWriter& member(std::string_view name);

    void text(std::string_view text);
    void text(std::string_view text, const JsonTextCost& cost);
    void base64(std::string_view bytes);
    void number(std::int64_t number);
    void boolean(bool boolean) { literal(boolean ? "true" : "false"); }
    void null() { literal("null"); }
    /// A value that is JSON already, as it is.
    void raw(std::string_view json) { literal(json); }

    /// A string made of parts: `begin_text`, then `add` for each, then `end_text`.
    void begin_text() { begin('"'); }
    void add(std::string_view part);
    void end_text() { end('"'); }

    /// Makes room for `size` bytes more and no others, so that a large body is neither moved nor over-allocated.
    void reserve(std::size_t size) { out_.reserve(out_.size() + size); }

  private:
    void separate();
    void begin(char bracket);
    void end(char bracket);
    void literal(std::string_view literal);

    std::string& out_;
    bool first_ = true;  ///< Nothing stands in front of the next value or key on its level.
};

}  // namespace understudy::event
