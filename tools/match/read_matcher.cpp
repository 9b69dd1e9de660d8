#include "emulator/source/suggestion.hpp"
#include "tools/convert/matcher_syntax.hpp"
#include "tools/convert/number_text.hpp"
#include "tools/convert/scalar.hpp"
#include "tools/convert/wording.hpp"
#include "tools/match/message_names.hpp"
#include "tools/match/read_pattern.hpp"
#include "tools/match/text_kind.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace understudy::match {

namespace {

using source::Node;

constexpr std::array<std::string_view, 15> kMatchers{"$absent",  "$any",   "$approx", "$between",   "$contains",
                                                     "$equals",  "$exact", "$ignore", "$len",       "$partial",
                                                     "$present", "$regex", "$type",   "$unordered", "$update"};

constexpr std::array<std::string_view, 7> kJsonTypes{"string", "number", "integer", "boolean",
                                                     "null",   "array",  "object"};

std::string list_names(std::span<const std::string_view> names) {
    std::string text;
    for (const auto name : names) text += (text.empty() ? "" : ", ") + std::string(name);
    return text;
}

bool is_one_of(Kind kind, std::initializer_list<Kind> kinds) {
    return kind == Kind::null || std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

}  // namespace

Pattern PatternReader::read_matcher(Node node, const Place& place, Mode mode) {
    Pattern pattern{.rule = Anything(), .node = node, .ignore = {}};
    if (node.is_scalar()) {  // is_matcher knows which
        if (node.text() == "$absent") pattern.rule = Absent();
        if (node.text() == "$present") pattern.rule = Present();
        if (node.text() == "$update") pattern.rule = Unwritten();
        return pattern;
    }
    All all;
    for (const auto& member : node.members()) {
        if (member.key.text() == convert::kIgnoreKey) {
            add_ignored(member.value, place, pattern);
        } else if (auto rule = read_rule(member, place, mode)) {
            // What `$partial` and the like hold is a pattern of its own, with what it ignores.
            if (auto* whole = std::get_if<All>(&*rule); whole && whole->parts.size() == 1)
                all.parts.push_back(std::move(whole->parts.front()));
            else
                all.parts.push_back({.rule = *std::move(rule), .node = member.value, .ignore = {}});
        }
    }
    if (all.parts.size() == 1 && pattern.ignore.empty()) return std::move(all.parts.front());
    if (!all.parts.empty()) pattern.rule = std::move(all);
    return pattern;
}

std::optional<Rule> PatternReader::read_rule(const source::Member& member, const Place& place, Mode mode) {
    const auto name = member.key.text();
    const auto value = member.value;
    const auto whole = [&](Mode inner) -> std::optional<Rule> { return All{{read(value, place, inner)}}; };
    if (name == "$absent") return read_word(member, Absent());
    if (name == "$present") return read_word(member, Present());
    if (name == "$any") return read_word(member, Anything());
    if (name == "$update") return read_word(member, Unwritten());
    if (name == "$exact") return whole(Mode::exact);
    if (name == "$partial") return whole(Mode::partial);
    if (name == "$equals") return whole(mode);
    if (name == "$regex") return read_regex(value, place);
    if (name == "$approx") return read_approx(value, place);
    if (name == "$between") return read_between(value, place);
    if (name == "$len") return read_length(value, place);
    if (name == "$contains") return read_contains(value, place, mode);
    if (name == "$unordered") return read_elements(value, place, mode, Elements::Others::refused);
    if (name == "$type") return read_type(value, place);
    if (!convert::is_matcher_key(name)) {
        refuse(member.key, convert::quote(member.key) + " cannot stand beside a matcher",
               "matchers stand alone, or among each other");
        return std::nullopt;
    }
    problems_.push_back(
        member.key.problem(source::ProblemCode::invalid, "unknown matcher " + convert::quote(member.key))
            .with_hint(source::render_suggestion(name, kMatchers))
            .with_note("matchers are " + list_names(kMatchers)));
    return std::nullopt;
}

Rule PatternReader::read_word(const source::Member& member, Rule rule) {
    const auto yes = convert::to_bool(member.value);
    if (!yes || !*yes)
        refuse(member.value, "'" + std::string(member.key.text()) + "' takes true and nothing else",
               "write " + std::string(member.key.text()) + ": true");
    return rule;
}

std::optional<Rule> PatternReader::read_regex(Node node, const Place& place) {
    if (!is_one_of(place.kind(), {Kind::text})) {
        refuse(node, "'$regex' goes with texts", place.describe());
        return std::nullopt;
    }
    if (!node.is_scalar()) {
        refuse(node, convert::quote(node) + " is no regular expression", {});
        return std::nullopt;
    }
    return read_expression(node, node.text());
}

std::optional<Regex> PatternReader::read_expression(Node node, std::string_view text) {
    RE2::Options options;
    options.set_log_errors(false);
    auto expression = std::make_shared<const RE2>(re2::StringPiece(text.data(), text.size()), options);
    if (!expression->ok()) {
        refuse(node, "no regular expression: " + expression->error(), "the syntax is RE2's; quote it in single quotes");
        return std::nullopt;
    }
    return Regex{std::string(text), std::move(expression)};
}

std::optional<Value> PatternReader::read_number(Node node, const Place& place) {
    const auto before = problems_.size();
    const Pattern pattern = read(node, place, Mode::exact);
    if (problems_.size() != before) return std::nullopt;
    const auto* equals = std::get_if<Equals>(&pattern.rule);
    if (equals && (equals->value.kind == Kind::number || equals->value.kind == Kind::instant)) return equals->value;
    const bool json_text = equals && place.is_json() && equals->value.kind == Kind::text;
    if (const auto time = json_text ? parse_instant(equals->value.text) : std::nullopt) return time;
    refuse(node, convert::quote(node) + " is no number and no time", place.describe());
    return std::nullopt;
}

std::optional<long double> PatternReader::read_tolerance(Node node, Kind kind) {
    std::string text(node.text());
    const bool duration = kind == Kind::instant && text.ends_with('s');
    if (duration) text.pop_back();
    const Value value = make_number(convert::to_json_number(text));
    const auto number = to_number(value);
    if (node.is_scalar() && number >= 0 && (kind != Kind::instant || duration)) return number;
    refuse(node, convert::quote(node) + " is no tolerance",
           kind == Kind::instant ? "the tolerance of a time is a duration, as 0.5s"
                                 : "a tolerance is a number, 0 or more");
    return std::nullopt;
}

std::optional<Rule> PatternReader::read_approx(Node node, const Place& place) {
    const auto middle = node.find("value");
    const auto tolerance = node.find("tol");
    const bool shape = node.is_mapping() && middle && tolerance && node.members().size() == 2;
    if (!shape || !is_one_of(place.kind(), {Kind::number, Kind::instant})) {
        refuse(node, shape ? "'$approx' goes with numbers and times" : "'$approx' takes value and tol",
               shape ? place.describe() : "for example: $approx: { value: 2.5, tol: 0.1 }");
        return std::nullopt;
    }
    const auto value = read_number(*middle, place);
    if (!value) return std::nullopt;
    const auto distance = read_tolerance(*tolerance, value->kind);
    if (!distance) return std::nullopt;
    const auto number = to_number(*value);
    return Range{to_text(*value) + " ± " + std::string(tolerance->text()), number - *distance, number + *distance,
                 value->kind};
}

std::optional<Rule> PatternReader::read_between(Node node, const Place& place) {
    const bool shape = node.is_sequence() && node.items().size() == 2;
    if (!shape || !is_one_of(place.kind(), {Kind::number, Kind::instant})) {
        refuse(node, shape ? "'$between' goes with numbers and times" : "'$between' takes the least and the most",
               shape ? place.describe() : "for example: $between: [1, 10]");
        return std::nullopt;
    }
    const auto least = read_number(node.items()[0], place);
    const auto most = read_number(node.items()[1], place);
    if (!least || !most) return std::nullopt;
    if (least->kind != most->kind) refuse(node, "one of them is a number and the other one a time", {});
    if (to_number(*least) > to_number(*most)) refuse(node, "the least is more than the most", {});
    return Range{to_text(*least) + " to " + to_text(*most), to_number(*least), to_number(*most), least->kind};
}

std::optional<Rule> PatternReader::read_length(Node node, const Place& place) {
    if (!is_one_of(place.kind(), {Kind::text, Kind::bytes, Kind::list, Kind::object})) {
        refuse(node, "'$len' goes with texts, bytes, lists and maps", place.describe());
        return std::nullopt;
    }
    const bool pair = node.is_sequence() && node.items().size() == 2;
    const auto least = convert::to_uint64(pair ? node.items()[0] : node);
    const auto most = pair ? convert::to_uint64(node.items()[1]) : least;
    if (!least || !most || *least > *most) {
        refuse(node, convert::quote(node) + " is no length", "a length is 3, or [1, 3] for the least and the most");
        return std::nullopt;
    }
    return Length{*least, *most};
}

std::optional<Rule> PatternReader::read_contains(Node node, const Place& place, Mode mode) {
    const auto kind = place.kind();
    if (place.is_json()) return read_parts(node, place, mode);
    if (kind == Kind::object) return All{{read_entries(node, place, mode)}};
    if (kind == Kind::list) return read_elements(node, place, mode, Elements::Others::allowed);
    if (kind == Kind::text || kind == Kind::bytes) return read_text_parts(node, kind);
    refuse(node, "'$contains' goes with texts, bytes, lists and maps", place.describe());
    return std::nullopt;
}

/// Others may stand beside them; each of them is compared as elements of lists are.
Pattern PatternReader::read_entries(Node node, const Place& place, Mode mode) {
    if (convert::is_matcher(node)) return read(node, place, Mode::partial);
    Pattern pattern = read(node, place, mode);
    if (auto* fields = std::get_if<Fields>(&pattern.rule)) fields->mode = Mode::partial;
    return pattern;
}

HasText PatternReader::read_text_parts(Node node, Kind kind) {
    HasText rule;
    const auto add = [&](Node part) {
        const auto text = kind == Kind::bytes ? convert::to_bytes(part) : convert::to_text(part);
        if (!text) return problems_.push_back(text.error());
        rule.parts.push_back(kind == Kind::bytes ? make_bytes(*text) : make_text(*text));
    };
    if (!node.is_sequence()) add(node);
    for (const auto& part : node.items()) add(part);
    return rule;
}

Parts PatternReader::read_parts(Node node, const Place& place, Mode mode) {
    const auto is_text = [](Node part) {
        return part.is_scalar() && !convert::is_matcher(part) &&
               convert::plain_type(part) == convert::PlainType::string;
    };
    const auto items = node.items();
    const bool texts = node.is_sequence() ? std::all_of(items.begin(), items.end(), is_text) : is_text(node);
    const auto before = problems_.size();
    Parts rule;
    if (auto elements = read_elements(node, place, mode, Elements::Others::allowed))
        rule.elements = std::get<Elements>(*std::move(elements));
    if (problems_.size() != before) return rule;
    if (texts) rule.text = read_text_parts(node, Kind::text);
    if (node.is_mapping()) rule.object.push_back(read_entries(node, place, mode));
    return rule;
}

std::optional<Rule> PatternReader::read_elements(Node node, const Place& place, Mode mode, Elements::Others others) {
    const bool refused = others == Elements::Others::refused;
    if (!is_one_of(place.kind(), {Kind::list}) || (refused && !node.is_sequence())) {
        const bool list = is_one_of(place.kind(), {Kind::list});
        refuse(node, list ? "'$unordered' takes a list" : "'$unordered' goes with lists", place.describe());
        return std::nullopt;
    }
    const Place element = place.element();
    Elements rule;
    rule.others = others;
    if (!node.is_sequence()) rule.items.push_back(read(node, element, mode));
    for (const auto& item : node.items()) rule.items.push_back(read(item, element, mode));
    return rule;
}

std::optional<Rule> PatternReader::read_type(Node node, const Place& place) {
    const auto name = node.text();
    const auto kinds = text_kinds();
    const bool json_type = std::find(kJsonTypes.begin(), kJsonTypes.end(), name) != kJsonTypes.end() || name == "list";
    const bool known = json_type || std::find(kinds.begin(), kinds.end(), name) != kinds.end();
    if (node.is_scalar() && known) return OfType{std::string(name)};
    if (node.is_scalar() && name.find('.') != std::string_view::npos) return read_message_type(node, place);
    std::vector<std::string_view> names(kJsonTypes.begin(), kJsonTypes.end());
    names.insert(names.end(), kinds.begin(), kinds.end());
    problems_.push_back(node.problem(source::ProblemCode::invalid, convert::quote(node) + " is no type")
                            .with_hint(source::render_suggestion(name, names))
                            .with_note("types are " + list_names(names) +
                                       ", and of a google.protobuf.Any the full name of the message in it"));
    return std::nullopt;
}

std::optional<Rule> PatternReader::read_message_type(Node node, const Place& place) {
    const std::string name(node.text());
    if (!place.is_any()) {
        refuse(node, "'$type' names the message of a google.protobuf.Any, and there is none", place.describe());
        return std::nullopt;
    }
    const auto& owner = *place.prototype().GetDescriptor();
    if (owner.file()->pool()->FindMessageTypeByName(name)) return OfType{name};
    const auto names = message_names(*owner.file());
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    problems_.push_back(node.problem(source::ProblemCode::not_found, "unknown message '" + name + "'")
                            .with_hint(source::render_suggestion(name, candidates))
                            .with_note("the schema describes no message of that full name"));
    return std::nullopt;
}

}  // namespace understudy::match
