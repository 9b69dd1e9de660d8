#include "emulator/source/aliases.hpp"

#include "emulator/source/tree.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace understudy::source {
namespace {

/// Copies what is used, each node once; what is needed, once for each use.
class WritingOut {
  public:
    WritingOut(const Document& document, const std::function<bool(Node)>& needed)
        : document_(document), needed_(needed), tree_(std::make_shared<Tree>(document.text(), document.name())) {
        for (const auto& [alias, anchored] : document.aliases()) anchored_.emplace(alias.index(), anchored);
    }

    bool changes() {
        return std::ranges::any_of(anchored_, [&](const auto& alias) { return is_needed(alias.second); });
    }

    Document write() {
        tree_->root = copy(document_.root());
        for (const auto& [alias, anchored] : document_.aliases()) {
            if (!numbers_.contains(alias.index())) copy(alias);  // That of a merge key: no member holds it.
        }
        return Document(tree_);
    }

  private:
    /// Whether it is needed, or holds what is.
    bool is_needed(Node node) {
        const auto known = known_needs_.find(node.index());
        if (known != known_needs_.end()) return known->second;
        const auto items = node.items();
        const auto members = node.members();
        const bool found = (node.is_scalar() && needed_(node)) ||
                           std::ranges::any_of(items, [&](Node item) { return is_needed(item); }) ||
                           std::ranges::any_of(members, [&](const Member& member) {
                               return is_needed(member.key) || is_needed(member.value);
                           });
        known_needs_.emplace(node.index(), found);
        return found;
    }

    std::uint32_t copy(Node node) {
        const auto known = numbers_.find(node.index());
        if (known != numbers_.end() && !is_needed(node)) return known->second;
        const auto made = node.is_alias() ? make_alias(node) : make(node);
        numbers_.try_emplace(node.index(), made);
        return made;
    }

    std::uint32_t make_alias(Node alias) {
        const auto index = add(alias);
        const auto anchored = anchored_.at(alias.index());
        const auto content = is_needed(anchored) ? make(anchored) : copy(anchored);
        tree_->entries[index].content = content;
        return index;
    }

    std::uint32_t make(Node node) {
        const auto index = add(node);
        std::vector<Node> items;
        for (const Node item : node.items()) items.emplace_back(*tree_, copy(item));
        std::vector<Member> members;
        for (const auto& [key, value] : node.members()) {
            const Node name(*tree_, copy(key));
            members.push_back({name, Node(*tree_, copy(value))});
        }
        Entry& entry = tree_->entries[index];
        entry.first = node.is_sequence() ? tree_->items.size() : tree_->members.size();
        entry.count = items.size() + members.size();
        tree_->items.insert(tree_->items.end(), items.begin(), items.end());
        tree_->members.insert(tree_->members.end(), members.begin(), members.end());
        return index;
    }

    std::uint32_t add(Node node) {
        const auto index = static_cast<std::uint32_t>(tree_->entries.size());
        tree_->entries.push_back({.kind = node.kind(),
                                  .style = node.style(),
                                  .flow = node.is_flow(),
                                  .content = index,
                                  .range = node.range(),
                                  .text = std::string(node.text()),
                                  .tag = std::string(node.tag())});
        return index;
    }

    const Document& document_;
    const std::function<bool(Node)>& needed_;
    std::shared_ptr<Tree> tree_;
    std::map<std::uint32_t, Node> anchored_;
    std::map<std::uint32_t, bool> known_needs_;
    std::map<std::uint32_t, std::uint32_t> numbers_;  ///< Of the first copies.
};

}  // namespace

Document write_out_aliases(const Document& document, const std::function<bool(Node scalar)>& needed) {
    WritingOut writing(document, needed);
    return writing.changes() ? writing.write() : document;
}

}  // namespace understudy::source
