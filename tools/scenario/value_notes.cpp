#include "tools/scenario/value_notes.hpp"

#include "emulator/files/read_file.hpp"
#include "tools/scenario/rows.hpp"
#include "tools/scenario/template_text.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace understudy::scenario {
namespace {

using source::Node;
using source::Problem;

/// The names in the `${…}` of a node and of what is below it; nothing where it has none.
void add_names(Node node, std::vector<std::string>& names) {
    if (node.is_scalar() && node.text().find("${") != std::string_view::npos) {
        for (const auto& part : parse_template(node.text()).value_or(std::vector<TemplatePart>())) {
            if (part.kind == TemplatePart::Kind::expression) names.push_back(part.text);
        }
    }
    for (const auto& item : node.items()) add_names(item, names);
    for (const auto& member : node.members()) add_names(member.value, names);
}

/// The outermost value that begins there.
std::optional<Node> find_node(Node node, source::Position position) {
    if (node.position() == position) return node;
    for (const auto& item : node.items()) {
        if (const auto found = find_node(item, position)) return found;
    }
    for (const auto& member : node.members()) {
        if (const auto found = find_node(member.value, position)) return found;
    }
    return std::nullopt;
}

/// Where a row's value stands in its file: `rows.csv:3:3`.
std::string find_cell(const Part& own, std::size_t row, std::string_view name) {
    const auto node = own.find("rows");
    const auto file = (std::filesystem::path(own.folder) / std::string(node ? node->text() : "")).lexically_normal();
    const auto text = files::read_file(file.string());
    const auto place = text ? find_row_cell(*text, file.string(), row, name) : std::nullopt;
    if (!place) return file.string();
    const auto line = file.string() + ':' + std::to_string(place->line);
    return place->column == 0 ? line : line + ':' + std::to_string(place->column);
}

/// What tells it from others of the matrix: the first label is its row's, where it has one.
std::span<const std::pair<std::string, std::string>> labels_of_matrix(const Variant& variant) {
    return std::span(variant.labels).subspan(variant.row != 0 ? 1 : 0);
}

std::string render_value(const Part& own, const Variant& variant, std::string_view name) {
    const auto has_name = [&](const auto& entry) { return entry.first == name; };
    const auto value = std::ranges::find_if(variant.values, has_name);
    if (value == variant.values.end()) return {};
    const auto text = "'" + value->first + "' is " + value->second;
    if (variant.row == 0 || std::ranges::any_of(labels_of_matrix(variant), has_name)) return text + " in this run";
    return text + " in row " + std::to_string(variant.row) + ", " + find_cell(own, variant.row, name);
}

/// The run's own values, for a text that is made of them by way of other variables.
std::string render_run(const Part& own, const Variant& variant) {
    std::string text;
    if (variant.row != 0) text = "row " + std::to_string(variant.row) + " of " + find_cell(own, variant.row, "");
    for (const auto& [name, value] : labels_of_matrix(variant))
        text += (text.empty() ? "" : ", ") + name + " = " + value;
    return text.empty() ? text : "in the run with " + text;
}

}  // namespace

void note_values(const std::vector<Part>& parts, const Variant& variant, std::vector<Problem>& problems) {
    if (variant.labels.empty()) return;
    for (auto& problem : problems) {
        const auto part = std::ranges::find_if(
            parts, [&](const Part& candidate) { return candidate.document.name() == problem.file(); });
        if (part == parts.end()) continue;
        const auto node = find_node(part->document.root(), problem.position());
        std::vector<std::string> names;
        if (node) add_names(*node, names);
        if (names.empty()) continue;
        std::string note;
        for (const auto& name : names) {
            const auto value = render_value(parts.back(), variant, name);
            if (!value.empty() && note.find(value) == std::string::npos) note += (note.empty() ? "" : "; ") + value;
        }
        if (note.empty()) note = render_run(parts.back(), variant);
        if (!problem.note().empty()) note = problem.note() + "; " + note;
        problem = Problem(problem).with_note(std::move(note));
    }
}

}  // namespace understudy::scenario
