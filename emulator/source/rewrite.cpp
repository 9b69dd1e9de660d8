#include "emulator/source/document.hpp"
#include "emulator/source/tree.hpp"

#include <unordered_map>
#include <utility>

namespace understudy::source {

namespace {

std::shared_ptr<Tree> copy_tree(const Tree& original) {
    auto tree = std::make_shared<Tree>(original.text, original.name);
    tree->entries = original.entries;
    tree->root = original.root;
    for (const Node& item : original.items) tree->items.emplace_back(*tree, item.index());
    for (const auto& [key, value] : original.members)
        tree->members.push_back({Node(*tree, key.index()), Node(*tree, value.index())});
    for (const auto& [key, by] : original.overridden)
        tree->overridden.push_back({Node(*tree, key.index()), Node(*tree, by.index())});
    return tree;
}

// Appends another tree, all of it at one place, and returns the number that its root has now.
std::uint32_t graft(Tree& tree, const Tree& other, Range place) {
    const auto entries = static_cast<std::uint32_t>(tree.entries.size());
    const auto items = tree.items.size();
    const auto members = tree.members.size();
    for (Entry entry : other.entries) {
        entry.content += entries;
        entry.range = place;
        entry.first += entry.kind == NodeKind::sequence ? items : members;
        tree.entries.push_back(std::move(entry));
    }
    for (const Node& item : other.items) tree.items.emplace_back(tree, item.index() + entries);
    for (const auto& [key, value] : other.members)
        tree.members.push_back({Node(tree, key.index() + entries), Node(tree, value.index() + entries)});
    return other.root + entries;
}

// The nodes that stand for each node that is not their own, by its number.
std::unordered_multimap<std::uint32_t, std::uint32_t> find_aliases(const Tree& tree) {
    std::unordered_multimap<std::uint32_t, std::uint32_t> aliases;
    for (std::uint32_t i = 0; i < tree.entries.size(); ++i) {
        if (tree.entries[i].content != i) aliases.emplace(tree.entries[i].content, i);
    }
    return aliases;
}

}  // namespace

Document Document::rewritten(const std::function<std::optional<Replacement>(Node)>& replace) const {
    const auto tree = copy_tree(*tree_);
    const auto aliases = find_aliases(*tree_);
    const auto count = static_cast<std::uint32_t>(tree_->entries.size());
    for (std::uint32_t i = 0; i < count; ++i) {
        const bool own_scalar = tree_->entries[i].kind == NodeKind::scalar && tree_->entries[i].content == i;
        auto replacement = own_scalar ? replace(Node(*tree_, i)) : std::nullopt;
        if (!replacement) continue;
        if (auto* text = std::get_if<std::string>(&*replacement)) {
            tree->entries[i].text = std::move(*text);
            continue;
        }
        const auto& other = *std::get<Document>(*replacement).tree_;
        const auto root = graft(*tree, other, tree->entries[i].range);
        const auto stand_for = [&](std::uint32_t user) {
            tree->entries[user].kind = tree->entries[root].kind;
            tree->entries[user].content = tree->entries[root].content;
        };
        stand_for(i);
        for (auto [alias, end] = aliases.equal_range(i); alias != end; ++alias) stand_for(alias->second);
    }
    return Document(tree);
}

}  // namespace understudy::source
