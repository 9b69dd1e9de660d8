#include "emulator/gateway/api_selector.hpp"

#include "emulator/event/text.hpp"
#include "emulator/gateway/gateway_error.hpp"

#include <algorithm>

namespace understudy::gateway {
namespace {

constexpr std::string_view kByPath = "/_apis/";
/// As cargo-lambda has it.
constexpr std::string_view kUrlByPath = "/lambda-url/";

/// `.localhost`, or a region in front of it.
bool is_local(std::string_view behind_service) {
    constexpr std::string_view kLocal = ".localhost";
    if (!behind_service.ends_with(kLocal)) return false;
    behind_service.remove_suffix(kLocal.size());
    return behind_service.empty() || (behind_service.front() == '.' && behind_service.rfind('.') == 0);
}

/// The first label of a host of such a service, here (`<label>.<service>.localhost`, with a region too) or on AWS
/// (`<label>.<service>.<region>.<suffix>`). Errors: nullopt for another host.
std::optional<std::string_view> label_of(std::string_view host, std::string_view service, std::string_view suffix) {
    const auto dot = host.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    std::string_view rest = host.substr(dot + 1);
    if (!rest.starts_with(service)) return std::nullopt;
    rest.remove_prefix(service.size());
    if (!is_local(rest) && (suffix.empty() || !rest.ends_with(suffix))) return std::nullopt;
    return host.substr(0, dot);
}

std::variant<Selection, Unselected> to_selection(const std::map<std::string, std::size_t, std::less<>>& names,
                                                 std::string_view name, const Entrance& entrance, Unselected why) {
    const auto found = names.find(name);
    if (found == names.end()) return why;
    return Selection{found->second, entrance};
}

bool begins_with_segments(std::string_view path, std::string_view base_path) {
    return path.starts_with(base_path) && (path.size() == base_path.size() || path[base_path.size()] == '/');
}

/// Nullopt where the mapping leaves the stage to the path, which only those of REST APIs do.
std::optional<std::size_t> stage_index(const app::Api& api, std::string_view name) {
    if (name.empty() && api.kind == app::ApiKind::rest) return std::nullopt;
    const auto found = std::ranges::find(api.stages, name, &app::Stage::name);
    return found == api.stages.end() ? 0U : static_cast<std::size_t>(found - api.stages.begin());
}

http::Response to_response(const GatewayError& error) {
    return {error.status,
            {{"Content-Type", "application/json"}, {"Connection", "close"}, {"x-amzn-ErrorType", error.type}},
            std::string(error.body)};
}

}  // namespace

ApiSelector::ApiSelector(const app::Application& application, std::optional<std::size_t> at_root) : at_root_(at_root) {
    for (std::size_t i = 0; i < application.apis.size(); ++i) {
        const app::Api& api = application.apis[i];
        add_names(api, i);
        for (const app::BasePath& mapping : api.base_paths) {
            domains_[event::to_lower(mapping.domain)].push_back(
                {mapping.base_path.empty() ? "" : '/' + mapping.base_path, i, stage_index(api, mapping.stage)});
        }
    }
    for (std::size_t i = 0; i < application.apis.size(); ++i) add_function_name(application.apis[i], i);
    for (auto& [domain, mappings] : domains_) {
        std::ranges::stable_sort(mappings, std::greater<>(),
                                 [](const Mapping& mapping) { return mapping.base_path.size(); });
    }
}

void ApiSelector::add_names(const app::Api& api, std::size_t index) {
    Names& names = api.kind == app::ApiKind::url ? urls_ : api.kind == app::ApiKind::alb ? load_balancers_ : apis_;
    for (const std::string& name : {api.id, api.name}) {
        if (name.empty()) continue;
        names.emplace(event::to_lower(name), index);
        all_.emplace(name, index);
        if (api.kind == app::ApiKind::url) url_paths_.emplace(name, index);
    }
    names_.push_back(api.name.empty() ? api.id : api.name);
}

/// No host holds the `:` of `FUNCTION:ALIAS`, so the function's name will do where nothing else has it.
void ApiSelector::add_function_name(const app::Api& api, std::size_t index) {
    const std::size_t colon = api.name.find(':');
    if (api.kind != app::ApiKind::url || colon == std::string::npos) return;
    const std::string function = api.name.substr(0, colon);
    urls_.emplace(event::to_lower(function), index);
    all_.emplace(function, index);
    url_paths_.emplace(function, index);
}

std::variant<Selection, Unselected> ApiSelector::select_mapping(const std::vector<Mapping>& mappings,
                                                                std::string_view path) const {
    const auto found = std::ranges::find_if(
        mappings, [&](const Mapping& mapping) { return begins_with_segments(path, mapping.base_path); });
    if (found == mappings.end()) return Unselected::unknown_base_path;
    return Selection{found->api, {Entrance::Kind::by_domain, 0, found->base_path.size(), found->stage}};
}

std::variant<Selection, Unselected> ApiSelector::select(std::string_view named, std::string_view path) const {
    const std::string host = event::to_lower(named);
    const Entrance by_path{.kind = Entrance::Kind::by_path};
    if (const auto domain = domains_.find(host); domain != domains_.end()) return select_mapping(domain->second, path);
    if (const auto label = label_of(host, "execute-api", ".amazonaws.com")) {
        return to_selection(apis_, *label, by_path, Unselected::unknown_host);
    }
    if (const auto label = label_of(host, "lambda-url", ".on.aws")) {
        return to_selection(urls_, *label, by_path, Unselected::unknown_url);
    }
    if (const auto label = label_of(host, "elb", "")) {
        return to_selection(load_balancers_, *label, by_path, Unselected::unknown_host);
    }
    const auto select_behind = [path](const Names& names, std::string_view prefix, Unselected why) {
        const std::string_view rest = path.substr(prefix.size());
        const std::string_view name = rest.substr(0, rest.find('/'));
        return to_selection(names, name, {.kind = Entrance::Kind::by_path, .prefix = prefix.size() + name.size()}, why);
    };
    if (path.starts_with(kByPath)) return select_behind(all_, kByPath, Unselected::unknown_name);
    if (!at_root_ && path.starts_with(kUrlByPath)) {
        const auto url = select_behind(url_paths_, kUrlByPath, Unselected::ambiguous);
        if (std::holds_alternative<Selection>(url)) return url;
    }
    if (!at_root_) return Unselected::ambiguous;
    return Selection{*at_root_, {}};
}

bool ApiSelector::declares(std::string_view named) const {
    const std::string host = event::to_lower(named);
    if (domains_.contains(host)) return true;
    if (const auto label = label_of(host, "execute-api", ".amazonaws.com")) return apis_.contains(*label);
    const auto label = label_of(host, "lambda-url", ".on.aws");
    return label && urls_.contains(*label);
}

http::Response ApiSelector::refuse(Unselected why) const {
    switch (why) {
        case Unselected::unknown_url:
            return to_response(gateway_error(app::ApiKind::url, ErrorKind::no_route));
        case Unselected::unknown_base_path:
            // Unverified: what a custom domain answers where no mapping fits.
            return to_response(gateway_error(app::ApiKind::rest, ErrorKind::no_stage));
        case Unselected::unknown_host:
        case Unselected::unknown_name:
        case Unselected::ambiguous:
            break;
    }
    std::string text =
        "This request names no API. Say which by the host, NAME.execute-api.localhost, or by the path, "
        "/_apis/NAME/. There are:";
    for (const std::string& name : names_) text.append(" ").append(name);
    return {404, {{"Content-Type", "text/plain"}, {"Connection", "close"}}, text + '\n'};
}

std::optional<std::size_t> sole_api(const app::Application& application) {
    if (application.apis.size() != 1) return std::nullopt;
    return 0;
}

}  // namespace understudy::gateway
