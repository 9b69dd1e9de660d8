#include "tools/understudy/banner.hpp"

#include "emulator/event/media_type.hpp"
#include "emulator/gateway/target_choice.hpp"
#include "tools/understudy/columns.hpp"
#include "tools/understudy/route_key.hpp"

#include <algorithm>
#include <type_traits>
#include <variant>

namespace understudy::cli {
namespace {

/// More routes than these are counted, not listed.
constexpr std::size_t kMostRoutes = 200;
constexpr std::size_t kLabelWidth = 12;
constexpr std::size_t kMethodWidth = 8;

std::string describe(const app::LambdaIntegration& lambda, app::ApiKind kind) {
    std::string text = lambda.function;
    if (!lambda.qualifier.empty()) text += ':' + lambda.qualifier;
    if (lambda.transfer == app::TransferMode::stream) text += "  (streams)";
    if (kind == app::ApiKind::rest && lambda.invoke_method != "POST") {
        text += ": answers 500, Lambda is called by POST and not by " + lambda.invoke_method;
    }
    return text;
}

std::string describe(const app::Integration& integration, const app::Api& api);

/// The target groups of a load balancer's action: `stable (9 of 10) or canary (1 of 10)`.
std::string describe(const app::WeightedForward& forward, const app::Api& api) {
    const int total = gateway::total_weight(forward);
    std::string text;
    for (const auto& [target, weight] : forward.targets) {
        const auto show = [&api](const auto& one) { return describe(app::Integration(one), api); };
        text += (text.empty() ? "" : " or ") + std::visit(show, target) + " (" + std::to_string(weight) + " of " +
                std::to_string(total) + ')';
    }
    return text;
}

std::string describe(const app::Integration& integration, const app::Api& api) {
    return std::visit(
        [&api](const auto& target) -> std::string {
            using Target = std::decay_t<decltype(target)>;
            if constexpr (std::is_same_v<Target, app::LambdaIntegration>) {
                return describe(target, api.kind);
            } else if constexpr (std::is_same_v<Target, app::MockIntegration>) {
                const bool fails =
                    !target.converts_to_text && event::BinaryMediaTypes(api.binary_media_types).everything();
                return fails ? "answers 500 itself: binaryMediaTypes holds */*, and no contentHandling converts to text"
                             : "answers " + std::to_string(target.status) + " itself";
            } else if constexpr (std::is_same_v<Target, app::FixedResponse>) {
                return "fixed response " + std::to_string(target.status);
            } else if constexpr (std::is_same_v<Target, app::Redirect>) {
                return "redirect " + std::to_string(target.status);
            } else if constexpr (std::is_same_v<Target, app::WeightedForward>) {
                return describe(target, api);
            } else {
                return target.type + ": not emulated, answers " + (api.kind == app::ApiKind::alb ? "503" : "500");
            }
        },
        integration);
}

std::string describe_access(const app::Access& access) {
    std::string text;
    if (access.authorization == app::Authorization::iam) text = "  [IAM]";
    if (access.authorization == app::Authorization::authorizer) text = "  [" + access.authorizer + ']';
    if (access.api_key_required) text += "  [API key]";
    return text;
}

void append_routes(std::string& text, const app::Api& api) {
    std::size_t width = 0;
    for (const app::Route& route : api.routes)
        width = std::max(width, render_route_key(api, route, kMethodWidth).size());
    for (std::size_t i = 0; i < std::min(api.routes.size(), kMostRoutes); ++i) {
        const app::Route& route = api.routes[i];
        text += "  " + padded(render_route_key(api, route, kMethodWidth), width + 2) +
                describe(route.integration, api) + (route.replies ? "  (replies)" : "") +
                describe_access(route.access) + '\n';
    }
    if (api.routes.size() > kMostRoutes)
        text += "  and " + std::to_string(api.routes.size() - kMostRoutes) + " further routes\n";
}

/// The custom domains under which an API answers too, by the Host header.
void append_domains(std::string& text, const app::Api& api) {
    for (const app::BasePath& path : api.base_paths) {
        const bool in_path = path.stage.empty() && api.kind == app::ApiKind::rest;
        text += "  " + padded("domain", kMethodWidth) + path.domain + '/' + path.base_path +
                (in_path ? "  its stage in the path behind it" : "  stage " + path.stage) + '\n';
    }
}

/// A lone function's API takes everything: its routes say nothing.
bool has_routes_to_show(const app::Application& application) {
    return std::ranges::any_of(application.functions,
                               [](const app::Function& function) { return !function.logical_id.empty(); }) ||
           std::ranges::any_of(application.apis,
                               [](const app::Api& api) { return api.described != app::Described::by_command; }) ||
           application.apis.size() > 1;
}

}  // namespace

std::string_view kind_title(app::ApiKind kind) {
    switch (kind) {
        case app::ApiKind::http:
            break;
        case app::ApiKind::rest:
            return "REST API";
        case app::ApiKind::url:
            return "URL";
        case app::ApiKind::alb:
            return "ALB";
        case app::ApiKind::websocket:
            return "WebSocket";
    }
    return "HTTP API";
}

std::string render_made_up_key(const app::ApiKey& key) {
    return padded("API key", kLabelWidth) + key.value + "   " + key.name + '\n';
}

std::string render_banner(const Endpoints& endpoints, const app::Application& application, const std::string& grpc) {
    std::string text;
    for (const Endpoints::Api& api : endpoints.apis) {
        text += padded(std::string(kind_title(api.kind)), kLabelWidth) + api.url;
        const auto declared = std::ranges::find(application.apis, api.id, &app::Api::id);
        if (declared == application.apis.end() || !has_routes_to_show(application)) {
            text += '\n';
            continue;
        }
        text += "   " + declared->name + '\n';
        for (const Endpoints::Stage& stage : api.stages) {
            if (stage.url != api.url) text += "  " + padded("stage", kMethodWidth) + stage.url + '\n';
        }
        append_domains(text, *declared);
        append_routes(text, *declared);
    }
    for (const app::ApiKey& key : application.api_keys) {
        if (key.generated) text += render_made_up_key(key);
    }
    text += padded("Lambda API", kLabelWidth) + endpoints.lambda + "   (aws lambda invoke --endpoint-url " +
            endpoints.lambda + " …)\n";
    if (!grpc.empty()) text += padded("gRPC", kLabelWidth) + grpc + '\n';
    for (const app::Function& function : application.functions) {
        text += padded("function", kLabelWidth) + function.name + ":";
        for (const std::string& word : function.command) text += ' ' + word;
        if (function.command.empty()) text += " no code";
        text += '\n';
    }
    return text + "Ctrl-C stops.\n";
}

}  // namespace understudy::cli
