#include "emulator/source/unroll.hpp"

#include "emulator/source/tree.hpp"

#include <algorithm>
#include <memory>
#include <utility>

namespace understudy::source {
namespace {

constexpr std::string_view kTransform = "Fn::Transform";

std::string keep_alphanumeric(std::string_view text) {
    std::string kept;
    std::ranges::copy_if(text, std::back_inserter(kept), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    return kept;
}

bool names(std::string_view text, const std::string& identifier) {
    return text.find("${" + identifier + '}') != std::string_view::npos ||
           text.find("&{" + identifier + '}') != std::string_view::npos;
}

class Unrolling {
  public:
    Unrolling(const Node& root, const LoopReader& reader)
        : tree_(std::make_shared<Tree>(root.document_text(), root.file())), reader_(reader) {}

    Document unroll(const Node& root, std::span<const std::string_view> sections) {
        std::vector<Member> members;
        for (const auto& [key, value] : root.members()) {
            in_section_ = std::ranges::find(sections, key.text()) != sections.end();
            members.push_back(copy_member(key, value));
        }
        tree_->root = add(root, {});
        set_members(tree_->root, members);
        return Document(tree_);
    }

    Document unroll_all(const Node& root, std::span<const LoopBinding> bindings) {
        in_section_ = true;
        bindings_.assign(bindings.begin(), bindings.end());
        tree_->root = copy(root);
        return Document(tree_);
    }

  private:
    std::uint32_t add(const Node& from, std::string text) {
        const auto index = static_cast<std::uint32_t>(tree_->entries.size());
        tree_->entries.push_back({.kind = from.kind(),
                                  .style = from.style(),
                                  .content = index,
                                  .range = from.range(),
                                  .text = std::move(text),
                                  .tag = std::string(from.tag())});
        if (index == reader_.most_nodes)
            reader_.fail(from.problem(ProblemCode::too_large, "the loops of the template make too much"));
        return index;
    }

    bool is_full() const { return tree_->entries.size() > reader_.most_nodes; }

    void set_members(std::uint32_t index, const std::vector<Member>& members) {
        tree_->entries[index].first = tree_->members.size();
        tree_->entries[index].count = members.size();
        tree_->members.insert(tree_->members.end(), members.begin(), members.end());
    }

    Member copy_member(const Node& key, const Node& value) {
        const Node name(*tree_, add(key, substitute(key.text())));
        const Member made{name, Node(*tree_, copy(value))};
        if (key.text() == kTransform) bind(made.value);
        return made;
    }

    void bind(const Node& argument) const {
        if (reader_.bind && !bindings_.empty()) reader_.bind(argument, bindings_);
    }

    /// The innermost loop's first, whose identifier hides those around it.
    std::string substitute(std::string_view written) const {
        std::string text(written);
        for (auto binding = bindings_.rbegin(); binding != bindings_.rend(); ++binding) {
            replace(text, "${" + binding->identifier + '}', binding->value);
            replace(text, "&{" + binding->identifier + '}', keep_alphanumeric(binding->value));
        }
        return text;
    }

    static void replace(std::string& text, const std::string& placeholder, const std::string& value) {
        for (auto at = text.find(placeholder); at != text.npos; at = text.find(placeholder, at + value.size())) {
            text.replace(at, placeholder.size(), value);
        }
    }

    /// The value of the identifier that a Ref names; nullopt where it is none, or names something else.
    std::optional<std::string> find_referred(const Node& node) const {
        const auto members = node.members();
        const bool is_long = members.size() == 1 && members[0].key.text() == "Ref";
        if (!is_long && node.tag() != "!Ref") return std::nullopt;
        const std::string_view name = is_long ? members[0].value.text() : node.text();
        const auto bound = std::ranges::find(bindings_.rbegin(), bindings_.rend(), name, &LoopBinding::identifier);
        return bound == bindings_.rend() ? std::nullopt : std::optional(bound->value);
    }

    std::uint32_t copy(const Node& node) {
        if (const auto value = find_referred(node)) {
            const auto index = add(node, *value);
            Entry& entry = tree_->entries[index];
            entry.kind = NodeKind::scalar;
            entry.style = ScalarStyle::double_quoted;
            entry.tag.clear();
            return index;
        }
        const auto index = add(node, substitute(node.text()));
        std::vector<Node> items;
        for (const Node& item : node.items()) {
            if (!is_full()) items.emplace_back(*tree_, copy(item));
        }
        if (node.is_sequence()) {
            tree_->entries[index].first = tree_->items.size();
            tree_->entries[index].count = items.size();
            tree_->items.insert(tree_->items.end(), items.begin(), items.end());
        }
        std::vector<Member> members;
        copy_members(node.members(), members);
        if (node.is_mapping()) set_members(index, members);
        if (node.tag() == "!Transform") bind(Node(*tree_, index));
        return index;
    }

    void copy_members(std::span<const Member> members, std::vector<Member>& out) {
        for (const auto& [key, value] : members) {
            if (is_full()) return;
            if (in_section_ && key.text().starts_with(kLoopPrefix)) {
                copy_loop(key, value, out);
            } else {
                out.push_back(copy_member(key, value));
            }
        }
    }

    void fail(const Node& node, std::string message) {
        reader_.fail(node.problem(ProblemCode::invalid, std::move(message)));
    }

    void copy_loop(const Node& key, const Node& loop, std::vector<Member>& out) {
        const auto parts = loop.items();
        if (parts.size() != 3 || !parts[0].is_scalar() || parts[0].text().empty() || !parts[2].is_mapping()) {
            return fail(key,
                        "a loop is a list of an identifier, a collection and a map: "
                        "Fn::ForEach::Name: [Identifier, [Value1, Value2], {'Key${Identifier}': Value}]");
        }
        const std::string identifier(parts[0].text());
        for (const auto& [name, value] : parts[2].members()) {
            if (names(name.text(), identifier) || name.text().starts_with(kLoopPrefix)) continue;
            if (name.text() == kTransform) continue;
            return fail(name, "a key in a loop names its identifier: ${" + identifier + "} or &{" + identifier + '}');
        }
        const auto values = reader_.values(Node(*tree_, copy(parts[1])));
        if (!values) return;
        for (const std::string& value : *values) {
            bindings_.push_back({identifier, value});
            copy_members(parts[2].members(), out);
            bindings_.pop_back();
        }
    }

    std::shared_ptr<Tree> tree_;
    const LoopReader& reader_;
    std::vector<LoopBinding> bindings_;
    bool in_section_ = false;
};

}  // namespace

Document unroll(const Node& root, std::span<const std::string_view> sections, const LoopReader& reader) {
    return Unrolling(root, reader).unroll(root, sections);
}

Document unroll_all(const Node& root, const LoopReader& reader, std::span<const LoopBinding> bindings) {
    return Unrolling(root, reader).unroll_all(root, bindings);
}

}  // namespace understudy::source
