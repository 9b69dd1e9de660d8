#include "emulator/gateway/access/schema.hpp"

#include "emulator/http/percent.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

namespace understudy::access {
namespace {

/// Nesting of a schema up to here is read.
constexpr std::size_t kMaxSchemaDepth = 256;
/// References that stand for one another, one after the other.
constexpr int kMostReferences = 32;

/// A part of a JSON Pointer in a URL.
std::string read_step(std::string_view step) {
    std::string text = http::decode_percent(step, http::Plus::literal);
    for (const auto& [escape, meaning] : {std::pair("~1", "/"), std::pair("~0", "~")}) {
        for (std::size_t at = 0; (at = text.find(escape, at)) != std::string::npos; ++at) text.replace(at, 2, meaning);
    }
    return text;
}

const Json* step_into(const Json& node, const std::string& step) {
    if (!node.is(Json::Kind::array)) return node.find(step);
    const bool is_index =
        !step.empty() && step.size() < 9 && std::ranges::all_of(step, [](char c) { return c >= '0' && c <= '9'; });
    const std::size_t index = is_index ? std::stoul(step) : node.items.size();
    return index < node.items.size() ? &node.items[index] : nullptr;
}

const Json* find_at(const Json& root, std::string_view pointer) {
    const Json* node = &root;
    while (node != nullptr && pointer.starts_with('/')) {
        pointer.remove_prefix(1);
        const auto end = std::min(pointer.find('/'), pointer.size());
        node = step_into(*node, read_step(pointer.substr(0, end)));
        pointer.remove_prefix(end);
    }
    return pointer.empty() ? node : nullptr;
}

const Json* find_reference(const Json& node) {
    const Json* reference = node.is(Json::Kind::object) ? node.find("$ref") : nullptr;
    return reference != nullptr && reference->is(Json::Kind::string) ? reference : nullptr;
}

/// Wherever they stand: a reference may lead to any part of a document.
void collect_patterns(const Json& part, std::map<std::string, Pattern, std::less<>>& patterns) {
    if (const Json* value = part.find("pattern"); value != nullptr && value->is(Json::Kind::string)) {
        patterns.try_emplace(value->text, value->text);
    }
    if (const Json* by_pattern = part.find("patternProperties"); by_pattern != nullptr) {
        for (const auto& [expression, unused] : by_pattern->members) patterns.try_emplace(expression, expression);
    }
    for (const Json& each : part.items) collect_patterns(each, patterns);
    for (const auto& [name, each] : part.members) collect_patterns(each, patterns);
}

/// The first type of a schema that draft 4 does not have; empty where there is none.
std::string find_unknown_type(const Json& schema) {
    static constexpr std::string_view kTypes[] = {"array", "boolean", "integer", "null", "number", "object", "string"};
    const Json* type = schema.find("type");
    if (type == nullptr) return {};
    std::vector<std::string> names;
    if (type->is(Json::Kind::string)) names.push_back(type->text);
    for (const Json& each : type->items) names.push_back(each.text);
    const auto unknown = std::ranges::find_if(
        names, [](const std::string& name) { return std::ranges::find(kTypes, name) == std::end(kTypes); });
    return unknown == names.end() ? std::string() : *unknown;
}

/// Looks for what keeps a schema, or one that it refers to, from being used.
class Search {
  public:
    explicit Search(const Schema::ByName& others) : others_(others) {}

    std::string problem(SchemaPlace place) {
        if (!seen_.insert(place.node).second) return {};
        if (const Json* reference = find_reference(*place.node)) {
            const SchemaPlace target = follow_references(place, others_);
            if (target.node == nullptr) return "there is no " + reference->text;
            return problem(target);
        }
        if (const std::string type = find_unknown_type(*place.node); !type.empty()) {
            return "its type is none of draft 4: " + type;
        }
        if (leads_to_itself(place)) return "it leads to itself";
        std::string found = unreadable_pattern(place);
        visit_subschemas(*place.node, [&](const Json& each, bool /*of_same_value*/) {
            if (found.empty()) found = problem({place.schema, &each});
        });
        return found;
    }

  private:
    static std::string unreadable_pattern(SchemaPlace place) {
        std::vector<std::string> expressions;
        if (const Json* pattern = place.node->find("pattern"); pattern != nullptr && pattern->is(Json::Kind::string)) {
            expressions.push_back(pattern->text);
        }
        if (const Json* by_pattern = place.node->find("patternProperties"); by_pattern != nullptr) {
            for (const auto& [expression, unused] : by_pattern->members) expressions.push_back(expression);
        }
        for (const std::string& each : expressions) {
            if (!place.schema->pattern(each).valid()) return "its pattern cannot be read: " + each;
        }
        return {};
    }

    /// Whether what it asks of a value it asks by itself, of the same value: that would never end.
    bool leads_to_itself(SchemaPlace place) {
        place = follow_references(place, others_);
        if (place.node == nullptr || done_.contains(place.node)) return false;
        if (!path_.insert(place.node).second) return true;
        bool found = false;
        visit_subschemas(*place.node, [&](const Json& each, bool of_same_value) {
            if (of_same_value && !found) found = leads_to_itself({place.schema, &each});
        });
        path_.erase(place.node);
        done_.insert(place.node);
        return found;
    }

    const Schema::ByName& others_;
    std::set<const Json*> seen_;
    std::set<const Json*> path_;  ///< From a schema to where `leads_to_itself` is.
    std::set<const Json*> done_;
};

}  // namespace

Schema::Schema(std::string text) : text_(std::move(text)) {
    auto read = parse_json(text_, kMaxSchemaDepth);
    is_json_ = read.has_value();
    if (is_json_) root_ = std::move(*read);
    collect_patterns(root_, patterns_);
}

std::string Schema::find_problem(const ByName& others) const {
    if (!is_json_) return "it is no JSON";
    return Search(others).problem({this, &root_});
}

SchemaPlace follow_references(SchemaPlace place, const Schema::ByName& others) {
    for (int i = 0; i < kMostReferences; ++i) {
        const Json* reference = find_reference(*place.node);
        if (reference == nullptr) return place;
        const std::string_view url = reference->text;
        const auto sharp = std::min(url.find('#'), url.size());
        const std::string_view document = url.substr(0, sharp);
        if (!document.empty()) {
            const auto found = others.find(document.substr(document.rfind('/') + 1));
            if (found == others.end()) return {};
            place.schema = &found->second;
        }
        place.node = find_at(place.schema->root(), url.substr(std::min(sharp + 1, url.size())));
        if (place.node == nullptr) return {};
    }
    return {};
}

void visit_subschemas(const Json& schema, const std::function<void(const Json&, bool)>& take) {
    const auto offer = [&take](const Json& value, bool of_same_value) {
        if (value.is(Json::Kind::object)) take(value, of_same_value);
    };
    for (const auto& [name, value] : schema.members) {
        if (name == "items" || name == "allOf" || name == "anyOf" || name == "oneOf") {
            for (const Json& each : value.items) offer(each, name != "items");
        }
        if (name == "items" || name == "additionalItems" || name == "additionalProperties" || name == "not") {
            offer(value, name == "not");
        }
        if (name == "properties" || name == "patternProperties" || name == "definitions" || name == "dependencies") {
            for (const auto& [key, each] : value.members) offer(each, name == "dependencies");
        }
    }
}

}  // namespace understudy::access
