#include "emulator/app/template/reading.hpp"

#include "emulator/app/route_key.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

namespace understudy::app::templates {
namespace {

template <class Number>
std::optional<Number> parse(const Value& value, std::string_view what, Findings& findings) {
    if (!value.present() || value.made_up) return std::nullopt;
    Number number{};
    const char* end = value.text.data() + value.text.size();
    const auto [stopped, error] = std::from_chars(value.text.data(), end, number);
    if (value.is_text() && error == std::errc() && stopped == end) return number;
    findings.fail(value, "expected " + std::string(what));
    return std::nullopt;
}

/// As CloudFormation turns YAML into texts: a plain `True` becomes `true`.
std::string spell(const Value& value) {
    if (!value.plain) return value.text;
    if (value.text == "True" || value.text == "TRUE") return "true";
    return value.text == "False" || value.text == "FALSE" ? "false" : value.text;
}

/// Whether AWS takes a path: a parameter is a whole segment, and one that takes the rest is the last.
bool is_route_path(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(path.front() == '/' ? 1 : 0);
        const std::string_view segment = path.substr(0, path.find('/'));
        path.remove_prefix(segment.size());
        if (segment.find_first_of("{}") == std::string_view::npos) continue;
        if (segment.size() < 3 || segment.front() != '{' || segment.back() != '}') return false;
        const std::string_view name = segment.substr(1, segment.size() - 2);
        const bool greedy = name.ends_with('+');
        if (name == "+" || name.find_first_of("{}") != std::string_view::npos || (greedy && !path.empty()))
            return false;
    }
    return true;
}

/// The name of the parameter that a path names twice; empty where there is none.
std::string_view find_repeated_parameter(std::string_view path) {
    for (std::size_t open = path.find('{'); open != std::string_view::npos; open = path.find('{', open + 1)) {
        const std::string_view parameter = path.substr(open, path.find('}', open) + 1 - open);
        if (path.find(parameter, open + 1) != std::string_view::npos) return parameter.substr(1, parameter.size() - 2);
    }
    return {};
}

/// The parameter of one path, at the place where the other has one of another name; empty where there is none.
std::string_view find_other_sibling(std::string_view path, std::string_view other) {
    std::size_t begin = 0;
    while (begin < path.size() && begin < other.size()) {
        const auto segment = [begin](std::string_view of) { return of.substr(begin, of.find('/', begin + 1) - begin); };
        const std::string_view mine = segment(path);
        const std::string_view theirs = segment(other);
        if (mine != theirs) return mine.starts_with("/{") && theirs.starts_with("/{") ? theirs.substr(1) : "";
        begin += mine.size();
    }
    return {};
}

/// Why AWS takes no route of that path in an API; empty where it does.
std::string refuse_path(const std::string& path, const Api& api) {
    if (api.kind != ApiKind::rest && api.kind != ApiKind::http) return {};
    const std::string refused = "AWS takes no path '" + path + "'";
    if (!is_route_path(path)) return refused + ": a parameter is a whole segment, {name}, or at the end {name+}";
    if (const auto twice = find_repeated_parameter(path); !twice.empty()) {
        return refused + ": it has two parameters '" + std::string(twice) + "'";
    }
    if (api.kind == ApiKind::http) return {};
    for (const Route& route : api.routes) {
        const auto sibling = find_other_sibling(path, route.path);
        if (sibling.empty()) continue;
        return refused + ": a sibling of that resource is '" + std::string(sibling) + "' in '" + route.path +
               "', and only one may be a parameter";
    }
    return {};
}

}  // namespace

const Resource* Reading::find(std::string_view id) const {
    const auto found = std::ranges::find(resources, id, &Resource::id);
    return found == resources.end() ? nullptr : &*found;
}

ApiDraft* Reading::find_api(const Value& reference) {
    for (ApiDraft& draft : drafts) {
        if (draft.id == reference.resource || (reference.is_text() && reference.text == draft.api.id)) return &draft;
    }
    const auto named = std::ranges::find(drafts, reference.text, &ApiDraft::id);
    return named == drafts.end() || reference.text.empty() ? nullptr : &*named;
}

Function* Reading::find_function(std::string_view name) {
    const auto found = std::ranges::find(application.functions, name, &Function::name);
    return found == application.functions.end() ? nullptr : &*found;
}

bool has_events(const Resource& resource) {
    return resource.type == "AWS::Serverless::Function" || resource.type == "AWS::Serverless::StateMachine";
}

std::string describe(const Resource& resource) {
    return resource.type.substr(resource.type.rfind(':') + 1) + " '" + resource.id + "'";
}

bool ends_in_slash(std::string_view path) {
    return path.size() > 1 && path.ends_with('/');
}

void add_route(ApiDraft& draft, Route route, RouteMarks marks, const Value& origin, Findings& findings) {
    if (draft.api.kind == ApiKind::rest && ends_in_slash(route.path)) route.path.pop_back();
    if (const std::string refused = refuse_path(route.path, draft.api); origin.node && !refused.empty()) {
        return findings.fail(*origin.node, refused);
    }
    if (draft.api.kind == ApiKind::http && ends_in_slash(route.path)) {
        if (!origin.node) return;
        return findings.note(*origin.node,
                             "AWS makes no route of '" + route.path + "' in '" + draft.id +
                                 "', and says nothing: an HTTP API has none that ends in '/', but for the root's");
    }
    const auto same = [&route](const Route& other) { return other.method == route.method && other.path == route.path; };
    if (std::ranges::any_of(draft.api.routes, same)) {
        if (origin.node) {
            findings.fail(*origin.node, "the route '" + route_key(route) + "' is defined twice in '" + draft.id + "'");
        }
        return;
    }
    if (route.line == 0) route.line = origin.line();
    draft.api.routes.push_back(std::move(route));
    draft.marks.push_back(marks);
}

void add_base_path(ApiDraft& draft, BasePath mapping, Known domain, const Value& origin, Reading& reading) {
    const bool is_new = domain == Known::no || mapping.domain.empty() ||
                        reading.base_paths.emplace(mapping.domain, mapping.base_path).second;
    if (!is_new) {
        const std::string path =
            mapping.base_path.empty() ? "no base path" : "the base path '" + mapping.base_path + "'";
        return reading.findings.fail(
            origin, "the domain '" + mapping.domain + "' has a mapping of " + path + " already", draft.node);
    }
    draft.api.base_paths.push_back(std::move(mapping));
}

LambdaTarget read_target(const Value& value, Reading& reading) {
    LambdaTarget target = parse_lambda_target(read_text(value, reading.findings));
    if (!value.is_text() || !value.node) return target;
    const bool variable = target.function.find("${") != std::string::npos;
    if (target.function.empty()) {
        reading.findings.fail(*value.node, "'" + value.text + "' names no function");
    } else if (!variable && reading.find_function(target.function) == nullptr) {
        reading.findings.note(*value.node, "the function '" + target.function + "' is not in the template");
    }
    return target;
}

void set_function(Authorizer& authorizer, const Value& value, Reading& reading) {
    LambdaTarget target = read_target(value, reading);
    authorizer.function = std::move(target.function);
    authorizer.qualifier = std::move(target.qualifier);
}

std::optional<std::int64_t> read_integer(const Value& value, Findings& findings) {
    return parse<std::int64_t>(value, "a whole number", findings);
}

std::optional<int> read_int(const Value& value, Findings& findings) {
    return parse<int>(value, "a whole number", findings);
}

std::optional<double> read_number(const Value& value, Findings& findings) {
    return parse<double>(value, "a number", findings);
}

std::optional<std::chrono::seconds> read_seconds(const Value& value, Findings& findings) {
    const auto count = read_int(value, findings);
    return count ? std::optional(std::chrono::seconds(*count)) : std::nullopt;
}

std::optional<std::chrono::milliseconds> read_milliseconds(const Value& value, Findings& findings) {
    const auto count = read_int(value, findings);
    return count ? std::optional(std::chrono::milliseconds(*count)) : std::nullopt;
}

std::string read_text(const Value& value, Findings& findings) {
    if (value.is_text()) return value.text;
    if (value.present()) findings.fail(value, "expected a text");
    return {};
}

std::vector<std::string> read_texts(const Value& value, Findings& findings) {
    std::vector<std::string> texts;
    for (const Value* item : value.each()) texts.push_back(read_text(*item, findings));
    return texts;
}

std::vector<std::pair<std::string, std::string>> read_pairs(const Value& value, Findings& findings) {
    std::vector<std::pair<std::string, std::string>> pairs;
    if (value.present() && !value.is_map() && !value.made_up) findings.fail(value, "expected a map of texts");
    for (const Entry& entry : value.members) {
        read_text(entry.value, findings);
        pairs.emplace_back(entry.key, spell(entry.value));
    }
    return pairs;
}

}  // namespace understudy::app::templates
