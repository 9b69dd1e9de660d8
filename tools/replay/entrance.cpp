#include "tools/replay/entrance.hpp"

#include "tools/replay/subject.hpp"

#include <algorithm>
#include <array>

namespace understudy::replay {
namespace {

constexpr std::string_view kByPath = "/_apis/";

/// `abc` of `abc.execute-api.localhost:3000`, and what follows it.
Entrance parse_host(std::string_view host) {
    constexpr std::array<std::string_view, 3> kServices{"execute-api", "lambda-url", "elb"};
    const auto dot = host.find('.');
    if (dot == std::string_view::npos) return {};
    const auto rest = host.substr(dot + 1);
    for (const auto service : kServices) {
        if (rest.starts_with(service) && rest.substr(service.size()).starts_with('.'))
            return {.kind = Entrance::Kind::host, .api = host.substr(0, dot), .service = service, .target = {}};
    }
    return {};
}

/// Whether a target begins with `/stage`, and goes on with another segment, its query or not at all.
bool begins_with_stage(std::string_view target, std::string_view stage) {
    if (stage.empty() || target.size() <= stage.size() || target.substr(1, stage.size()) != stage) return false;
    const auto rest = target.substr(stage.size() + 1);
    return rest.empty() || rest.front() == '/' || rest.front() == '?';
}

/// How many characters the stage takes, its slash included.
std::size_t count_stage(std::string_view target, const record::Exchange& exchange, const record::Session* session) {
    if (!exchange.stage.empty()) return begins_with_stage(target, exchange.stage) ? exchange.stage.size() + 1 : 0;
    const auto* api = find_described_api(exchange, session);
    if (api == nullptr) return 0;
    const auto found =
        std::ranges::find_if(api->stages, [&](const auto& stage) { return begins_with_stage(target, stage); });
    return found == api->stages.end() ? 0 : found->size() + 1;
}

}  // namespace

Entrance find_entrance(const record::Exchange& exchange) {
    auto entrance = parse_host(exchange.request->headers.first("host").value_or(""));
    entrance.target = parse_request_line(exchange.request->start_line).target;
    if (entrance.kind == Entrance::Kind::host || !entrance.target.starts_with(kByPath)) return entrance;
    const auto named = entrance.target.substr(kByPath.size());
    entrance.kind = Entrance::Kind::path;
    entrance.api = named.substr(0, named.find_first_of("/?"));
    entrance.target = named.substr(entrance.api.size());
    return entrance;
}

const record::Api* find_described_api(const record::Exchange& exchange, const record::Session* session) {
    if (session == nullptr) return nullptr;
    const auto found = std::ranges::find(session->apis, exchange.api, &record::Api::id);
    return found == session->apis.end() ? nullptr : &*found;
}

std::string to_root_target(const record::Exchange& exchange, const record::Session* session) {
    const auto entrance = find_entrance(exchange);
    auto target = entrance.target;
    if (entrance.kind != Entrance::Kind::root) target.remove_prefix(count_stage(target, exchange, session));
    return target.starts_with('/') ? std::string(target) : '/' + std::string(target);
}

}  // namespace understudy::replay
