#include "emulator/gateway/access/schema_keywords.hpp"

#include "emulator/event/json_text.hpp"
#include "emulator/gateway/access/draft4.hpp"
#include "emulator/gateway/access/exact_number.hpp"
#include "emulator/gateway/access/fault_words.hpp"
#include "emulator/source/text.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace understudy::access {
namespace {

using Kind = Json::Kind;
using Words = std::optional<std::string>;

/// A text as it stands between quotes in JSON.
std::string escaped(std::string_view text) {
    std::string inside;
    event::append_json_text(inside, text);
    return inside;
}

/// As Jackson prints a value.
std::string print_value(const Json& value) {
    if (value.is(Kind::number)) return print_number(value.source);
    if (value.is(Kind::string)) return '"' + escaped(value.text) + '"';
    if (!value.is(Kind::array) && !value.is(Kind::object)) return std::string(value.source);
    std::string text;
    for (const Json& item : value.items) text += (text.empty() ? "" : ",") + print_value(item);
    for (const auto& [name, member] : value.members) {
        text += (text.empty() ? "\"" : ",\"") + escaped(name) + "\":" + print_value(member);
    }
    return value.is(Kind::array) ? '[' + text + ']' : '{' + text + '}';
}

std::set<std::string_view> names_of(const Json& object) {
    std::set<std::string_view> names;
    for (const auto& [name, value] : object.members) names.insert(name);
    return names;
}

Words check_additional_items(const KeywordCase& given) {
    const Json* items = given.place.node->find("items");
    if (given.argument.source != "false" || items == nullptr || !items->is(Kind::array)) return std::nullopt;
    if (given.value.items.size() <= items->items.size()) return std::nullopt;
    return fault_words(SchemaFault::additional_items,
                       {std::to_string(items->items.size()), std::to_string(given.value.items.size())});
}

bool matches_one(const Json& by_pattern, const Schema& schema, std::string_view name) {
    return std::ranges::any_of(by_pattern.members,
                               [&](const Json::Member& member) { return schema.pattern(member.first).matches(name); });
}

Words check_additional_properties(const KeywordCase& given) {
    if (given.argument.source != "false") return std::nullopt;
    const Json* properties = given.place.node->find("properties");
    const Json* by_pattern = given.place.node->find("patternProperties");
    std::vector<std::string> unwanted;
    for (const std::string_view name : names_of(given.value)) {
        if (properties != nullptr && properties->find(name) != nullptr) continue;
        if (by_pattern != nullptr && matches_one(*by_pattern, *given.place.schema, name)) continue;
        unwanted.emplace_back(name);
    }
    if (unwanted.empty()) return std::nullopt;
    return fault_words(SchemaFault::additional_properties, {render_texts(unwanted)});
}

Words check_enumeration(const KeywordCase& given) {
    if (!given.argument.is(Kind::array)) return std::nullopt;
    if (given.place.schema->lists(given.argument, canonical_text(given.value))) return std::nullopt;
    return fault_words(SchemaFault::enumeration, {print_value(given.value), print_value(given.argument)});
}

/// A keyword that limits a size.
template <SchemaFault fault, bool is_least, bool limit_first>
Words check_size(std::size_t size, const KeywordCase& given, const std::string& text = {}) {
    if (!given.argument.is(Kind::number)) return std::nullopt;
    const std::string found = std::to_string(size);
    const int order = compare_numbers(found, given.argument.source);
    if (is_least ? order >= 0 : order <= 0) return std::nullopt;
    const std::string limit = print_bound(given.argument.source);
    if constexpr (fault == SchemaFault::max_length || fault == SchemaFault::min_length) {
        return fault_words(fault, {text, found, limit});
    } else {
        return limit_first ? fault_words(fault, {limit, found}) : fault_words(fault, {found, limit});
    }
}

template <SchemaFault fault, SchemaFault exclusive, bool is_least>
Words check_bound(const KeywordCase& given, std::string_view exclusive_name) {
    if (!given.argument.is(Kind::number)) return std::nullopt;
    const int order = compare_numbers(given.value.source, given.argument.source);
    const std::string bound = print_bound(given.argument.source);
    if (is_least ? order < 0 : order > 0) return fault_words(fault, {bound, print_number(given.value.source)});
    const Json* flag = given.place.node->find(exclusive_name);
    if (order != 0 || flag == nullptr || flag->source != "true") return std::nullopt;
    return fault_words(exclusive, {bound});
}

Words check_multiple(const KeywordCase& given) {
    if (!given.argument.is(Kind::number) || is_multiple(given.value.source, given.argument.source)) return std::nullopt;
    return fault_words(SchemaFault::multiple_of,
                       {print_number(given.value.source), print_bound(given.argument.source)});
}

Words check_pattern(const KeywordCase& given) {
    if (!given.argument.is(Kind::string)) return std::nullopt;
    if (given.place.schema->pattern(given.argument.text).matches(given.value.text)) return std::nullopt;
    return fault_words(SchemaFault::pattern, {given.argument.text, given.value.text});
}

Words check_required(const KeywordCase& given) {
    const std::set<std::string_view> names = names_of(given.value);
    std::set<std::string> missing;
    for (const Json& each : given.argument.items) {
        if (each.is(Kind::string) && !names.contains(each.text)) missing.insert(each.text);
    }
    if (missing.empty()) return std::nullopt;
    return fault_words(SchemaFault::required, {render_texts({missing.begin(), missing.end()})});
}

/// `number` means whole ones, too.
Words check_type(const KeywordCase& given) {
    std::set<std::string> allowed;
    if (given.argument.is(Kind::string)) allowed.insert(given.argument.text);
    for (const Json& each : given.argument.items) allowed.insert(each.text);
    if (allowed.contains("number")) allowed.insert("integer");
    const std::string own(type_name(value_type(given.value)));
    if (allowed.empty() || allowed.contains(own)) return std::nullopt;
    return fault_words(SchemaFault::type, {own, render_texts({allowed.begin(), allowed.end()})});
}

Words check_unique_items(const KeywordCase& given) {
    if (given.argument.source != "true") return std::nullopt;
    std::set<std::string> seen;
    for (const Json& each : given.value.items) {
        if (!seen.insert(canonical_text(each)).second) return fault_words(SchemaFault::unique_items, {});
    }
    return std::nullopt;
}

Words check_of_array(std::string_view name, const KeywordCase& given) {
    const std::size_t size = given.value.items.size();
    if (name == "additionalItems") return check_additional_items(given);
    if (name == "maxItems") return check_size<SchemaFault::max_items, false, true>(size, given);
    if (name == "minItems") return check_size<SchemaFault::min_items, true, true>(size, given);
    if (name == "uniqueItems") return check_unique_items(given);
    return std::nullopt;
}

Words check_of_number(std::string_view name, const KeywordCase& given) {
    if (name == "maximum") {
        return check_bound<SchemaFault::maximum, SchemaFault::exclusive_maximum, false>(given, "exclusiveMaximum");
    }
    if (name == "minimum") {
        return check_bound<SchemaFault::minimum, SchemaFault::exclusive_minimum, true>(given, "exclusiveMinimum");
    }
    return name == "multipleOf" ? check_multiple(given) : std::nullopt;
}

Words check_of_object(std::string_view name, const KeywordCase& given) {
    const auto size = [&given] { return names_of(given.value).size(); };
    if (name == "additionalProperties") return check_additional_properties(given);
    if (name == "maxProperties") return check_size<SchemaFault::max_properties, false, false>(size(), given);
    if (name == "minProperties") return check_size<SchemaFault::min_properties, true, false>(size(), given);
    return name == "required" ? check_required(given) : std::nullopt;
}

Words check_of_string(std::string_view name, const KeywordCase& given) {
    const std::string& text = given.value.text;
    const auto size = [&text] { return source::count_characters(text); };
    if (name == "maxLength") return check_size<SchemaFault::max_length, false, false>(size(), given, text);
    if (name == "minLength") return check_size<SchemaFault::min_length, true, false>(size(), given, text);
    return name == "pattern" ? check_pattern(given) : std::nullopt;
}

}  // namespace

Words check_keyword(std::string_view name, const KeywordCase& given) {
    if (name == "enum") return check_enumeration(given);
    if (name == "type") return check_type(given);
    switch (given.value.kind) {
        case Kind::array:
            return check_of_array(name, given);
        case Kind::number:
            return check_of_number(name, given);
        case Kind::object:
            return check_of_object(name, given);
        case Kind::string:
            return check_of_string(name, given);
        case Kind::boolean:
        case Kind::null:
            break;
    }
    return std::nullopt;
}

std::string canonical_text(const Json& value) {
    if (value.is(Kind::number)) return canonical_number(value.source);
    if (value.is(Kind::string)) return '"' + escaped(value.text) + '"';
    std::string text(value.is(Kind::array) || value.is(Kind::object) ? "" : value.source);
    for (const Json& item : value.items) text += canonical_text(item) + ',';
    if (value.is(Kind::array)) return '[' + text + ']';
    std::map<std::string_view, const Json*> members;
    for (const auto& [name, member] : value.members) members[name] = &member;
    for (const auto& [name, member] : members) text += '"' + escaped(name) + "\":" + canonical_text(*member) + ',';
    return value.is(Kind::object) ? '{' + text + '}' : text;
}

std::string render_texts(const std::vector<std::string>& texts) {
    std::string list;
    for (const std::string& text : texts) list += (list.empty() ? "\"" : ",\"") + escaped(text) + '"';
    return '[' + list + ']';
}

}  // namespace understudy::access
