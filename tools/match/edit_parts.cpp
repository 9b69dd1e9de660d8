#include "tools/match/edit_parts.hpp"

#include "tools/match/layout.hpp"

#include <cstddef>
#include <optional>
#include <utility>

namespace understudy::match {
namespace {

using source::Node;
using source::TextEdit;

/// Calls `take` with the first of each run of deleted parts, and the part behind the run.
template <class Take>
void for_each_run(const std::vector<Part>& parts, Take take) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!parts[i].deleted) continue;
        const auto first = i;
        while (i < parts.size() && parts[i].deleted) ++i;
        take(first, i);
    }
}

/// What is written into a block may be a text whose line break is that of the file's last line.
bool ends_with_literal(const std::string& text) {
    return text.find("|\n") != std::string::npos;
}

class BlockParts {
  public:
    BlockParts(Node container, const std::vector<Part>& parts)
        : layout_(container.document_text()),
          parts_(parts),
          begin_(layout_.skip_properties(container)),
          indent_('\n' + std::string(layout_.column(begin_), ' ')) {}

    std::vector<TextEdit> edit(const std::vector<std::string>& behind);

  private:
    std::size_t end_of(std::size_t part) const { return layout_.block_end(parts_[part].value); }
    void insert(const std::vector<std::string>& added, std::size_t part);
    void insert_first(const std::vector<std::string>& added);
    void remove(std::size_t first, std::size_t next);
    void remove_first(std::size_t next);
    bool has_comment_above(std::size_t part) const;
    std::size_t first_lines() const;

    Layout layout_;
    const std::vector<Part>& parts_;
    std::size_t begin_;  ///< Of the first part, its dash included.
    std::string indent_;
    std::vector<TextEdit> edits_;
};

bool BlockParts::has_comment_above(std::size_t part) const {
    if (part >= parts_.size()) return false;
    const auto end = end_of(part - 1);
    return layout_.between(end, layout_.skip_comments(end)).find('#') != std::string_view::npos;
}

/// Where the first part begins with what stands above it.
std::size_t BlockParts::first_lines() const {
    return has_comment_above(1) ? layout_.comments_above(begin_) : layout_.line_begin(begin_);
}

void BlockParts::insert(const std::vector<std::string>& added, std::size_t part) {
    if (added.empty()) return;
    if (part == 0) return insert_first(added);
    std::string text;
    for (const auto& one : added) text += indent_ + one;
    const auto end = end_of(part - 1);
    if (end == layout_.text().size() && ends_with_literal(text)) text += '\n';
    edits_.push_back({{end, end}, std::move(text)});
}

void BlockParts::insert_first(const std::vector<std::string>& added) {
    const bool own_line = layout_.begins_line(begin_);
    const auto at = own_line ? first_lines() : begin_;
    std::string text;
    for (const auto& one : added) text += own_line ? indent_.substr(1) + one + '\n' : one + indent_;
    edits_.push_back({{at, at}, std::move(text)});
}

/// Each run goes with what stands above it.
void BlockParts::remove(std::size_t first, std::size_t next) {
    if (first == 0) return remove_first(next);
    edits_.push_back({{end_of(first - 1), end_of(next - 1)}, ""});
}

void BlockParts::remove_first(std::size_t next) {
    const auto end = end_of(next - 1);
    const auto behind = layout_.skip_comments(end);
    if (layout_.begins_line(begin_)) {
        edits_.push_back({{first_lines(), layout_.text().find('\n', end) + 1}, ""});
    } else if (has_comment_above(next)) {
        // Behind the dash of a list.
        auto dash = begin_;
        while (dash > 0 && layout_.text()[dash - 1] == ' ') --dash;
        edits_.push_back({{dash, end}, ""});
    } else {
        edits_.push_back({{begin_, behind}, ""});
    }
}

std::vector<TextEdit> BlockParts::edit(const std::vector<std::string>& behind) {
    for (std::size_t i = 0; i < parts_.size(); ++i) insert(parts_[i].before, i);
    insert(behind, parts_.size());
    for_each_run(parts_, [&](std::size_t first, std::size_t next) { remove(first, next); });
    return std::move(edits_);
}

class FlowParts {
  public:
    FlowParts(Node container, const std::vector<Part>& parts)
        : layout_(container.document_text()), parts_(parts), open_(layout_.skip_properties(container) + 1) {}

    std::vector<TextEdit> edit(const std::vector<std::string>& behind);

  private:
    std::optional<std::size_t> comma_behind(std::size_t part) const;
    /// Behind the comma of the part before, or the bracket.
    std::size_t behind_comma(std::size_t part) const;
    /// Behind a comment beside that, too.
    std::size_t start_of(std::size_t part) const { return layout_.skip_comment_beside(behind_comma(part)); }
    std::size_t end_of_last() const;
    void remove(std::size_t first, std::size_t next);
    void remove_last(std::size_t first);
    void remove_from(std::size_t first, std::size_t end);

    Layout layout_;
    const std::vector<Part>& parts_;
    std::size_t open_;  ///< Behind the bracket.
    std::vector<TextEdit> edits_;
};

std::optional<std::size_t> FlowParts::comma_behind(std::size_t part) const {
    const auto next = layout_.skip_comments(parts_[part].range.end);
    return layout_.text().substr(next).starts_with(',') ? std::optional(next) : std::nullopt;
}

std::size_t FlowParts::behind_comma(std::size_t part) const {
    return part == 0 ? open_ : comma_behind(part - 1).value() + 1;
}

/// With its comma, where it has one, and with a comment beside it.
std::size_t FlowParts::end_of_last() const {
    const auto comma = comma_behind(parts_.size() - 1);
    return layout_.skip_comment_beside(comma ? *comma + 1 : parts_.back().range.end);
}

void FlowParts::remove(std::size_t first, std::size_t next) {
    if (next == parts_.size()) return remove_last(first);
    const source::Range own{parts_[first].range.begin, parts_[next].range.begin};
    const bool one_line = layout_.between(own.begin, own.end).find('\n') == std::string_view::npos;
    if (first == 0 && one_line)
        edits_.push_back({own, ""});
    else
        remove_from(first, start_of(next));
}

/// What then stands behind a comment begins a line of its own.
void FlowParts::remove_from(std::size_t first, std::size_t end) {
    const auto begin = start_of(first);
    const bool beside = begin != behind_comma(first) && layout_.line_end(end) != end;
    std::string line_break;
    if (beside) {
        line_break = '\n' + std::string(layout_.column(parts_[first].range.begin), ' ');
        end = layout_.skip_blanks(end);
    }
    edits_.push_back({{begin, end}, std::move(line_break)});
}

/// The part before has a comma only where the last one had.
void FlowParts::remove_last(std::size_t first) {
    if (!comma_behind(parts_.size() - 1)) {
        const auto comma = comma_behind(first - 1).value();
        const bool comment = layout_.text().substr(comma + 1).starts_with('#');
        edits_.push_back({{comma, comma + 1}, comment ? " " : ""});
    }
    remove_from(first, end_of_last());
}

std::vector<TextEdit> FlowParts::edit(const std::vector<std::string>& behind) {
    for (const Part& part : parts_) {
        std::string text;
        for (const auto& one : part.before) text += one + ", ";
        if (!text.empty()) edits_.push_back({{part.range.begin, part.range.begin}, std::move(text)});
    }
    std::string added;
    for (const auto& one : behind) added += (added.empty() ? "" : ", ") + one;
    const auto end = parts_.back().range.end;
    if (!added.empty() && !parts_.back().deleted) edits_.push_back({{end, end}, ", " + added});
    for_each_run(parts_, [&](std::size_t first, std::size_t next) {
        if (next < parts_.size() || added.empty()) return remove(first, next);
        // The new ones take the place of the last.
        const bool comma = comma_behind(next - 1).has_value();
        edits_.push_back({{parts_[first].range.begin, end_of_last()}, added + (comma ? "," : "")});
    });
    return std::move(edits_);
}

}  // namespace

std::vector<TextEdit> edit_parts(Node container, const std::vector<Part>& parts,
                                 const std::vector<std::string>& behind) {
    if (container.is_flow()) return FlowParts(container, parts).edit(behind);
    return BlockParts(container, parts).edit(behind);
}

}  // namespace understudy::match
