#include "tools/match/update.hpp"

#include "tools/match/yaml_text.hpp"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

namespace understudy::match {
namespace {

using source::Node;
using source::Range;

/// Flow beyond this is hard to read.
constexpr std::size_t kLongestFlow = 100;
constexpr std::size_t kStep = 2;

bool holds(Range outer, Range inner) {
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

/// `httpStatus`, `http_status` and `$$http_status` are one name.
std::string to_loose_name(std::string_view name) {
    if (name.starts_with("$$")) name.remove_prefix(1);
    std::string loose;
    for (const unsigned char c : name) {
        if (c != '_') loose += static_cast<char>(std::tolower(c));
    }
    return loose;
}

/// A member or item of a container: from its key, or its own begin, to the end of its value.
struct Part {
    Range range;
    bool deleted = false;
};

class Updating {
  public:
    Updating(Comparison comparison, Node place) : text_(place.document_text()), comparison_(std::move(comparison)) {
        const bool json = place.file().ends_with(".json") || text_.substr(place.range().begin).starts_with("{\"");
        quotes_ = json ? Quotes::always : Quotes::where_needed;
    }

    void update(const Pattern& pattern, const Value& actual, Node slot, const std::string& path);
    std::vector<source::TextEdit> take() { return std::move(edits_); }

  private:
    bool is_met(const std::string& path) const;
    void update_fields(const Fields& fields, const Value& actual, Node node, Node slot, const std::string& path);
    void update_items(const Items& items, const Value& actual, Node node, Node slot, const std::string& path);
    void update_parts(Node node, const std::vector<Part>& parts, const std::vector<std::string>& added);
    void delete_parts(const std::vector<Part>& parts, bool flow);
    std::vector<std::string> added_members(const Fields& fields, const Value& actual, Node node,
                                           const std::string& path);
    std::optional<Node> find_slot(Node mapping, const PatternMember& member) const;
    bool is_changeable(Node node) const;
    bool is_flow(Node container) const;
    std::string render_in(Node container, const Value& value) const;
    void replace(Node slot, const Value& value);
    std::string render_for(Node slot, const Value& value) const;
    std::size_t indent_at(std::size_t offset) const;
    std::size_t column(std::size_t offset) const;
    std::size_t line_end(std::size_t offset) const;
    static std::string to_path(const std::string& path, const std::string& step) {
        return path.empty() && step.starts_with('.') ? step.substr(1) : path + step;
    }

    std::string_view text_;
    Comparison comparison_;
    Quotes quotes_;
    bool in_flow_ = false;  ///< Inside of a flow mapping or list.
    std::vector<source::TextEdit> edits_;
};

bool Updating::is_met(const std::string& path) const {
    return std::ranges::none_of(comparison_.differences, [&](const Difference& difference) {
        if (!difference.path.starts_with(path)) return false;
        const bool whole = path.empty() || difference.path.size() == path.size();
        return whole || difference.path[path.size()] == '.' || difference.path[path.size()] == '[';
    });
}

void Updating::update(const Pattern& pattern, const Value& actual, Node slot, const std::string& path) {
    if (is_met(path)) return;
    const Node node = pattern.node.value_or(slot);
    if (slot.is_alias() || !is_changeable(node)) return replace(slot, actual);
    const auto* fields = std::get_if<Fields>(&pattern.rule);
    const bool outside = std::exchange(in_flow_, in_flow_ || (!node.is_scalar() && is_flow(node)));
    if (fields && actual.kind == Kind::object && node.is_mapping() && fields->type == actual.type) {
        update_fields(*fields, actual, node, slot, path);
    } else if (const auto* items = std::get_if<Items>(&pattern.rule);
               items && actual.kind == Kind::list && node.is_sequence()) {
        update_items(*items, actual, node, slot, path);
    } else {
        replace(slot, actual);
    }
    in_flow_ = outside;
}

/// What a variable has brought in, or a merge key, is not written where it counts.
bool Updating::is_changeable(Node node) const {
    const auto inside = [&](Node part) { return holds(node.range(), part.range()) && part.range() != node.range(); };
    return std::ranges::all_of(node.items(), inside) &&
           std::ranges::all_of(node.members(), [&](const source::Member& member) {
               return inside(member.key) && holds(node.range(), member.value.range());
           });
}

std::optional<Node> Updating::find_slot(Node mapping, const PatternMember& member) const {
    const auto name = to_loose_name(member.name);
    for (const auto& [key, value] : mapping.members()) {
        if (key.text() == member.name) return value;
    }
    for (const auto& [key, value] : mapping.members()) {
        const bool here = member.pattern.node && holds(value.range(), member.pattern.node->range());
        if (here || to_loose_name(key.text()) == name) return value;
    }
    return std::nullopt;
}

void Updating::update_fields(const Fields& fields, const Value& actual, Node node, Node slot, const std::string& path) {
    std::vector<Node> gone;
    for (const auto& member : fields.members) {
        const auto below = to_path(path, to_step({member.name, member.naming, {}}));
        if (is_met(below)) continue;
        const auto place = find_slot(node, member);
        if (!place) return replace(slot, actual);
        const auto* found = actual.find(member.name);
        if (found) {
            update(member.pattern, found->value, *place, below);
        } else if (fields.mode == Mode::partial) {
            edits_.push_back({place->range(), quotes_ == Quotes::always ? R"({"$absent": true})" : "$absent"});
        } else {
            gone.push_back(*place);
        }
    }
    std::vector<Part> parts;
    for (const auto& [key, value] : node.members()) {
        const bool deleted = std::ranges::find(gone, value) != gone.end();
        parts.push_back({{key.range().begin, std::max(key.range().end, value.range().end)}, deleted});
    }
    const auto added = added_members(fields, actual, node, path);
    const bool nothing_left = std::ranges::all_of(parts, &Part::deleted);
    if (nothing_left && (!parts.empty() || !added.empty())) return replace(slot, actual);
    update_parts(node, parts, added);
}

std::vector<std::string> Updating::added_members(const Fields& fields, const Value& actual, Node node,
                                                 const std::string& path) {
    std::vector<std::string> added;
    if (fields.mode == Mode::partial) return added;
    for (const Member& member : actual.members) {
        const bool written =
            std::ranges::any_of(fields.members, [&](const auto& known) { return known.name == member.name; });
        if (written || !member.value.set || member.naming == Naming::unknown || is_met(to_path(path, to_step(member))))
            continue;
        const auto key = to_yaml_key(member.name, quotes_) + ':';
        added.push_back(key + render_in(node, member.value));
    }
    return added;
}

void Updating::update_items(const Items& items, const Value& actual, Node node, Node slot, const std::string& path) {
    const auto written = node.items();
    if (written.size() != items.items.size() || written.empty() || actual.items.empty()) return replace(slot, actual);
    std::vector<Part> parts;
    for (std::size_t i = 0; i < written.size(); ++i) {
        const bool deleted = i >= actual.items.size();
        if (!deleted) update(items.items[i], actual.items[i], written[i], path + '[' + std::to_string(i) + ']');
        parts.push_back({written[i].range(), deleted});
    }
    std::vector<std::string> added;
    for (std::size_t i = written.size(); i < actual.items.size(); ++i) {
        const auto dash = is_flow(node) ? std::string() : std::string("- ");
        const auto text = is_flow(node) ? to_flow_yaml(actual.items[i], quotes_)
                                        : to_block_yaml(actual.items[i], column(node.range().begin) + kStep);
        added.push_back(dash + text);
    }
    update_parts(node, parts, added);
}

/// A value behind a new key of a container, with the blank or the line break before it.
std::string Updating::render_in(Node container, const Value& value) const {
    if (is_flow(container)) return ' ' + to_flow_yaml(value, quotes_);
    const auto indent = column(container.range().begin) + kStep;
    auto text = to_block_yaml(value, indent);
    const bool below = (value.kind == Kind::list || value.kind == Kind::object) && text != "{}" && text != "[]";
    return below ? '\n' + std::string(indent, ' ') + text : ' ' + text;
}

void Updating::update_parts(Node node, const std::vector<Part>& parts, const std::vector<std::string>& added) {
    const bool flow = is_flow(node);
    delete_parts(parts, flow);
    if (added.empty()) return;
    const auto last =
        std::ranges::find_if(parts.rbegin(), parts.rend(), [](const Part& part) { return !part.deleted; });
    const auto end = flow ? last->range.end : line_end(parts.back().range.end);
    std::string text;
    for (const auto& one : added) text += (flow ? ", " : '\n' + std::string(column(node.range().begin), ' ')) + one;
    edits_.push_back({{end, end}, std::move(text)});
}

/// Each run of deleted parts goes with what separates it from the part before it, or else from the one behind.
void Updating::delete_parts(const std::vector<Part>& parts, bool flow) {
    const auto end_of = [&](const Part& part) { return flow ? part.range.end : line_end(part.range.end); };
    for (std::size_t i = 0; i < parts.size();) {
        std::size_t next = i;
        while (next < parts.size() && parts[next].deleted) ++next;
        if (next > i && i > 0) edits_.push_back({{end_of(parts[i - 1]), end_of(parts[next - 1])}, ""});
        if (next > i && i == 0) edits_.push_back({{parts[0].range.begin, parts[next].range.begin}, ""});
        i = std::max(next, i + 1);
    }
}

bool Updating::is_flow(Node container) const {
    auto rest = text_.substr(container.range().begin);
    while (rest.starts_with('!') || rest.starts_with('&')) {
        rest.remove_prefix(std::min(rest.find_first_of(" \r\n"), rest.size()));
        rest.remove_prefix(std::min(rest.find_first_not_of(" \r\n"), rest.size()));
    }
    return rest.starts_with('{') || rest.starts_with('[');
}

std::size_t Updating::column(std::size_t offset) const {
    const auto line_break = text_.substr(0, offset).rfind('\n');
    return line_break == std::string_view::npos ? offset : offset - line_break - 1;
}

/// Where the key before a place begins, dashes of lists before it skipped.
std::size_t Updating::indent_at(std::size_t offset) const {
    const auto begin = offset - column(offset);
    std::size_t indent = begin;
    while (indent < offset && (text_[indent] == ' ' || text_.substr(indent).starts_with("- "))) ++indent;
    return indent - begin;
}

/// Where the line break begins.
std::size_t Updating::line_end(std::size_t offset) const {
    const bool behind = offset > 0 && text_[offset - 1] == '\n';
    const auto end = behind ? offset - 1 : std::min(text_.find('\n', offset), text_.size());
    return end > 0 && end < text_.size() && text_[end - 1] == '\r' ? end - 1 : end;
}

void Updating::replace(Node slot, const Value& value) {
    auto text = render_for(slot, value);
    const auto range = slot.range();
    const auto old = text_.substr(range.begin, range.end - range.begin);
    // An empty value stands right behind its colon.
    if (old.empty() && range.begin > 0 && text_[range.begin - 1] == ':') text.insert(0, " ");
    if (old.ends_with('\n')) text += '\n';
    edits_.push_back({range, std::move(text)});
}

std::string Updating::render_for(Node slot, const Value& value) const {
    const bool container = value.kind == Kind::list || value.kind == Kind::object;
    const auto begin = slot.range().begin;
    const auto line = text_.substr(begin - column(begin), column(begin));
    const bool inline_place = in_flow_ || line.find_first_of("{[") != std::string_view::npos;
    if (!slot.is_scalar() && !slot.is_alias() && !is_flow(slot)) return to_block_yaml(value, column(begin));
    if (!container) {
        const bool plain = !slot.is_scalar() || slot.is_alias();
        return to_scalar_yaml(value, plain ? source::ScalarStyle::plain : slot.style(),
                              inline_place ? 0 : indent_at(begin) + kStep, quotes_);
    }
    auto flow = to_flow_yaml(value, quotes_);
    const bool fits = column(begin) + flow.size() <= kLongestFlow;
    if (fits || inline_place || !slot.is_scalar() || quotes_ == Quotes::always) return flow;
    const auto indent = indent_at(begin) + kStep;
    return '\n' + std::string(indent, ' ') + to_block_yaml(value, indent);
}

}  // namespace

std::vector<source::TextEdit> update_pattern(const Pattern& pattern, const Value& actual, UnknownFields unknown_fields,
                                             Node place) {
    auto comparison = compare_value(pattern, actual, unknown_fields);
    if (comparison.equal()) return {};
    Updating updating(std::move(comparison), place);
    updating.update(pattern, actual, place, "");
    return updating.take();
}

}  // namespace understudy::match
