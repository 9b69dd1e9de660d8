#include "tools/match/update.hpp"

#include "tools/match/align.hpp"
#include "tools/match/edit_parts.hpp"
#include "tools/match/layout.hpp"
#include "tools/match/replace_value.hpp"
#include "tools/match/yaml_text.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

namespace understudy::match {
namespace {

using source::Node;

/// How much more a part that is met makes values alike than that they are of one kind.
constexpr std::size_t kPart = 10;

bool holds(source::Range outer, source::Range inner) {
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

/// What a key says: itself, and `$x` for `$$x`.
std::string_view to_name(std::string_view key) {
    return key.starts_with("$$") ? key.substr(1) : key;
}

/// `httpStatus` and `http_status` are one name.
std::string to_loose_name(std::string_view name) {
    std::string loose;
    for (const unsigned char c : name) {
        if (c != '_') loose += static_cast<char>(std::tolower(c));
    }
    return loose;
}

class Updating {
  public:
    Updating(const UpdateRules& rules, Node place)
        : unknown_fields_(rules.unknown_fields),
          mode_(rules.mode),
          layout_(place.document_text()),
          quotes_(to_quotes(place)) {}

    void update(const Pattern& pattern, const Value& actual, Node slot);
    PatternUpdate take() { return {std::move(edits_), std::move(unsayable_)}; }

  private:
    bool is_met(const Pattern& pattern, const Value* actual) const {
        return match::is_met(pattern, actual, unknown_fields_, standing_);
    }
    /// Does that one step further down.
    template <class Do>
    auto below(PathStep step, Do action) {
        standing_.path.push_back(std::move(step));
        auto result = action();
        standing_.path.pop_back();
        return result;
    }
    void update_written(const Pattern& pattern, const Value& actual, Node node, Node slot);
    void update_fields(const Fields& fields, const Value& actual, Node node, Node slot);
    bool update_members(const Fields& fields, const Value& actual, Node node, std::vector<Node>& gone);
    void update_items(const Items& items, const Value& actual, Node node, Node slot);
    std::vector<std::string> added_members(const Fields& fields, const Value& actual, Node node);
    std::string render_item(Node node, const Value& value) const;
    std::string render_member(Node node, const Value& value) const;
    std::size_t column_of_parts(Node node) const { return layout_.column(layout_.skip_properties(node)); }
    std::optional<Node> find_slot(Node mapping, const PatternMember& member) const;
    bool is_changeable(Node node) const;
    std::size_t likeness(const Pattern& pattern, const Value& actual);
    void replace(Node slot, const Value& value) {
        note_unsayable(value, Written::yes);
        add(replace_value(slot, value, quotes_));
    }
    /// Whether a value is written into the file, or left to what the expectation says of the rest.
    enum class Written : std::uint8_t { yes, no };
    /// Looks for what no expectation can say of a value.
    void note_unsayable(const Value& value, Written written);
    void note_unsayable(const Member& member, Written written);
    bool minds_unknown() const {
        return unknown_fields_ == UnknownFields::error ||
               (unknown_fields_ == UnknownFields::by_mode && mode_ == Mode::exact);
    }
    void add(std::vector<source::TextEdit> edits) {
        edits_.insert(edits_.end(), std::make_move_iterator(edits.begin()), std::make_move_iterator(edits.end()));
    }

    UnknownFields unknown_fields_;
    Mode mode_;
    Layout layout_;
    Quotes quotes_;
    Standing standing_;
    std::vector<source::TextEdit> edits_;
    std::optional<std::string> unsayable_;
};

void Updating::note_unsayable(const Value& value, Written written) {
    if (standing_.is_ignored()) return;
    if (!value.spellable && written == Written::yes && !unsayable_) unsayable_ = to_text(standing_.path);
    for (const Member& member : value.members) note_unsayable(member, written);
    for (std::size_t i = 0; i < value.items.size(); ++i)
        below(to_path_step(i), [&] { return note_unsayable(value.items[i], written), true; });
}

void Updating::note_unsayable(const Member& member, Written written) {
    if (!member.value.set) return;
    below(to_path_step(member), [&] {
        const bool unknown = member.naming == Naming::unknown;
        if (!unknown) note_unsayable(member.value, written);
        if (unknown && minds_unknown() && !standing_.is_ignored() && !unsayable_) unsayable_ = to_text(standing_.path);
        return true;
    });
}

void Updating::update(const Pattern& pattern, const Value& actual, Node slot) {
    if (is_met(pattern, &actual)) return;
    const Node node = pattern.node.value_or(slot);
    if (slot.is_alias() || !is_changeable(node)) return replace(slot, actual);
    for (const auto& path : pattern.ignore) standing_.ignored.emplace_back(standing_.path.size(), &path);
    update_written(pattern, actual, node, slot);
    standing_.ignored.resize(standing_.ignored.size() - pattern.ignore.size());
}

void Updating::update_written(const Pattern& pattern, const Value& actual, Node node, Node slot) {
    const auto* fields = std::get_if<Fields>(&pattern.rule);
    if (fields && actual.kind == Kind::object && node.is_mapping() && fields->type == actual.type)
        return update_fields(*fields, actual, node, slot);
    const auto* items = std::get_if<Items>(&pattern.rule);
    if (items && actual.kind == Kind::list && node.is_sequence()) return update_items(*items, actual, node, slot);
    replace(slot, actual);
}

/// What a variable has brought in, or a merge key, is not written where it counts; `[a: 1]` has no brackets to write
/// into, and `? a` no place before it.
bool Updating::is_changeable(Node node) const {
    const auto inside = [&](Node part) { return holds(node.range(), part.range()) && part.range() != node.range(); };
    const auto is_marked = [&](Node key) {
        return layout_.text().substr(0, layout_.trim_blanks(key.range().begin)).ends_with('?');
    };
    const auto begin = layout_.text().substr(layout_.skip_properties(node));
    if (node.is_flow() && !begin.starts_with('{') && !begin.starts_with('[')) return false;
    return std::ranges::all_of(node.items(), inside) &&
           std::ranges::all_of(node.members(), [&](const source::Member& member) {
               return inside(member.key) && holds(node.range(), member.value.range()) && !is_marked(member.key);
           });
}

std::optional<Node> Updating::find_slot(Node mapping, const PatternMember& member) const {
    for (const auto& [key, value] : mapping.members()) {
        if (to_name(key.text()) == member.name) return value;
    }
    const auto name = to_loose_name(member.name);
    for (const auto& [key, value] : mapping.members()) {
        const bool here = member.pattern.node && holds(value.range(), member.pattern.node->range());
        if (here || to_loose_name(to_name(key.text())) == name) return value;
    }
    return std::nullopt;
}

/// False where a field is written nowhere.
bool Updating::update_members(const Fields& fields, const Value& actual, Node node, std::vector<Node>& gone) {
    for (const auto& member : fields.members) {
        const auto* found = actual.find(member.name);
        const auto* value = found ? &found->value : nullptr;
        const bool written = below(to_path_step({member.name, member.naming, {}, member.json_name}), [&] {
            if (is_met(member.pattern, value)) return true;
            const auto place = find_slot(node, member);
            if (!place) return false;
            if (value)
                update(member.pattern, *value, *place);
            else if (fields.mode == Mode::partial)
                add(replace_with_absent(*place, quotes_));
            else
                gone.push_back(*place);
            return true;
        });
        if (!written) return false;
    }
    return true;
}

void Updating::update_fields(const Fields& fields, const Value& actual, Node node, Node slot) {
    const auto before = edits_.size();
    const auto outer = std::exchange(mode_, fields.mode);
    std::vector<Node> gone;
    const bool all_written = update_members(fields, actual, node, gone);
    std::vector<Part> parts;
    for (const auto& [key, value] : node.members()) {
        const bool deleted = std::ranges::find(gone, value) != gone.end();
        parts.push_back({.range = {key.range().begin, std::max(key.range().end, value.range().end)},
                         .value = value,
                         .deleted = deleted});
    }
    const auto added = added_members(fields, actual, node);
    mode_ = outer;
    const bool nothing_left = std::ranges::all_of(parts, &Part::deleted);
    if (all_written && !nothing_left) return add(edit_parts(node, parts, added));
    if (all_written && parts.empty() && added.empty()) return;
    edits_.resize(before);
    replace(slot, actual);
}

std::vector<std::string> Updating::added_members(const Fields& fields, const Value& actual, Node node) {
    std::vector<std::string> added;
    for (const Member& member : actual.members) {
        const bool known =
            std::ranges::any_of(fields.members, [&](const auto& written) { return written.name == member.name; });
        if (known || !member.value.set) continue;
        const bool left_out = fields.mode == Mode::partial || member.naming == Naming::unknown ||
                              below(to_path_step(member), [&] { return standing_.is_ignored(); });
        note_unsayable(member, left_out ? Written::no : Written::yes);
        if (!left_out) added.push_back(to_yaml_key(member.name, quotes_) + ':' + render_member(node, member.value));
    }
    return added;
}

/// What is an object or a list is more alike the more of its parts are met.
std::size_t Updating::likeness(const Pattern& pattern, const Value& actual) {
    if (is_met(pattern, &actual)) return kEqual;
    std::size_t met = 0;
    const auto* fields = std::get_if<Fields>(&pattern.rule);
    const auto* items = std::get_if<Items>(&pattern.rule);
    if ((fields != nullptr) != (actual.kind == Kind::object) || (items != nullptr) != (actual.kind == Kind::list))
        return 0;
    if (fields) {
        for (const auto& member : fields->members) {
            const auto* found = actual.find(member.name);
            if (found && match::is_met(member.pattern, &found->value, unknown_fields_, {})) ++met;
        }
    }
    for (std::size_t i = 0; items && i < std::min(items->items.size(), actual.items.size()); ++i)
        met += match::is_met(items->items[i], &actual.items[i], unknown_fields_, {}) ? 1 : 0;
    return std::min(met * kPart + 1, kEqual - 1);
}

void Updating::update_items(const Items& items, const Value& actual, Node node, Node slot) {
    const auto written = node.items();
    if (written.size() != items.items.size() || written.empty() || actual.items.empty()) return replace(slot, actual);
    const auto pairs = align(written.size(), actual.items.size(), [&](std::size_t own, std::size_t came) {
        return below(to_path_step(came), [&] { return likeness(items.items[own], actual.items[came]); });
    });
    std::vector<Part> parts;
    for (const Node item : written) parts.push_back({.range = item.range(), .value = item, .deleted = true});
    std::vector<std::string> behind;
    std::size_t next = 0;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        const Value& value = actual.items[i];
        if (!pairs[i]) {
            below(to_path_step(i), [&] { return note_unsayable(value, Written::yes), true; });
            (next < parts.size() ? parts[next].before : behind).push_back(render_item(node, value));
            continue;
        }
        const auto own = *pairs[i];
        parts[own].deleted = false;
        next = own + 1;
        below(to_path_step(i), [&] { return update(items.items[own], value, written[own]), true; });
    }
    add(edit_parts(node, parts, behind));
}

std::string Updating::render_item(Node node, const Value& value) const {
    if (node.is_flow()) return to_flow_yaml(value, quotes_);
    return "- " + to_block_yaml(value, column_of_parts(node) + kIndent);
}

/// A value behind a new key of a container, with the blank or the line break before it.
std::string Updating::render_member(Node node, const Value& value) const {
    if (node.is_flow()) return ' ' + to_flow_yaml(value, quotes_);
    const auto indent = column_of_parts(node) + kIndent;
    auto text = to_block_yaml(value, indent);
    const bool below = is_container(value) && text != "{}" && text != "[]";
    return below ? '\n' + std::string(indent, ' ') + text : ' ' + text;
}

}  // namespace

PatternUpdate update_pattern(const Pattern& pattern, const Value& actual, const UpdateRules& rules, Node place) {
    Updating updating(rules, place);
    updating.update(pattern, actual, place);
    return updating.take();
}

}  // namespace understudy::match
