#include "emulator/source/document.hpp"

#include "emulator/source/compose.hpp"
#include "emulator/source/tree.hpp"
#include "emulator/source/yaml_events.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
#include <vector>

namespace understudy::source {
namespace {

/// The pairs of escapes that lie in double-quoted text: elsewhere a backslash is a backslash.
std::vector<std::size_t> keep_escapes(const Tree& tree, const std::vector<std::size_t>& pairs) {
    std::vector<Range> quoted;
    for (const Entry& entry : tree.entries) {
        if (entry.style == ScalarStyle::double_quoted) quoted.push_back(entry.range);
    }
    std::vector<std::size_t> kept;
    std::copy_if(pairs.begin(), pairs.end(), std::back_inserter(kept), [&quoted](std::size_t pair) {
        const auto behind =
            std::upper_bound(quoted.begin(), quoted.end(), pair,
                             [](std::size_t offset, const Range& range) { return offset < range.begin; });
        return behind != quoted.begin() && pair < std::prev(behind)->end;
    });
    return kept;
}

Result<std::shared_ptr<const Tree>> compose_tree(std::string_view text, std::string_view name,
                                                 const std::vector<std::size_t>& pairs, DuplicateKeys duplicates) {
    auto tree = std::make_shared<Tree>(text, name);
    if (auto composed = compose(*tree, pairs, duplicates); !composed) return composed.error();
    return std::shared_ptr<const Tree>(std::move(tree));
}

}  // namespace

NodeKind Node::kind() const {
    return tree_->entries[index_].kind;
}

bool Node::is_null() const {
    constexpr std::array<std::string_view, 5> kNulls = {"", "~", "null", "Null", "NULL"};
    return is_plain() && std::find(kNulls.begin(), kNulls.end(), text()) != kNulls.end();
}

bool Node::is_plain() const {
    return is_scalar() && style() == ScalarStyle::plain && tag().empty();
}

bool Node::is_alias() const {
    return tree_->entries[index_].content != index_;
}

bool Node::is_flow() const {
    return tree_->entries[index_].flow;
}

bool Node::is_in_flow() const {
    const Range own = range();
    return std::ranges::any_of(tree_->entries, [&](const Entry& entry) {
        const Range outer = entry.range;
        return entry.flow && outer.begin <= own.begin && own.end <= outer.end && outer != own;
    });
}

std::string_view Node::text() const {
    return tree_->entries[tree_->entries[index_].content].text;
}

ScalarStyle Node::style() const {
    return tree_->entries[tree_->entries[index_].content].style;
}

std::string_view Node::tag() const {
    return tree_->entries[tree_->entries[index_].content].tag;
}

std::span<const Node> Node::items() const {
    if (!is_sequence()) return {};
    const Entry& content = tree_->entries[tree_->entries[index_].content];
    return std::span(tree_->items).subspan(content.first, content.count);
}

std::span<const Member> Node::members() const {
    if (!is_mapping()) return {};
    const Entry& content = tree_->entries[tree_->entries[index_].content];
    return std::span(tree_->members).subspan(content.first, content.count);
}

std::optional<Node> Node::find(std::string_view key) const {
    const auto all = members();
    const auto found = std::find_if(all.begin(), all.end(), [key](const Member& m) { return m.key.text() == key; });
    return found == all.end() ? std::nullopt : std::optional(found->value);
}

Position Node::position() const {
    return tree_->lines.position(range().begin);
}

Range Node::range() const {
    return tree_->entries[index_].range;
}

const std::string& Node::file() const {
    return tree_->name;
}

std::string_view Node::document_text() const {
    return tree_->text;
}

Problem Node::problem(ProblemCode code, std::string message) const {
    const Position begin = position();
    const std::size_t line_end = tree_->lines.line(begin.line).end;
    const Range bytes = range();
    const std::size_t end = std::max(bytes.begin, std::min(bytes.end, line_end));
    const std::string_view first_line = std::string_view(tree_->text).substr(bytes.begin, end - bytes.begin);
    return Problem(code, std::move(message), tree_->name, begin)
        .with_extent(static_cast<std::uint32_t>(count_characters(first_line)));
}

Node Document::root() const& {
    return Node(*tree_, tree_->root);
}

std::vector<Document::Alias> Document::aliases() const& {
    std::vector<Alias> aliases;
    for (std::uint32_t index = 0; index < tree_->entries.size(); ++index) {
        const std::uint32_t content = tree_->entries[index].content;
        if (content != index) aliases.push_back({node(index), node(content)});
    }
    return aliases;
}

std::vector<Document::Overridden> Document::overridden() const& {
    return tree_->overridden;
}

const std::string& Document::text() const {
    return tree_->text;
}

const std::string& Document::name() const {
    return tree_->name;
}

Result<Document> parse_document(std::string_view text, std::string_view name, DuplicateKeys duplicates) {
    if (text.size() > kMaxBytes) {
        return Problem(ProblemCode::too_large, "the text is larger than " + std::to_string(kMaxBytes >> 20) + " MiB",
                       std::string(name), {});
    }
    if (const auto checked = check_characters(Tree(text, name)); !checked) return checked.error();
    const auto pairs = find_surrogate_pairs(text);
    auto tree = compose_tree(text, name, pairs, duplicates);
    if (!tree) return tree.error();
    if (const auto kept = keep_escapes(**tree, pairs); kept.size() != pairs.size()) {
        tree = compose_tree(text, name, kept, duplicates);
        if (!tree) return tree.error();
    }
    return Document(*tree);
}

}  // namespace understudy::source
