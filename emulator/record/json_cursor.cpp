#include "emulator/record/json_cursor.hpp"

#include "emulator/http/blocks.hpp"
#include "emulator/source/text.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <limits>
#include <utility>

namespace understudy::record {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool ends_plain_run(char c) {
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

/// A bit for each byte of a block that ends a plain run.
unsigned find_ends(http::Block block) {
    const auto is_control = (block >= 0) & (block < ' ');  // What is no ASCII is negative.
    return http::to_bits(is_control | (block == '"') | (block == '\\'));
}

/// The first place from `at` on that ends a plain run; the text's end where none does.
std::size_t skip_plain_run(std::string_view text, std::size_t at) {
    for (; at + http::kBlock <= text.size(); at += http::kBlock) {
        const unsigned ends = find_ends(http::load_block(text.data() + at));
        if (ends != 0) return at + static_cast<std::size_t>(std::countr_zero(ends));
    }
    while (at < text.size() && !ends_plain_run(text[at])) ++at;
    return at;
}

}  // namespace

void JsonCursor::fail(std::string reason) {
    if (failed()) return;
    reason_ = std::move(reason);
}

void JsonCursor::fail_at_end(std::string reason) {
    at_ = text_.size();
    fail(std::move(reason));
}

char JsonCursor::find_next() {
    if (failed()) return 0;
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
}

bool JsonCursor::take(char expected) {
    if (peek() == expected && at_ < text_.size()) return ++at_, true;
    fail(std::string(at_ < text_.size() ? "there is no '" : "the line ends, and there is no '") + expected + "' here");
    return false;
}

bool JsonCursor::take_word(std::string_view word) {
    const std::string_view rest = text_.substr(at_, word.size());
    if (rest == word) return at_ += word.size(), true;
    if (at_ + rest.size() == text_.size() && word.starts_with(rest))
        fail_at_end("the line ends within a value");
    else
        fail("this is no value of JSON");
    return false;
}

bool JsonCursor::enter_object() {
    if (take_null() || !take('{')) return false;
    if (++depth_ > kMostDepth) fail("the values are nested too deeply");
    fresh_ = true;
    return !failed();
}

bool JsonCursor::enter_array() {
    if (take_null() || !take('[')) return false;
    if (++depth_ > kMostDepth) fail("the values are nested too deeply");
    fresh_ = true;
    return !failed();
}

bool JsonCursor::next_in(char close) {
    const char next = peek();
    const bool first = std::exchange(fresh_, false);
    if (next == close) {
        ++at_;
        --depth_;
        return false;
    }
    return first ? !failed() : take(',');
}

bool JsonCursor::next_member(std::string_view& name) {
    if (!next_in('}')) return false;
    if (peek() != '"') return fail("there is no name of a member here"), false;
    name_.clear();
    read_text(name_);
    name = name_;
    return take(':');
}

bool JsonCursor::next_item() {
    return next_in(']');
}

void JsonCursor::read_text(std::string& value) {
    if (take_null()) return;
    if (peek() != '"') return fail("this is no text");
    value.clear();
    ++at_;
    while (at_ < text_.size()) {
        const std::size_t begin = at_;
        at_ = skip_plain_run(text_, begin);
        value.append(text_, begin, at_ - begin);
        if (at_ == text_.size()) break;
        if (text_[at_] == '"') return void(++at_);
        if (text_[at_] != '\\') return fail("a control character stands in a text");
        append_escape(value);
        if (failed()) return;
    }
    fail("the line ends within a text");
}

unsigned JsonCursor::read_code_unit() {
    unsigned unit = 0;
    const std::string_view digits = text_.substr(at_, 4);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), unit, 16);
    if (digits.size() < 4 && end == digits.data() + digits.size()) {
        fail_at_end("the line ends within an escape");
        return 0;
    }
    if (digits.size() != 4 || error != std::errc() || end != digits.data() + 4) {
        fail("four hexadecimal digits stand behind \\u");
        return 0;
    }
    at_ += 4;
    return unit;
}

void JsonCursor::append_escape(std::string& value) {
    static constexpr std::string_view kEscapes = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
    if (at_ + 1 == text_.size()) return fail_at_end("the line ends within an escape");
    const char escape = text_[at_ + 1];
    if (const auto known = kEscapes.find(escape); known != std::string_view::npos && escape != '\0') {
        value += kMeant[known];
        at_ += 2;
        return;
    }
    if (escape != 'u') return fail("this is no escape of JSON");
    at_ += 2;
    unsigned code = read_code_unit();
    if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_, 2) == "\\u") {
        const std::size_t before = at_;
        at_ += 2;
        const unsigned low = read_code_unit();
        if (failed()) return;
        if (low >= 0xDC00 && low < 0xE000)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        else
            at_ = before;
    }
    if (code >= 0xD800 && code < 0xE000) code = 0xFFFD;
    source::append_character(value, code);
}

void JsonCursor::read_flag(bool& value) {
    switch (peek()) {
        case 'n':
            return void(take_word("null"));
        case 't':
            value = take_word("true");
            return;
        case 'f':
            value = !take_word("false");
            return;
        default:
            fail("this is neither true nor false");
    }
}

std::string_view JsonCursor::scan_number() {
    static constexpr std::string_view kOfNumbers = "+-.0123456789eE";
    const std::size_t begin = at_;
    while (at_ < text_.size() && kOfNumbers.find(text_[at_]) != std::string_view::npos) ++at_;
    return text_.substr(begin, at_ - begin);
}

void JsonCursor::read_name(std::string& value) {
    const char next = peek();
    if (next == '"' || next == 'n') return read_text(value);
    value = scan_number();
    if (value.empty()) fail("this is neither a text nor a number");
}

void JsonCursor::read_number(std::uint64_t& value) {
    if (take_null()) return;
    const std::size_t begin = at_;
    std::string written;
    read_name(written);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), number);
    if (failed()) return;
    if (error != std::errc() || end != written.data() + written.size()) {
        at_ = begin;
        return fail("this is no whole number from 0 on");
    }
    value = number;
}

void JsonCursor::read_number(std::uint32_t& value) {
    peek();
    const std::size_t begin = at_;
    std::uint64_t number = value;
    read_number(number);
    if (number > std::numeric_limits<std::uint32_t>::max()) {
        at_ = begin;
        return fail("this number is above 4294967295");
    }
    value = static_cast<std::uint32_t>(number);
}

void JsonCursor::skip_text() {
    for (at_ = skip_plain_run(text_, at_ + 1); at_ < text_.size(); at_ = skip_plain_run(text_, at_)) {
        if (text_[at_] == '"') return void(++at_);
        at_ = std::min(at_ + (text_[at_] == '\\' ? 2 : 1), text_.size());
    }
    fail("the line ends within a text");
}

std::string_view JsonCursor::read_raw() {
    peek();
    const std::size_t begin = at_;
    skip_value();
    return failed() ? std::string_view() : text_.substr(begin, at_ - begin);
}

void JsonCursor::skip_value() {
    std::string_view name;
    switch (peek()) {
        case '{':
            for (enter_object(); next_member(name);) skip_value();
            return;
        case '[':
            for (enter_array(); next_item();) skip_value();
            return;
        case '"':
            return skip_text();
        case 't':
            return void(take_word("true"));
        case 'f':
            return void(take_word("false"));
        case 'n':
            return void(take_word("null"));
        default:
            if (!failed() && scan_number().empty())
                fail(at_ == text_.size() ? "the line ends where a value should be" : "this is no value of JSON");
    }
}

void JsonCursor::expect_end() {
    if (peek() != '\0') fail("something follows the value");
}

}  // namespace understudy::record
