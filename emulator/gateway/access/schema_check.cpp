#include "emulator/gateway/access/schema_check.hpp"

#include "emulator/gateway/access/draft4.hpp"
#include "emulator/gateway/access/fault_words.hpp"
#include "emulator/gateway/access/schema_keywords.hpp"
#include "emulator/gateway/access/text_format.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <set>
#include <utility>

namespace understudy::access {
namespace {

using Kind = Json::Kind;

/// Words are looked for in so many parts of a body, by so many schemas; each is remembered.
constexpr std::size_t kMostChecks = 5'000'000;
/// Schemas in one another, references followed.
constexpr std::size_t kDeepestCheck = 1000;

struct Report {
    std::vector<SchemaComplaint> complaints;
    bool failed = false;
    bool is_kept = true;  ///< Else whether there is a complaint is all that is asked.
};

/// A part of a value, and where it is.
struct Part {
    const Json& value;
    std::string place;
};

std::string step_of(std::string_view name) {
    std::string step = "/";
    for (const char c : name) step += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return step;
}

class Check {
  public:
    explicit Check(const Schema::ByName& others) : others_(others) {}

    void run(const Part& part, SchemaPlace place, Report& report);
    /// Whether it stopped before the end: then what it found is not all.
    bool gave_up() const { return gave_up_; }

  private:
    using Key = std::pair<const Json*, const Json*>;

    static void add(Report& report, const Part& part, std::string_view keyword, std::string words) {
        report.complaints.push_back({part.place, keyword, std::move(words)});
        report.failed = true;
    }
    static void note_format(const Part& part, const Json& schema, Report& report);
    static void check_format(const Part& part, const Json& schema, Report& report);
    void check_keywords(const Part& part, SchemaPlace place, Report& report);
    bool check_combination(std::string_view name, const Part& part, SchemaPlace argument, Report& report);
    void check_dependencies(const Part& part, SchemaPlace argument, Report& report);
    void check_items(const Part& part, SchemaPlace place, Report& report);
    void check_members(const Part& part, SchemaPlace place, Report& report);
    void run_within(const Part& part, SchemaPlace place, Report& report);
    bool accepts(const Part& part, SchemaPlace place);
    void spend_steps(const Json& value);

    const Schema::ByName& others_;
    std::set<Key> kept_;            ///< A schema and a value whose complaints are in the report that is kept.
    std::map<Key, bool> accepted_;  ///< What a schema says of a value.
    std::size_t steps_ = 0;
    std::size_t depth_ = 0;
    bool gave_up_ = false;
};

/// Gives up where they are used up.
void Check::spend_steps(const Json& value) {
    steps_ += 1 + value.items.size() + value.members.size();
    gave_up_ |= steps_ > kMostChecks || depth_ > kDeepestCheck;
}

void Check::run(const Part& part, SchemaPlace place, Report& report) {
    place = follow_references(place, others_);
    if (place.node == nullptr || !place.node->is(Kind::object)) return;
    spend_steps(part.value);
    if (gave_up_) return;
    if (report.is_kept && !kept_.emplace(place.node, &part.value).second) return;
    ++depth_;
    note_format(part, *place.node, report);
    check_keywords(part, place, report);
    check_format(part, *place.node, report);
    if (!report.failed && part.value.is(Kind::array)) check_items(part, place, report);
    if (!report.failed && part.value.is(Kind::object)) check_members(part, place, report);
    --depth_;
}

/// By what a part of a value, or a schema beside, has to say.
void Check::run_within(const Part& part, SchemaPlace place, Report& report) {
    if (report.is_kept) {
        run(part, place, report);
    } else if (!report.failed) {
        report.failed = !accepts(part, place);
    }
}

void Check::note_format(const Part& part, const Json& schema, Report& report) {
    const Json* format = schema.find("format");
    if (format == nullptr || !format->is(Kind::string) || is_known_format(format->text)) return;
    report.complaints.push_back(
        {part.place, "format", fault_words(SchemaFault::unknown_format, {format->text}), false});
}

void Check::check_format(const Part& part, const Json& schema, Report& report) {
    const Json* format = schema.find("format");
    if (format == nullptr || !format->is(Kind::string) || !part.value.is(Kind::string)) return;
    if (auto words = find_format_fault(format->text, part.value.text)) add(report, part, "format", std::move(*words));
}

void Check::check_keywords(const Part& part, SchemaPlace place, Report& report) {
    for (const Keyword& keyword : keywords()) {
        const Json* argument = place.node->find(keyword.name);
        if (argument == nullptr || (report.failed && !report.is_kept)) continue;
        if (check_combination(keyword.name, part, {place.schema, argument}, report)) continue;
        if (auto words = check_keyword(keyword.name, {part.value, *argument, place}))
            add(report, part, keyword.name, std::move(*words));
    }
}

/// Whether the keyword is one of those that hold schemas.
bool Check::check_combination(std::string_view name, const Part& part, SchemaPlace argument, Report& report) {
    if (name == "dependencies") return check_dependencies(part, argument, report), true;
    if (name == "not") {
        if (accepts(part, argument)) add(report, part, name, fault_words(SchemaFault::not_it, {}));
        return true;
    }
    if (name != "allOf" && name != "anyOf" && name != "oneOf") return false;
    const auto size = argument.node->items.size();
    const auto matched = static_cast<std::size_t>(std::ranges::count_if(argument.node->items, [&](const Json& each) {
        return accepts(part, {argument.schema, &each});
    }));
    const std::string all = std::to_string(size);
    if (name == "allOf" && matched != size) {
        add(report, part, name, fault_words(SchemaFault::all_of, {std::to_string(matched), all}));
    }
    if (name == "anyOf" && matched == 0) add(report, part, name, fault_words(SchemaFault::any_of, {all}));
    if (name == "oneOf" && matched != 1) {
        add(report, part, name, fault_words(SchemaFault::one_of, {std::to_string(matched), all}));
    }
    return true;
}

void Check::check_dependencies(const Part& part, SchemaPlace argument, Report& report) {
    if (!part.value.is(Kind::object)) return;
    for (const auto& [name, wanted] : argument.node->members) {
        if (!wanted.is(Kind::array) || part.value.find(name) == nullptr) continue;
        std::set<std::string> required;
        for (const Json& each : wanted.items) required.insert(each.text);
        std::vector<std::string> missing;
        std::ranges::copy_if(required, std::back_inserter(missing),
                             [&part](const std::string& each) { return part.value.find(each) == nullptr; });
        if (missing.empty()) continue;
        add(report, part, "dependencies",
            fault_words(SchemaFault::dependencies,
                        {name, render_texts({required.begin(), required.end()}), render_texts(missing)}));
    }
    for (const auto& [name, wanted] : argument.node->members) {
        if (wanted.is(Kind::object) && part.value.find(name) != nullptr)
            run_within(part, {argument.schema, &wanted}, report);
    }
}

void Check::check_items(const Part& part, SchemaPlace place, Report& report) {
    const Json* items = place.node->find("items");
    const Json* others = place.node->find("additionalItems");
    const bool is_list = items != nullptr && items->is(Kind::array);
    for (std::size_t i = 0; i < part.value.items.size(); ++i) {
        const Json* schema = items;
        if (is_list) schema = i < items->items.size() ? &items->items[i] : others;
        if (schema == nullptr || !schema->is(Kind::object)) continue;
        run_within({part.value.items[i], part.place + '/' + std::to_string(i)}, {place.schema, schema}, report);
    }
}

void Check::check_members(const Part& part, SchemaPlace place, Report& report) {
    const Json* properties = place.node->find("properties");
    const Json* by_pattern = place.node->find("patternProperties");
    const Json* others = place.node->find("additionalProperties");
    std::map<std::string_view, const Json*> members;
    for (const auto& [name, value] : part.value.members) members[name] = &value;
    for (const auto& [name, value] : members) {
        std::vector<const Json*> schemas;
        if (const Json* own = properties == nullptr ? nullptr : properties->find(name)) schemas.push_back(own);
        bool is_known = !schemas.empty();
        for (std::size_t i = 0; by_pattern != nullptr && i < by_pattern->members.size(); ++i) {
            const auto& [expression, schema] = by_pattern->members[i];
            const EcmaPattern& pattern = place.schema->pattern(expression);
            if (!pattern.matches(name)) continue;
            is_known = true;
            if (pattern.checks()) schemas.push_back(&schema);
        }
        if (!is_known && others != nullptr && others->is(Kind::object)) schemas.push_back(others);
        for (const Json* schema : schemas) {
            run_within({*value, part.place + step_of(name)}, {place.schema, schema}, report);
        }
    }
}

bool Check::accepts(const Part& part, SchemaPlace place) {
    place = follow_references(place, others_);
    const Key key(place.node, &part.value);
    if (const auto known = accepted_.find(key); known != accepted_.end()) return known->second;
    Report report;
    report.is_kept = false;
    run(part, place, report);
    accepted_.emplace(key, !report.failed);
    return !report.failed;
}

}  // namespace

std::vector<SchemaComplaint> check_by_schema(const Json& value, const Schema& schema, const Schema::ByName& others) {
    Report report;
    Check check(others);
    check.run({value, ""}, {&schema, &schema.root()}, report);
    if (!report.failed || check.gave_up()) return {};
    return std::move(report.complaints);
}

}  // namespace understudy::access
