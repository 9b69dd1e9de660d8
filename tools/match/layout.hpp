#pragma once

#include "emulator/source/document.hpp"

#include <cstddef>
#include <string_view>

namespace understudy::match {

/// Whether a node is a text of lines: `|` or `>`.
bool is_block_text(source::Node node);

/// Where things stand in a text of YAML. Offsets and columns count bytes, from 0.
class Layout {
  public:
    explicit Layout(std::string_view text) : text_(text) {}

    std::string_view text() const { return text_; }
    std::string_view between(std::size_t begin, std::size_t end) const { return text_.substr(begin, end - begin); }
    std::size_t line_begin(std::size_t offset) const { return text_.substr(0, offset).rfind('\n') + 1; }
    /// Where the line break begins, or the text ends.
    std::size_t line_end(std::size_t offset) const;
    std::size_t column(std::size_t offset) const { return offset - line_begin(offset); }
    /// The column of the key before a place, dashes of lists before it skipped.
    std::size_t indent_at(std::size_t offset) const;
    /// Whether nothing but blanks stands before a place in its line.
    bool begins_line(std::size_t offset) const;
    /// Behind the last character before a place that is no blank.
    std::size_t trim_blanks(std::size_t offset) const { return text_.substr(0, offset).find_last_not_of(' ') + 1; }
    /// Behind blanks of the line.
    std::size_t skip_blanks(std::size_t offset) const;
    /// Behind blanks, line breaks and comments.
    std::size_t skip_comments(std::size_t offset) const;
    /// Where a comment ends that is the next in its line, or else the place itself.
    std::size_t skip_comment_beside(std::size_t offset) const;
    /// Where the first of the comments begins that have lines of their own right above a place, its line where there
    /// are none.
    std::size_t comments_above(std::size_t offset) const;
    /// Behind the tag and anchor that a container begins with, at its bracket or first part.
    std::size_t skip_properties(source::Node container) const;
    /// Behind the last of them itself.
    std::size_t end_of_properties(source::Node container) const;
    /// The end of the line that a part of a block ends in, its comment included: further on where the lines behind it,
    /// although they look empty, are its text.
    std::size_t block_end(source::Node part) const;

  private:
    bool is_comment(std::size_t line) const;

    std::string_view text_;
};

}  // namespace understudy::match
