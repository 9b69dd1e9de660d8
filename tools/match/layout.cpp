#include "tools/match/layout.hpp"

#include <algorithm>

namespace understudy::match {
namespace {

using source::Node;

/// What a part's text ends with.
Node last_of(Node node) {
    for (;;) {
        if (node.is_alias() || node.is_scalar()) return node;
        const auto end = node.range().end;
        std::optional<Node> last;
        for (const Node& item : node.items()) last = item;
        for (const auto& [key, value] : node.members()) {
            if (!last || value.range().end >= last->range().end) last = value;
        }
        if (!last || node.is_flow() || last->range().end > end || last->range() == node.range()) return node;
        node = *last;
    }
}

}  // namespace

bool is_block_text(Node node) {
    const auto style = node.style();
    return node.is_scalar() && !node.is_alias() &&
           (style == source::ScalarStyle::literal || style == source::ScalarStyle::folded);
}

std::size_t Layout::line_end(std::size_t offset) const {
    const auto end = std::min(text_.find('\n', offset), text_.size());
    return end > offset && end < text_.size() && text_[end - 1] == '\r' ? end - 1 : end;
}

std::size_t Layout::indent_at(std::size_t offset) const {
    const auto begin = line_begin(offset);
    std::size_t indent = begin;
    while (indent < offset && (text_[indent] == ' ' || text_.substr(indent).starts_with("- "))) ++indent;
    return indent - begin;
}

bool Layout::begins_line(std::size_t offset) const {
    return between(line_begin(offset), offset).find_first_not_of(' ') == std::string_view::npos;
}

std::size_t Layout::skip_blanks(std::size_t offset) const {
    return std::min(text_.find_first_not_of(" \t", offset), text_.size());
}

std::size_t Layout::skip_comments(std::size_t offset) const {
    for (;;) {
        offset = std::min(text_.find_first_not_of(" \t\r\n", offset), text_.size());
        if (offset == text_.size() || text_[offset] != '#') return offset;
        offset = line_end(offset);
    }
}

std::size_t Layout::skip_comment_beside(std::size_t offset) const {
    const auto next = skip_blanks(offset);
    return text_.substr(next).starts_with('#') ? line_end(next) : offset;
}

bool Layout::is_comment(std::size_t line) const {
    return text_.substr(skip_blanks(line)).starts_with('#');
}

std::size_t Layout::comments_above(std::size_t offset) const {
    auto line = line_begin(offset);
    while (line > 0 && is_comment(line_begin(line - 1))) line = line_begin(line - 1);
    return line;
}

std::size_t Layout::end_of_properties(Node container) const {
    auto next = container.range().begin, end = next;
    while (text_.substr(next).starts_with('!') || text_.substr(next).starts_with('&')) {
        end = std::min(text_.find_first_of(" \t\r\n", next), text_.size());
        next = skip_comments(end);
    }
    return end;
}

std::size_t Layout::skip_properties(Node container) const {
    const auto begin = container.range().begin, end = end_of_properties(container);
    return end == begin ? begin : skip_comments(end);
}

std::size_t Layout::block_end(Node part) const {
    const Node last = last_of(part);
    auto end = line_end(last.range().end);
    if (!is_block_text(last)) return end;
    const auto begin = last.range().begin;
    const bool keeps = between(begin, line_end(begin)).find('+') != std::string_view::npos;
    for (auto line = end; line < text_.size();) {
        const auto next = text_.find('\n', line) + 1;
        const auto behind = line_end(next);
        if (behind == text_.size() || skip_blanks(next) != behind) break;
        if (keeps || behind > next) end = behind;
        line = behind;
    }
    return end;
}

}  // namespace understudy::match
