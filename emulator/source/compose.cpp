#include "emulator/source/compose.hpp"

#include "emulator/source/yaml_events.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace understudy::source {
namespace {

/// A text counts as one node for each so many bytes, so that aliases cannot multiply a long one for nothing.
constexpr std::size_t kBytesPerNode = 256;
/// What an anchor refers to while its node is not complete.
constexpr std::uint32_t kIncomplete = static_cast<std::uint32_t>(-1);

/// A key that a mapping has, and the number of its member.
struct Known {
    Node key;
    std::size_t member;
};

/// A mapping while its members are read.
struct OpenMapping {
    std::uint32_t index = 0;
    std::vector<Member> members;
    std::unordered_map<std::string_view, Known> keys;
    /// The values of `<<`; merged last, because the mapping's own keys win.
    std::vector<Node> merges;
};

class Composer {
  public:
    Composer(Tree& tree, std::span<const std::size_t> surrogate_pairs, DuplicateKeys duplicates)
        : tree_(tree), reader_(tree, surrogate_pairs), duplicates_(duplicates) {}

    Result<void> compose_document();

  private:
    /// These return the index of the entry they made.
    Result<std::uint32_t> compose_node(const Event& event, std::size_t depth);
    Result<std::uint32_t> compose_alias(const Event& event, std::size_t depth);
    Result<std::uint32_t> compose_sequence(const Event& event, std::size_t depth);
    Result<std::uint32_t> compose_mapping(const Event& event, std::size_t depth);

    Result<void> compose_member(OpenMapping& mapping, const Event& key_event, std::size_t depth);
    Result<void> add_member(OpenMapping& mapping, Node key, Node value);
    Result<void> override_member(OpenMapping& mapping, Known& known, Node key, Node value);
    Result<void> merge(OpenMapping& mapping, Node value, std::size_t depth);
    Result<void> merge_mapping(OpenMapping& mapping, Node base, std::size_t depth);

    std::uint32_t add_entry(const Event& event, NodeKind kind);
    Result<void> count(std::uint32_t index, Node child);
    void end_collection(const Event& start, const Event& end, std::uint32_t index, std::size_t last_end);

    Problem problem_at(Range range, ProblemCode code, std::string message) const {
        return Problem(code, std::move(message), tree_.name, tree_.lines.position(range.begin));
    }
    Problem too_deep(Range range) const {
        return problem_at(range, ProblemCode::too_large, "nested more than " + std::to_string(kMaxDepth) + " deep");
    }

    Tree& tree_;
    EventReader reader_;
    DuplicateKeys duplicates_;
    std::map<std::string, std::uint32_t> anchors_;
};

std::uint32_t Composer::add_entry(const Event& event, NodeKind kind) {
    Entry entry;
    entry.kind = kind;
    entry.style = event.style;
    entry.flow = event.flow;
    entry.content = static_cast<std::uint32_t>(tree_.entries.size());
    entry.range = event.range;
    entry.text = event.text;
    entry.tag = event.tag;
    entry.weight = 1 + event.text.size() / kBytesPerNode;
    if (event.style == ScalarStyle::literal || event.style == ScalarStyle::folded) {
        // libyaml counts the empty lines after a block scalar to it.
        const std::size_t last = std::string_view(tree_.text).substr(0, entry.range.end).find_last_not_of(" \t\r\n");
        entry.range.end = std::max(entry.range.begin, last + 1);
    }
    tree_.entries.push_back(std::move(entry));
    return tree_.entries.back().content;
}

Result<void> Composer::count(std::uint32_t index, Node child) {
    Entry& parent = tree_.entries[index];
    const Entry& added = tree_.entries[child.index()];
    parent.weight += added.weight;
    parent.height = std::max(parent.height, added.height + 1);
    if (parent.weight <= kMaxNodes) return {};
    return problem_at(added.range, ProblemCode::too_large,
                      "the text holds more than " + std::to_string(kMaxNodes) + " values, aliases expanded");
}

void Composer::end_collection(const Event& start, const Event& end, std::uint32_t index, std::size_t last_end) {
    // The end of a block collection is where the next token begins, behind blanks and comments.
    tree_.entries[index].range.end = start.flow ? end.range.end : last_end;
    if (!start.anchor.empty()) anchors_[start.anchor] = index;
}

Result<std::uint32_t> Composer::compose_alias(const Event& event, std::size_t depth) {
    const auto anchor = anchors_.find(event.anchor);
    const std::string name = '\'' + event.anchor + '\'';
    if (anchor == anchors_.end()) {
        return problem_at(event.range, ProblemCode::invalid, "no anchor " + name + " before this alias");
    }
    if (anchor->second == kIncomplete) {
        return problem_at(event.range, ProblemCode::invalid, "the alias " + name + " lies inside its own anchor");
    }
    const std::uint32_t index = add_entry(event, NodeKind::scalar);
    const Entry& target = tree_.entries[anchor->second];
    Entry& alias = tree_.entries[index];
    alias.kind = target.kind;
    alias.content = target.content;
    alias.weight = target.weight;
    alias.height = target.height;
    if (depth + target.height - 1 > kMaxDepth) return too_deep(event.range);
    return index;
}

Result<std::uint32_t> Composer::compose_sequence(const Event& event, std::size_t depth) {
    const std::uint32_t index = add_entry(event, NodeKind::sequence);
    if (!event.anchor.empty()) anchors_[event.anchor] = kIncomplete;
    std::vector<Node> items;
    for (;;) {
        const auto next = reader_.next();
        if (!next) return next.error();
        if (next->kind == EventKind::collection_end) {
            end_collection(event, *next, index, items.empty() ? event.range.end : items.back().range().end);
            break;
        }
        const auto item = compose_node(*next, depth + 1);
        if (!item) return item.error();
        items.emplace_back(tree_, *item);
        if (const auto counted = count(index, items.back()); !counted) return counted.error();
    }
    tree_.entries[index].first = tree_.items.size();
    tree_.entries[index].count = items.size();
    tree_.items.insert(tree_.items.end(), items.begin(), items.end());
    return index;
}

Result<std::uint32_t> Composer::compose_mapping(const Event& event, std::size_t depth) {
    OpenMapping mapping;
    mapping.index = add_entry(event, NodeKind::mapping);
    if (!event.anchor.empty()) anchors_[event.anchor] = kIncomplete;
    for (;;) {
        const auto next = reader_.next();
        if (!next) return next.error();
        if (next->kind == EventKind::collection_end) {
            // Whatever came last was the last to make an entry, or lies inside one that did.
            std::size_t last_end = event.range.end;
            for (const auto& [key, value] : mapping.members) last_end = std::max(last_end, value.range().end);
            for (const Node& merged : mapping.merges) last_end = std::max(last_end, merged.range().end);
            end_collection(event, *next, mapping.index, last_end);
            break;
        }
        if (const auto added = compose_member(mapping, *next, depth); !added) return added.error();
    }
    for (const Node& value : mapping.merges) {
        if (const auto merged = merge(mapping, value, depth); !merged) return merged.error();
    }
    tree_.entries[mapping.index].first = tree_.members.size();
    tree_.entries[mapping.index].count = mapping.members.size();
    tree_.members.insert(tree_.members.end(), mapping.members.begin(), mapping.members.end());
    return mapping.index;
}

Result<void> Composer::compose_member(OpenMapping& mapping, const Event& key_event, std::size_t depth) {
    const auto key_index = compose_node(key_event, depth + 1);
    if (!key_index) return key_index.error();
    const Node key(tree_, *key_index);
    if (!key.is_scalar()) return key.problem(ProblemCode::invalid, "a key must be a text");
    if (key.is_plain() && key.text().empty()) return key.problem(ProblemCode::invalid, "a key is missing here");
    const bool merges = key.is_plain() && key.text() == "<<";
    const auto [known, is_new] = mapping.keys.try_emplace(key.text(), Known{key, mapping.members.size()});
    if (!is_new && (merges || duplicates_ == DuplicateKeys::refused)) {
        const Problem first = known->second.key.problem(ProblemCode::none, {});
        return key.problem(ProblemCode::invalid, "duplicate key '" + std::string(key.text()) + '\'')
            .with_note("the key was first given at " + render_place(first));
    }
    const auto value_event = reader_.next();
    if (!value_event) return value_event.error();
    const auto value_index = compose_node(*value_event, depth + 1);
    if (!value_index) return value_index.error();
    const Node value(tree_, *value_index);
    if (merges) {
        mapping.merges.push_back(value);
        // Counted even where all its keys are known already: that bounds the work, too.
        return count(mapping.index, value);
    }
    return is_new ? add_member(mapping, key, value) : override_member(mapping, known->second, key, value);
}

/// The later value stands where the key first stood, as in PyYAML's dictionaries.
Result<void> Composer::override_member(OpenMapping& mapping, Known& known, Node key, Node value) {
    tree_.overridden.push_back({.key = known.key, .by = key});
    known.key = key;
    mapping.members[known.member] = {key, value};
    if (const auto counted = count(mapping.index, key); !counted) return counted;
    return count(mapping.index, value);
}

Result<void> Composer::add_member(OpenMapping& mapping, Node key, Node value) {
    mapping.members.push_back({key, value});
    if (const auto counted = count(mapping.index, key); !counted) return counted;
    return count(mapping.index, value);
}

Result<void> Composer::merge(OpenMapping& mapping, Node value, std::size_t depth) {
    if (value.is_mapping()) return merge_mapping(mapping, value, depth);
    const auto bases = value.items();
    const bool only_mappings = std::all_of(bases.begin(), bases.end(), [](Node base) { return base.is_mapping(); });
    if (!value.is_sequence() || !only_mappings) {
        return value.problem(ProblemCode::invalid, "the merge key '<<' takes a mapping, or a sequence of mappings");
    }
    for (const Node& base : bases) {
        if (const auto merged = merge_mapping(mapping, base, depth); !merged) return merged;
    }
    return {};
}

Result<void> Composer::merge_mapping(OpenMapping& mapping, Node base, std::size_t depth) {
    if (depth + tree_.entries[base.index()].height - 1 > kMaxDepth) return too_deep(base.range());
    for (const auto& [key, value] : base.members()) {
        if (!mapping.keys.try_emplace(key.text(), Known{key, mapping.members.size()}).second) continue;
        if (const auto added = add_member(mapping, key, value); !added) return added;
    }
    return {};
}

Result<std::uint32_t> Composer::compose_node(const Event& event, std::size_t depth) {
    if (depth > kMaxDepth) return too_deep(event.range);
    switch (event.kind) {
        case EventKind::alias:
            return compose_alias(event, depth);
        case EventKind::sequence_start:
            return compose_sequence(event, depth);
        case EventKind::mapping_start:
            return compose_mapping(event, depth);
        default:
            break;
    }
    const std::uint32_t index = add_entry(event, NodeKind::scalar);
    if (!event.anchor.empty()) anchors_[event.anchor] = index;
    return index;
}

Result<void> Composer::compose_document() {
    bool has_root = false;
    for (;;) {
        const auto event = reader_.next();
        if (!event) return event.error();
        if (event->kind == EventKind::stream_end) break;
        if (event->kind == EventKind::other) continue;
        if (event->kind == EventKind::document_start) {
            if (!has_root) continue;
            return problem_at(event->range, ProblemCode::invalid, "a second document begins here")
                .with_hint("put it into a file of its own");
        }
        const auto root = compose_node(*event, 1);
        if (!root) return root.error();
        tree_.root = *root;
        has_root = true;
    }
    if (!has_root) tree_.root = add_entry(Event(), NodeKind::scalar);
    return {};
}

}  // namespace

Result<void> compose(Tree& tree, std::span<const std::size_t> surrogate_pairs, DuplicateKeys duplicates) {
    return Composer(tree, surrogate_pairs, duplicates).compose_document();
}

}  // namespace understudy::source
