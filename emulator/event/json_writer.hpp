#pragma once

#include "emulator/event/json_text.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace understudy::event {

/// Writes compact JSON at the end of a string, without a document in between. Names given as `key` are trusted to need
/// no escape; those given to `member` are not.
/// Preconditions: calls nest as JSON does; the string is left alone until the value is whole: it is longer meanwhile.
/// Lifetime: the string outlives the writer.
class JsonWriter {
  public:
    explicit JsonWriter(std::string& out) : out_(out), at_(out.data() + out.size()), end_(at_) {}
    JsonWriter(const JsonWriter&) = delete;
    JsonWriter& operator=(const JsonWriter&) = delete;

    void begin_object() { begin('{'); }
    void end_object() { end('}'); }
    void begin_array() { begin('['); }
    void end_array() { end(']'); }

    JsonWriter& key(std::string_view literal) {
        constexpr std::string_view kEnd = "\":";
        room(literal.size() + kEnd.size() + 2);
        separate();
        *at_++ = '"';
        put(literal);
        put(kEnd);
        first_ = true;
        return *this;
    }
    JsonWriter& member(std::string_view name);

    void text(std::string_view text);
    /// A text of any size, for which there is room already; `cost` as `json_text_cost` told it.
    void text(std::string_view text, const JsonTextCost& cost);
    void base64(std::string_view bytes);
    void number(std::int64_t number);
    void boolean(bool boolean) { raw(boolean ? "true" : "false"); }
    void null() { raw("null"); }
    /// A value that is JSON already, as it is.
    void raw(std::string_view json);

    /// A string made of parts: `begin_text`, then `add` for each, then `end_text`.
    void begin_text() { begin('"'); }
    void add(std::string_view part);
    void end_text() { end('"'); }

    /// Makes room for `size` bytes more and no others, so that a large body is neither moved nor over-allocated.
    void reserve(std::size_t size);

  private:
    void begin(char bracket) {
        room(2);
        separate();
        *at_++ = bracket;
        first_ = true;
        ++depth_;
    }
    void end(char bracket) {
        room(1);
        *at_++ = bracket;
        first_ = false;
        if (--depth_ == 0) cut();
    }
    /// A comma where one belongs; there is room for it.
    void separate() {
        if (!first_) *at_++ = ',';
        first_ = false;
    }
    /// There is room for it.
    void put(std::string_view text) {
        std::memcpy(at_, text.data(), text.size());
        at_ += text.size();
    }
    void add_whole(std::string_view part, const JsonTextCost& cost);
    /// Where the next `bytes` are written.
    char* room(std::size_t bytes) { return static_cast<std::size_t>(end_ - at_) >= bytes ? at_ : grow(bytes); }
    char* grow(std::size_t bytes);
    /// Makes the string as long as what is written.
    void cut();

    std::string& out_;
    char* at_;   ///< The end of what is written.
    char* end_;  ///< The end of the string.
    unsigned depth_ = 0;
    bool first_ = true;  ///< Nothing stands in front of the next value or key on its level.
};

}  // namespace understudy::event
