#pragma once

#include "emulator/source/problem.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::source {

/// Bytes [begin, end) of a text.
struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;

    friend bool operator==(const Range&, const Range&) = default;
};

/// One character (code point) of a text in UTF-8, and how many bytes it takes.
struct Character {
    char32_t code = 0;
    std::size_t width = 0;
};

/// What `decode_character` says of a byte that is not UTF-8.
inline constexpr char32_t kNotUtf8 = 0xFFFFFFFF;

/// U+FEFF in UTF-8, with which a text may begin.
inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// The text behind the mark that editors put in front of it.
constexpr std::string_view without_byte_order_mark(std::string_view text) {
    return text.starts_with(kByteOrderMark) ? text.substr(kByteOrderMark.size()) : text;
}

/// The character at the begin of `text`: `kNotUtf8` of width 1 where its bytes are none (overlong forms and surrogates
/// are none), width 0 where the text is empty.
Character decode_character(std::string_view text);

/// Whether all of it is UTF-8.
bool is_utf8(std::string_view text);

/// How many characters `text` holds; a byte that is not UTF-8 counts as one.
std::size_t count_characters(std::string_view text);

/// Appends the UTF-8 of a code point.
void append_character(std::string& out, char32_t code);

/// Finds lines in a text and translates between byte offsets and positions. A line ends at LF, CR LF or CR. A
/// byte order mark belongs to no line.
/// Lifetime: the text must outlive it.
class Lines {
  public:
    explicit Lines(std::string_view text);

    /// Where the byte at `offset` is; an offset behind the text is its end.
    Position position(std::size_t offset) const;
    /// The bytes of a line, counted from 1, without its line break; empty where there is no such line.
    Range line(std::size_t number) const;
    /// At least 1: an empty text has one empty line.
    std::size_t count() const { return starts_.size(); }

  private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

}  // namespace understudy::source
