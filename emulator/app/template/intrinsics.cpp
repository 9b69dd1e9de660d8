#include "emulator/app/template/evaluator.hpp"
#include "emulator/app/template/names.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace understudy::app::templates {

Value Evaluator::ref(const Call& call) {
    Value name = evaluate_argument(call);
    if (name.is_unknown()) return name;
    if (!name.is_text()) return fail(call, "takes a name");
    auto value = refer(name.text, call.where);
    if (!value || !afford(value->text.size(), call.where)) return unknown_value();
    return std::move(*value);
}

Value Evaluator::get_att(const Call& call) {
    const Value argument = evaluate_argument(call);
    std::string id;
    std::string attribute;
    if (argument.is_text()) {
        const std::size_t dot = argument.text.find('.');
        if (dot == std::string::npos) return fail(call, "takes RESOURCE.ATTRIBUTE");
        id = argument.text.substr(0, dot);
        attribute = argument.text.substr(dot + 1);
    } else if (std::ranges::any_of(argument.items, &Value::is_unknown)) {
        return unknown_value();
    } else if (argument.is_list() && argument.items.size() == 2) {
        id = argument.items[0].text;
        attribute = argument.items[1].text;
    } else {
        return argument.is_unknown() ? argument : fail(call, "takes RESOURCE.ATTRIBUTE");
    }
    auto value = refer_attribute(id, attribute, call.where);
    return value ? std::move(*value) : unknown_value();
}

Value Evaluator::sub(const Call& call) {
    static const Value kNone;
    const Value argument = evaluate_argument(call);
    if (argument.is_unknown()) return argument;
    const bool pair = argument.is_list() && argument.items.size() == 2;
    const Value& text = pair ? argument.items[0] : argument;
    const Value& variables = pair ? argument.items[1] : kNone;
    if (text.is_unknown() || variables.is_unknown()) return unknown_value();
    if (!text.is_text() || (pair && !variables.is_map()))
        return fail(call, "takes a text, or a list of a text and a map of variables");
    return substitute(call, text.text, variables);
}

Value Evaluator::substitution(const Call& call, const std::string& name, const Value& variables) {
    const std::size_t dot = name.find('.');
    std::optional<Value> value;
    if (const Value* variable = variables.find(name); variable != nullptr) {
        value = *variable;
    } else if (dot == std::string::npos) {
        value = refer(name, call.where);
    } else {
        value = refer_attribute(name.substr(0, dot), name.substr(dot + 1), call.where);
    }
    if (!value || value->is_unknown() || !afford(value->text.size(), call.where)) return unknown_value();
    return value->is_text() ? std::move(*value) : fail(call, "can only put texts in the place of ${" + name + "}");
}

Value Evaluator::substitute(const Call& call, const std::string& text, const Value& variables) {
    std::string out;
    bool made_up = false;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t open = text.find("${", at);
        const std::size_t close = open == std::string::npos ? open : text.find('}', open);
        if (open != std::string::npos && close == std::string::npos) {
            findings_.note(call.where, "'" + text.substr(open) + "' has no closing brace: Fn::Sub leaves it as it is");
        }
        if (close == std::string::npos) break;
        out.append(text, at, open - at);
        at = close + 1;
        const std::string name = text.substr(open + 2, close - open - 2);
        if (name.starts_with('!')) {
            out.append("${").append(name, 1).append("}");
            continue;
        }
        Value value = substitution(call, name, variables);
        if (value.is_unknown() || (open == 0 && at == text.size())) return value;
        made_up = made_up || value.made_up;
        out += value.text;
    }
    if (at < text.size()) out.append(text, at);
    Value whole = computed(call, std::move(out));
    whole.made_up = made_up;
    return whole;
}

Value Evaluator::join(const Call& call) {
    const auto list = arguments(call, 2, 2);
    if (!list) return unknown_value();
    const Value& parts = list->items[1];
    if (!list->items[0].is_text() || !parts.is_list()) return fail(call, "takes a separator and a list");
    if (std::ranges::any_of(parts.items, &Value::is_unknown)) return unknown_value();
    std::string text;
    for (std::size_t i = 0; i < parts.items.size(); ++i) {
        if (!parts.items[i].is_text()) return fail(call, "joins texts only");
        if (!afford(parts.items[i].text.size() + list->items[0].text.size(), call.where)) return unknown_value();
        if (i != 0) text += list->items[0].text;
        text += parts.items[i].text;
    }
    Value joined = computed(call, std::move(text));
    joined.made_up = std::ranges::any_of(parts.items, &Value::made_up);
    return joined;
}

Value Evaluator::split(const Call& call) {
    const auto list = arguments(call, 2, 2);
    if (!list) return unknown_value();
    const std::string& separator = list->items[0].text;
    const std::string& text = list->items[1].text;
    if (separator.empty() || !list->items[1].is_text()) return fail(call, "takes a separator and a text");
    const bool made_up = list->items[1].made_up;
    Value parts{.kind = ValueKind::list, .made_up = made_up};
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        parts.items.push_back(computed(call, text.substr(begin, end - begin)));
        parts.items.back().node = call.where;
        parts.items.back().made_up = made_up;
        if (!parts.items.back().is_text()) return unknown_value();
        begin = end + separator.size();
    }
    return parts;
}

Value Evaluator::select(const Call& call) {
    const auto list = arguments(call, 2, 2);
    if (!list) return unknown_value();
    const std::string& index = list->items[0].text;
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(index.data(), index.data() + index.size(), number);
    const Value& from = list->items[1];
    if (error != std::errc() || end != index.data() + index.size() || (!from.is_list() && !from.made_up)) {
        return fail(call, "takes an index and a list");
    }
    if (number < from.items.size()) return from.items[number];
    return from.made_up ? invent_item(call, from, index)
                        : fail(call, "asks for item " + index + " of " + std::to_string(from.items.size()));
}

/// What a list that only AWS knows has there: a text of some name.
Value Evaluator::invent_item(const Call& call, const Value& list, const std::string& index) {
    const std::string& name = list.items.empty() ? list.text : list.items.back().text;
    Value item = computed(call, name + '.' + index);
    item.made_up = true;
    if (item.is_text()) {
        findings_.note(call.where, "only AWS knows what Fn::Select takes here: it is '" + item.text + "'");
    }
    return item;
}

Value Evaluator::choose(const Call& call) {
    const auto items = call.argument.items();
    if (items.size() != 3) return fail(call, "takes a condition and two values");
    const auto held = holds(items[0].text(), items[0]);
    return held ? evaluate(items[*held ? 1 : 2]) : unknown_value();
}

Value Evaluator::find_in_map(const Call& call) {
    // A mapping that is named outright is missing whatever the keys behind it are.
    const auto written = call.argument.items();
    const bool is_named = written.size() == 3 && written[0].is_scalar() && written[0].tag().empty();
    if (is_named && !(mappings_ && mappings_->find(written[0].text())))
        fail(call, "finds no '" + std::string(written[0].text()) + "' in Mappings");
    const auto list = arguments(call, 3, 4);
    if (!list) return unknown_value();
    std::optional<source::Node> at = mappings_;
    for (std::size_t i = 0; i < 3; ++i) {
        const std::string& key = list->items[i].text;
        at = at ? at->find(key) : at;
        if (at) continue;
        if (list->items.size() == 4 && list->items[3].get("DefaultValue").present()) {
            return list->items[3].get("DefaultValue");
        }
        return fail(call,
                    "finds no '" + key + "'" + (i == 0 ? " in Mappings" : " in '" + list->items[i - 1].text + "'"));
    }
    return evaluate(*at);
}

Value Evaluator::base64(const Call& call) {
    Value text = evaluate_argument(call);
    if (text.is_unknown()) return text;
    if (!text.is_text()) return fail(call, "takes a text");
    return computed(call, to_base64(text.text));
}

/// Which zones a region has is no matter of the template: the first three by name.
Value Evaluator::get_azs(const Call& call) {
    const Value region = evaluate_argument(call);
    const std::string name = region.text.empty() ? inputs_.region : region.text;
    Value zones{.kind = ValueKind::list};
    for (const char* zone : {"a", "b", "c"}) zones.items.push_back(computed(call, name + zone));
    return zones;
}

Value Evaluator::import_value(const Call& call) {
    Value name = evaluate_argument(call);
    if (name.is_unknown()) return name;
    if (!name.is_text()) return fail(call, "takes the name of an export");
    findings_.note(call.where, "there are no other stacks here: the import '" + name.text + "' is its own name");
    Value value = computed(call, name.text);
    value.made_up = true;
    return value;
}

Value Evaluator::transform(const Call& call) {
    Value otherwise;
    const auto root = include(call, otherwise);
    return root ? evaluate(*root) : otherwise;
}

std::optional<source::Node> Evaluator::include(const Call& call, Value& otherwise) {
    otherwise = evaluate_argument(call);
    if (otherwise.is_unknown()) return std::nullopt;
    const Value macro = std::exchange(otherwise, {});
    const Value& location = macro.get("Parameters").get("Location");
    if (macro.get("Name").text != "AWS::Include") {
        findings_.note(call.where, "the transform '" + macro.get("Name").text + "' is not emulated");
        return std::nullopt;
    }
    otherwise = unknown_value();
    if (location.is_unknown()) return std::nullopt;
    if (!location.is_text()) {
        fail(call, "AWS::Include takes a Location");
        return std::nullopt;
    }
    if (location.text.starts_with("s3://")) otherwise = {};
    const auto root = read_file(location.text, call.where);
    return root ? std::optional(unroll_included(*root, call.argument)) : std::nullopt;
}

std::optional<source::Node> Evaluator::include(const source::Member& member) {
    Value otherwise;
    return include({.name = "Fn::Transform", .argument = member.value, .form = Form::full, .where = member.key},
                   otherwise);
}

/// Of AWS::LanguageExtensions, as the next one.
Value Evaluator::length(const Call& call) {
    Value list = evaluate_argument(call);
    if (list.is_unknown()) return list;
    if (!list.is_list()) return fail(call, "takes a list");
    Value count = computed(call, std::to_string(list.items.size()));
    count.plain = true;
    return count;
}

Value Evaluator::to_json_string(const Call& call) {
    Value value = evaluate_argument(call);
    if (value.is_unknown()) return value;
    if (!value.is_map() && !value.is_list()) return fail(call, "takes a map or a list");
    drop_none(value);
    return computed(call, render_json(value));
}

Value Evaluator::unsupported(const Call& call) {
    findings_.fail(call.where.problem(source::ProblemCode::unsupported, std::string(call.name) + " is not emulated"));
    return unknown_value();
}

}  // namespace understudy::app::templates
