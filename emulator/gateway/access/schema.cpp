#include "emulator/gateway/access/schema.hpp"

#include "emulator/gateway/access/draft4.hpp"
#include "emulator/gateway/access/schema_keywords.hpp"
#include "emulator/gateway/access/schema_syntax.hpp"
#include "emulator/http/percent.hpp"

#include <algorithm>
#include <deque>
#include <set>
#include <utility>

namespace understudy::access {
namespace {

/// Nesting of a schema up to here is read.
constexpr std::size_t kMaxSchemaDepth = 256;
/// References that stand for one another, one after the other.
constexpr int kMostReferences = 32;
/// Schemas that speak of one value, in one another.
constexpr std::size_t kMostOfSameValue = 128;
/// Objects of more members get an index.
constexpr std::size_t kManyMembers = 32;

/// A part of a JSON Pointer in a URL.
std::string read_step(std::string_view step) {
    std::string text = http::decode_percent(step, http::Plus::literal);
    for (const auto& [escape, meaning] : {std::pair("~1", "/"), std::pair("~0", "~")}) {
        for (std::size_t at = 0; (at = text.find(escape, at)) != std::string::npos; ++at) text.replace(at, 2, meaning);
    }
    return text;
}

const Json* step_into(const Schema& schema, const Json& node, const std::string& step) {
    if (!node.is(Json::Kind::array)) return schema.member(node, step);
    const bool is_index =
        !step.empty() && step.size() < 9 && std::ranges::all_of(step, [](char c) { return c >= '0' && c <= '9'; });
    const std::size_t index = is_index ? std::stoul(step) : node.items.size();
    return index < node.items.size() ? &node.items[index] : nullptr;
}

const Json* find_at(const Schema& schema, std::string_view pointer) {
    const Json* node = &schema.root();
    while (node != nullptr && pointer.starts_with('/')) {
        pointer.remove_prefix(1);
        const auto end = std::min(pointer.find('/'), pointer.size());
        node = step_into(schema, *node, read_step(pointer.substr(0, end)));
        pointer.remove_prefix(end);
    }
    return pointer.empty() ? node : nullptr;
}

const Json* find_reference(const Json& node) {
    const Json* reference = node.is(Json::Kind::object) ? node.find("$ref") : nullptr;
    return reference != nullptr && reference->is(Json::Kind::string) ? reference : nullptr;
}

struct Followed {
    SchemaPlace place;        ///< No node: there is none.
    bool is_endless = false;  ///< Or more references than are followed stand on the way.
};

Followed follow(SchemaPlace place, const Schema::ByName& others) {
    for (int i = 0; i < kMostReferences; ++i) {
        const Json* reference = find_reference(*place.node);
        if (reference == nullptr) return {.place = place};
        const std::string_view url = reference->text;
        const auto sharp = std::min(url.find('#'), url.size());
        const std::string_view document = url.substr(0, sharp);
        if (!document.empty()) {
            const auto found = others.find(document.substr(document.rfind('/') + 1));
            if (found == others.end()) return {};
            place.schema = &found->second;
        }
        place.node = find_at(*place.schema, url.substr(std::min(sharp + 1, url.size())));
        if (place.node == nullptr) return {};
    }
    return {.place = {}, .is_endless = true};
}

/// Looks for what keeps a schema, or one that it refers to, from being used, and for what is remarkable.
class Search {
  public:
    explicit Search(const Schema::ByName& others) : others_(others) {}

    /// One after the other, not one in the other: they may refer to each other in a chain of any length.
    SchemaReview run(SchemaPlace root) {
        add(root);
        while (!pending_.empty() && review_.problem.empty()) {
            const SchemaPlace place = pending_.front();
            pending_.pop_front();
            look_at(place);
        }
        return std::move(review_);
    }

  private:
    void add(SchemaPlace place) {
        if (seen_.insert(place.node).second) pending_.push_back(place);
    }

    void look_at(SchemaPlace place) {
        if (const Json* reference = find_reference(*place.node)) {
            const Followed target = follow(place, others_);
            if (target.place.node != nullptr) return add(target.place);
            review_.problem = target.is_endless ? "more than " + std::to_string(kMostReferences) +
                                                      " references stand for one another: " + reference->text
                                                : "there is no " + reference->text;
            return;
        }
        if (!place.node->is(Json::Kind::object)) {
            review_.problem = "what stands for a schema is no object";
            return;
        }
        review_.problem = find_syntax_fault(*place.node);
        if (!review_.problem.empty()) return;
        check_height(place, 0);
        note_patterns(place);
        visit_subschemas(*place.node, [&](const Json& each, SubschemaOf) { add({place.schema, &each}); });
    }

    void note_patterns(SchemaPlace place) {
        if (const Json* pattern = place.node->find("pattern")) note_pattern(*place.schema, pattern->text);
        if (const Json* by_pattern = place.node->find("patternProperties")) {
            for (const auto& [expression, unused] : by_pattern->members) note_pattern(*place.schema, expression);
        }
    }

    void note_pattern(const Schema& schema, const std::string& expression) {
        const std::string& remark = schema.pattern(expression).remark();
        if (remark.empty() || !remarked_.insert(expression).second) return;
        review_.remarks.push_back("the pattern " + expression + ": " + remark);
    }

    /// It is a problem where schemas that speak of the same value lead to one another for ever, or lie too deep in one
    /// another for the stack, from one on, which `depth` of them hold.
    void check_height(SchemaPlace place, std::size_t depth) {
        place = follow_references(place, others_);
        if (place.node == nullptr || !review_.problem.empty() || heights_.contains(place.node)) return;
        if (!path_.insert(place.node).second) review_.problem = "it leads to itself";
        if (depth > kMostOfSameValue) review_.problem = too_deep();
        std::size_t height = 0;
        visit_subschemas(*place.node, [&](const Json& each, SubschemaOf subject) {
            if (subject != SubschemaOf::same_value || !review_.problem.empty()) return;
            check_height({place.schema, &each}, depth + 1);
            height = std::max(height, height_of({place.schema, &each}) + 1);
        });
        path_.erase(place.node);
        if (height > kMostOfSameValue && review_.problem.empty()) review_.problem = too_deep();
        heights_[place.node] = height;
    }

    /// How many schemas speak of the same value in one another, from one on that was checked; 0 where that was cut off.
    std::size_t height_of(SchemaPlace place) const {
        const auto known = heights_.find(follow_references(place, others_).node);
        return known == heights_.end() ? 0 : known->second;
    }

    static std::string too_deep() {
        return "more than " + std::to_string(kMostOfSameValue) + " schemas lie in one another and speak of one value";
    }

    const Schema::ByName& others_;
    SchemaReview review_;
    std::deque<SchemaPlace> pending_;
    std::set<const Json*> seen_;
    std::set<std::string> remarked_;
    std::set<const Json*> path_;  ///< From a schema to where `check_height` is.
    std::map<const Json*, std::size_t> heights_;
};

}  // namespace

Schema::Schema(std::string text) : text_(std::move(text)) {
    auto read = parse_json(text_, kMaxSchemaDepth);
    is_json_ = read.has_value();
    if (is_json_) root_ = std::move(*read);
    collect(root_);
}

/// Wherever they stand: a reference may lead to any part of a document.
void Schema::collect(const Json& part) {
    if (const Json* value = part.find("pattern"); value != nullptr && value->is(Json::Kind::string)) {
        patterns_.try_emplace(value->text, value->text);
    }
    if (const Json* by_pattern = part.find("patternProperties"); by_pattern != nullptr) {
        for (const auto& [expression, unused] : by_pattern->members) patterns_.try_emplace(expression, expression);
    }
    if (const Json* list = part.find("enum"); list != nullptr && list->is(Json::Kind::array)) {
        for (const Json& each : list->items) values_[list].insert(canonical_text(each));
    }
    if (part.members.size() > kManyMembers) {
        for (const auto& [name, each] : part.members) members_[&part][name] = &each;
    }
    for (const Json& each : part.items) collect(each);
    for (const auto& [name, each] : part.members) collect(each);
}

bool Schema::lists(const Json& enumeration, const std::string& canonical) const {
    const auto found = values_.find(&enumeration);
    return found != values_.end() && found->second.contains(canonical);
}

const Json* Schema::member(const Json& object, const std::string& name) const {
    const auto index = members_.find(&object);
    if (index == members_.end()) return object.find(name);
    const auto found = index->second.find(name);
    return found == index->second.end() ? nullptr : found->second;
}

SchemaReview Schema::review(const ByName& others) const {
    if (!is_json_) {
        return {.problem = "it is no JSON, or nests deeper than " + std::to_string(kMaxSchemaDepth), .remarks = {}};
    }
    return Search(others).run({this, &root_});
}

SchemaPlace follow_references(SchemaPlace place, const Schema::ByName& others) {
    return follow(place, others).place;
}

void visit_subschemas(const Json& schema, const std::function<void(const Json&, SubschemaOf)>& take) {
    for (const auto& [name, value] : schema.members) {
        const Keyword* keyword = find_keyword(name);
        if (keyword == nullptr) continue;
        const auto offer = [&](const Json& each) {
            if (each.is(Json::Kind::object))
                take(each, keyword->of_same_value ? SubschemaOf::same_value : SubschemaOf::part);
        };
        switch (keyword->argument) {
            case Argument::schema:
            case Argument::schema_list:
            case Argument::schema_or_boolean:
            case Argument::schema_or_list:
                offer(value);
                std::ranges::for_each(value.items, offer);
                break;
            case Argument::dependencies:
            case Argument::schema_map:
                for (const auto& [key, each] : value.members) offer(each);
                break;
            default:
                break;
        }
    }
}

}  // namespace understudy::access
