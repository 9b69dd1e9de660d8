#include "tools/scenario/escaped_text.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <numeric>
#include <optional>

namespace understudy::scenario {
namespace {

using source::Range;

/// A text within a text within a text.
constexpr int kMostLayers = 3;

/// A text whose escapes are resolved.
struct Unescaped {
    std::string text;
    std::vector<std::uint32_t> begins;  ///< Of what each byte stood as, and where the last one ended.

    Range place(std::size_t begin, std::size_t end) const {
        while (end + 1 < begins.size() && begins[end] == begins[end - 1]) ++end;
        return {begins[begin], begins[end]};
    }
};

/// What an escape says, and how long it is.
struct Escape {
    std::string bytes;
    std::size_t length = 0;
};

std::optional<std::uint32_t> read_hex(std::string_view text, std::size_t at, std::size_t digits) {
    if (at + digits > text.size()) return std::nullopt;
    std::uint32_t number = 0;
    const char* end = text.data() + at + digits;
    const auto [stop, error] = std::from_chars(text.data() + at, end, number, 16);
    return error == std::errc() && stop == end ? std::optional(number) : std::nullopt;
}

/// `\u0026`, or `\ud83d\ude00`, which is one character.
std::optional<Escape> read_unicode(std::string_view text, std::size_t at) {
    auto code = read_hex(text, at + 2, 4);
    if (!code) return std::nullopt;
    Escape escape{.bytes = {}, .length = 6};
    if (*code >= 0xD800 && *code < 0xDC00 && text.substr(at + 6).starts_with("\\u")) {
        const auto low = read_hex(text, at + 8, 4);
        if (low && *low >= 0xDC00 && *low < 0xE000) {
            code = 0x10000 + ((*code - 0xD800) << 10) + (*low - 0xDC00);
            escape.length = 12;
        }
    }
    source::append_character(escape.bytes, *code);
    return escape;
}

std::optional<Escape> read_escape(std::string_view text, std::size_t at) {
    if (text[at] == '%') {
        const auto byte = read_hex(text, at + 1, 2);
        if (byte) return Escape{.bytes = std::string(1, static_cast<char>(*byte)), .length = 3};
        return std::nullopt;
    }
    if (text[at] != '\\' || at + 1 == text.size()) return std::nullopt;
    if (text[at + 1] == 'u') return read_unicode(text, at);
    constexpr std::string_view kWritten = "\"\\/bfnrt", kMeant = "\"\\/\b\f\n\r\t";
    const auto known = kWritten.find(text[at + 1]);
    if (known == std::string_view::npos) return std::nullopt;
    return Escape{.bytes = std::string(1, kMeant[known]), .length = 2};
}

Unescaped unescape(const Unescaped& outer) {
    Unescaped inner;
    for (std::size_t at = 0; at < outer.text.size();) {
        const auto escape = read_escape(outer.text, at);
        const auto bytes = escape ? std::string_view(escape->bytes) : std::string_view(outer.text).substr(at, 1);
        inner.text += bytes;
        inner.begins.insert(inner.begins.end(), bytes.size(), outer.begins[at]);
        at += escape ? escape->length : 1;
    }
    inner.begins.push_back(outer.begins.back());
    return inner;
}

std::vector<Range> without_overlaps(std::vector<Range> ranges) {
    std::ranges::sort(ranges, {}, &Range::begin);
    std::vector<Range> joined;
    for (const Range range : ranges) {
        if (!joined.empty() && range.begin < joined.back().end)
            joined.back().end = std::max(joined.back().end, range.end);
        else
            joined.push_back(range);
    }
    return joined;
}

}  // namespace

std::vector<Range> find_escaped(std::string_view text, const std::vector<std::string>& wanted) {
    std::vector<Range> found;
    if (text.find_first_of("\\%") == std::string_view::npos) return found;
    Unescaped level{.text = std::string(text), .begins = std::vector<std::uint32_t>(text.size() + 1)};
    std::iota(level.begins.begin(), level.begins.end(), 0U);
    for (int depth = 0; depth < kMostLayers; ++depth) {
        auto inner = unescape(level);
        if (inner.text.size() == level.text.size()) break;
        level = std::move(inner);
        for (const auto& one : wanted) {
            if (one.empty()) continue;
            for (auto at = level.text.find(one); at != std::string::npos; at = level.text.find(one, at + one.size()))
                found.push_back(level.place(at, at + one.size()));
        }
    }
    return without_overlaps(std::move(found));
}

}  // namespace understudy::scenario
