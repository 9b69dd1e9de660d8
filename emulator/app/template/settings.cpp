#include "emulator/app/template/serverless.hpp"

namespace understudy::app::templates {

std::optional<Throttle> read_throttle(const Value& settings, Findings& findings) {
    const auto rate = read_number(settings.get("ThrottlingRateLimit"), findings);
    const auto burst = read_int(settings.get("ThrottlingBurstLimit"), findings);
    if (!rate && !burst) return std::nullopt;
    Throttle throttle;
    if (rate) throttle.rate = *rate;
    if (burst) throttle.burst = *burst;
    return throttle;
}

void read_route_settings(const Value& settings, Stage& stage, Findings& findings) {
    for (const Entry& entry : settings.members) {
        if (const auto throttle = read_throttle(entry.value, findings)) stage.route_throttles[entry.key] = *throttle;
    }
}

/// `ResourcePath` is `/*` for all, and has `~1` for the slashes of a resource (`/~1users`).
void read_method_settings(const Value& settings, Stage& stage, Findings& findings) {
    for (const Value& item : settings.items) {
        const auto throttle = read_throttle(item, findings);
        if (!throttle) continue;
        std::string path = read_text(item.get("ResourcePath"), findings);
        std::string method = read_text(item.get("HttpMethod"), findings);
        if (path == "/*" && (method == "*" || method.empty())) {
            stage.throttle = throttle;
            continue;
        }
        if (path.starts_with("/~1")) path.erase(0, 1);
        for (std::size_t at = path.find("~1"); at != std::string::npos; at = path.find("~1")) path.replace(at, 2, "/");
        stage.route_throttles[(method == "*" ? "ANY" : method) + ' ' + path] = *throttle;
    }
}

EndpointType read_endpoint(const Value& configuration, Findings& findings) {
    const Value& type = configuration.is_text() ? configuration : configuration.get("Type");
    const Value& listed = configuration.get("Types");
    const Value& chosen = type.present() || listed.items.empty() ? type : listed.items.front();
    if (!chosen.present() || chosen.text == "EDGE") return EndpointType::edge;
    if (chosen.text == "PRIVATE" && chosen.node) {
        findings.note(*chosen.node, "a private endpoint is not emulated: it is served as a regional one");
    } else if (chosen.text != "REGIONAL") {
        findings.fail(chosen, "an endpoint's type is EDGE, REGIONAL or PRIVATE");
    }
    return EndpointType::regional;
}

}  // namespace understudy::app::templates
