#include "emulator/record/json_text.hpp"

#include "emulator/event/json_text.hpp"
#include "emulator/http/percent.hpp"
#include "emulator/http/utf8.hpp"
#include "emulator/source/text.hpp"

#include <optional>

namespace understudy::record {
namespace {

bool is_json_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool is_separator(char c) {
    return is_json_blank(c) || c == ',' || c == ':';
}

bool ends_literal(char c) {
    return is_separator(c) || c == '{' || c == '}' || c == '[' || c == ']' || c == '"';
}

/// The four digits of `\uXXXX` that begin at `at`.
std::optional<unsigned> read_unit(std::string_view text, std::size_t at) {
    if (at + 4 > text.size()) return std::nullopt;
    unsigned unit = 0;
    for (const char c : text.substr(at, 4)) {
        const auto digit = http::hex_digit(c);
        if (!digit) return std::nullopt;
        unit = unit << 4 | *digit;
    }
    return unit;
}

/// Appends what the escape `\uXXXX` at `at` stands for; returns its length, or 0 where it is none.
std::size_t append_unit(std::string& out, std::string_view inside, std::size_t at) {
    const auto unit = read_unit(inside, at + 2);
    if (!unit) return 0;
    if (*unit < 0xD800 || *unit > 0xDFFF) {
        source::append_character(out, *unit);
        return 6;
    }
    const bool escape_follows = inside.substr(at + 6, 2) == "\\u";
    const auto low = escape_follows ? read_unit(inside, at + 8) : std::nullopt;
    if (*unit >= 0xDC00 || !low || *low < 0xDC00 || *low > 0xDFFF) {
        out.append(http::kReplacement);
        return 6;
    }
    source::append_character(out, 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00));
    return 12;
}

/// Appends what stands at `at`, one character or one escape, and returns its length.
std::size_t append_step(std::string& out, std::string_view inside, std::size_t at) {
    if (inside[at] != '\\' || at + 1 == inside.size()) {
        out.push_back(inside[at]);
        return 1;
    }
    constexpr std::string_view kEscapeLetters = "\"\\/bfnrt";
    constexpr std::string_view kEscapeMeanings = "\"\\/\b\f\n\r\t";
    const char letter = inside[at + 1];
    if (const auto found = kEscapeLetters.find(letter); found != std::string_view::npos) {
        out.push_back(kEscapeMeanings[found]);
        return 2;
    }
    const std::size_t length = letter == 'u' ? append_unit(out, inside, at) : 0;
    if (length > 0) return length;
    out.push_back('\\');
    return 1;
}

}  // namespace

JsonToken JsonScanner::next() {
    using Kind = JsonToken::Kind;
    while (at_ < text_.size() && is_separator(text_[at_])) ++at_;
    if (at_ == text_.size()) return {Kind::end, at_, at_};
    const std::size_t begin = at_;
    switch (text_[at_]) {
        case '{':
            return {Kind::open_object, begin, ++at_};
        case '[':
            return {Kind::open_array, begin, ++at_};
        case '}':
        case ']':
            return {Kind::close, begin, ++at_};
        case '"':
            return scan_string();
        default:
            while (at_ < text_.size() && !ends_literal(text_[at_])) ++at_;
            return {Kind::literal, begin, at_};
    }
}

/// A quote ends the string unless an odd number of backslashes stands in front of it.
JsonToken JsonScanner::scan_string() {
    const std::size_t begin = at_++;
    while (true) {
        const std::size_t quote = text_.find('"', at_);
        if (quote == std::string_view::npos) {
            at_ = text_.size();
            return {JsonToken::Kind::string, begin, at_};
        }
        std::size_t slashes = 0;
        while (text_[quote - slashes - 1] == '\\') ++slashes;
        at_ = quote + 1;
        if (slashes % 2 == 0) break;
    }
    std::size_t behind = at_;
    while (behind < text_.size() && is_json_blank(text_[behind])) ++behind;
    const bool is_name = behind < text_.size() && text_[behind] == ':';
    return {is_name ? JsonToken::Kind::name : JsonToken::Kind::string, begin, at_};
}

std::string unescape(std::string_view inside) {
    std::string text;
    text.reserve(inside.size());
    for (std::size_t at = 0; at < inside.size();) {
        const std::size_t plain = std::min(inside.find('\\', at), inside.size());
        text.append(inside.substr(at, plain - at));
        at = plain;
        if (at < inside.size()) at += append_step(text, inside, at);
    }
    return text;
}

void apply_edits(std::string& text, const std::vector<Edit>& edits) {
    if (edits.empty()) return;
    std::string edited;
    std::size_t at = 0;
    for (const Edit& edit : edits) {
        edited.append(text, at, edit.begin - at).append(edit.text);
        at = edit.end;
    }
    edited.append(text, at);
    text = std::move(edited);
}

std::vector<Edit> edits_of_escaped(std::string_view inside, const std::vector<Edit>& edits) {
    std::vector<Edit> outer;
    std::string step;
    std::size_t at = 0, meant = 0;
    const auto walk_to = [&](std::size_t target) {
        while (meant < target && at < inside.size()) {
            step.clear();
            at += append_step(step, inside, at);
            meant += step.size();
        }
        return at;
    };
    for (const Edit& edit : edits) {
        Edit raw{walk_to(edit.begin), walk_to(edit.end), {}};
        event::append_json_text(raw.text, edit.text);
        outer.push_back(std::move(raw));
    }
    return outer;
}

}  // namespace understudy::record
