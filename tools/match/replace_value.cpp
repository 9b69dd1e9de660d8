#include "tools/match/replace_value.hpp"

#include "tools/match/layout.hpp"

#include <algorithm>

namespace understudy::match {
namespace {

using source::Node;
using source::TextEdit;

/// Flow beyond this is hard to read.
constexpr std::size_t kLongestFlow = 100;

bool is_block(Node node) {
    return !node.is_scalar() && !node.is_alias() && !node.is_flow();
}

/// What stands before a value where there was none: behind a colon, a dash, or a key of flow without a colon.
std::string_view to_lead(std::string_view before) {
    return before.ends_with(':') || before.ends_with('-') ? " " : ": ";
}

class Replacing {
  public:
    explicit Replacing(Node written) : written_(written), layout_(written.document_text()) {}

    std::string render(const Value& value, Quotes quotes) const;
    std::vector<TextEdit> put(const std::string& text) const;

  private:
    std::size_t indent_below(std::size_t begin) const;
    std::string render_block(const Value& value, Quotes quotes) const;
    std::string_view comment_in_head() const;
    bool is_at_column_of_its_key() const;
    std::vector<TextEdit> put_for_block(const std::string& text) const;

    Node written_;
    Layout layout_;
};

/// Of the lines below the one that a value begins in: an item's begin at its own column.
std::size_t Replacing::indent_below(std::size_t begin) const {
    const auto indent = layout_.indent_at(begin);
    return indent == layout_.column(begin) && !layout_.begins_line(begin) ? indent : indent + kIndent;
}

std::string Replacing::render(const Value& value, Quotes quotes) const {
    if (is_block(written_)) return render_block(value, quotes);
    const auto begin = written_.range().begin;
    const bool in_flow = written_.is_in_flow();
    const auto indent = indent_below(begin);
    if (!is_container(value)) {
        const bool scalar = written_.is_scalar() && !written_.is_alias();
        return to_scalar_yaml(value, scalar ? written_.style() : source::ScalarStyle::plain, in_flow ? 0 : indent,
                              quotes);
    }
    auto flow = to_flow_yaml(value, quotes);
    const bool fits = layout_.column(begin) + flow.size() <= kLongestFlow;
    if (fits || in_flow || !written_.is_scalar() || quotes == Quotes::always) return flow;
    return '\n' + std::string(indent, ' ') + to_block_yaml(value, indent);
}

std::string Replacing::render_block(const Value& value, Quotes quotes) const {
    const auto column = layout_.column(layout_.skip_properties(written_));
    const bool list = value.kind == Kind::list && !value.items.empty();
    const auto indent = column + (is_at_column_of_its_key() && !list ? kIndent : 0);
    if (is_container(value)) return to_block_yaml(value, indent);
    return to_scalar_yaml(value, source::ScalarStyle::plain, indent, quotes);
}

/// A list may stand at the column of its key, nothing else may.
bool Replacing::is_at_column_of_its_key() const {
    const auto first = layout_.skip_properties(written_);
    if (!written_.is_sequence() || !layout_.begins_line(first)) return false;
    auto line = layout_.line_begin(first);
    while (line > 0) {
        const auto end = line - 1;
        line = layout_.line_begin(end);
        const auto text = layout_.skip_comments(line);
        if (text < end) return layout_.indent_at(layout_.line_end(line)) == layout_.column(first);
    }
    return false;
}

/// What stands behind the `|` of a text, with the blanks before it.
std::string_view Replacing::comment_in_head() const {
    if (!is_block_text(written_)) return {};
    const auto begin = written_.range().begin;
    const auto head = layout_.between(begin, layout_.line_end(begin));
    const auto comment = head.find(" #");
    if (comment == std::string_view::npos) return {};
    const auto blanks = head.find_last_not_of(' ', comment);
    return head.substr(blanks + 1);
}

/// Without its tag and anchor, and a comment beside its last part.
std::vector<TextEdit> Replacing::put_for_block(const std::string& text) const {
    const auto first = layout_.skip_properties(written_);
    const auto end = layout_.block_end(written_);
    std::vector<TextEdit> edits;
    if (const auto begin = written_.range().begin; first > begin)
        edits.push_back({{layout_.trim_blanks(begin), layout_.end_of_properties(written_)}, ""});
    const bool deeper = is_at_column_of_its_key() && !text.starts_with("- ");
    const bool last = end == layout_.text().size() && text.find('\n') != std::string::npos;
    edits.push_back({{first, end}, std::string(deeper ? kIndent : 0, ' ') + text + (last ? "\n" : "")});
    return edits;
}

/// Of several lines the first stands before the comment that is beside what was written.
std::vector<TextEdit> Replacing::put(const std::string& text) const {
    if (is_block(written_)) return put_for_block(text);
    source::Range range = written_.range();
    if (is_block_text(written_)) range.end = layout_.block_end(written_);
    const auto whole = layout_.text();
    const auto head_end = std::min(text.find('\n'), text.size());
    std::string head = text.substr(0, head_end);
    std::string lines = text.substr(head_end);
    if (head.empty() && !lines.empty()) range.begin = layout_.trim_blanks(range.begin);
    if (range.begin == range.end && !head.empty()) {
        range.begin = range.end = whole.substr(0, range.begin).find_last_not_of(" \r\n") + 1;
        head.insert(0, to_lead(whole.substr(0, range.begin)));
    }
    const auto comment = comment_in_head();
    if (const auto end = layout_.line_end(range.end); end == whole.size() && !lines.empty()) lines += '\n';
    if (!comment.empty()) return {{range, head + std::string(comment) + lines}};
    const auto end = layout_.skip_comment_beside(range.end);
    if (lines.empty() || end == range.end) return {{range, head + lines}};
    return {{range, head}, {{end, end}, lines}};
}

}  // namespace

std::vector<TextEdit> replace_value(Node written, const Value& value, Quotes quotes) {
    const Replacing replacing(written);
    return replacing.put(replacing.render(value, quotes));
}

std::vector<TextEdit> replace_with_absent(Node written, Quotes quotes) {
    const Replacing replacing(written);
    return replacing.put(quotes == Quotes::always ? R"({"$absent": true})" : "$absent");
}

Quotes to_quotes(Node place) {
    const bool json =
        place.file().ends_with(".json") || place.document_text().substr(place.range().begin).starts_with("{\"");
    return json ? Quotes::always : Quotes::where_needed;
}

}  // namespace understudy::match
