#include "tools/scenario/alias_users.hpp"

#include <algorithm>

namespace understudy::scenario {
namespace {

using source::Node;
using source::Range;
using source::TextEdit;

/// The column of its first part, from 1; 0 where it has none.
std::uint32_t first_column(Node container) {
    if (!container.items().empty()) return container.items().front().position().column;
    return container.members().empty() ? 0 : container.members().front().key.position().column;
}

/// Whether what is inserted behind a node is one more part of it: in a block, lines of its own at its indent.
bool goes_on(Node node, const TextEdit& edit) {
    const auto text = node.document_text();
    const auto line_end = std::min(text.find('\n', node.range().end), text.size());
    if (edit.range.begin > line_end || !edit.text.starts_with('\n') || first_column(node) == 0) return false;
    const auto indent = edit.text.find_first_not_of(' ', 1);
    return indent != std::string::npos && indent >= first_column(node);
}

bool changes(const TextEdit& edit, Node node) {
    const Range range = node.range();
    if (edit.range.begin != edit.range.end) return edit.range.begin < range.end && edit.range.end > range.begin;
    if (edit.range.begin < range.end) return edit.range.begin > range.begin;
    return goes_on(node, edit);
}

bool covers(const TextEdit& edit, Range range) {
    return edit.range.begin <= range.begin && range.end <= edit.range.end;
}

}  // namespace

std::optional<Node> find_alias_user(const source::Document& document, std::span<const TextEdit> edits,
                                    std::span<const TextEdit> all) {
    for (const auto& [alias, anchored] : document.aliases()) {
        const bool goes = std::ranges::any_of(all, [&](const TextEdit& edit) { return covers(edit, alias.range()); });
        const bool changed = std::ranges::any_of(edits, [&](const TextEdit& edit) { return changes(edit, anchored); });
        if (changed && !goes) return alias;
    }
    return std::nullopt;
}

}  // namespace understudy::scenario
