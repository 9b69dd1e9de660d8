#include "emulator/gateway/api_identity.hpp"

#include "emulator/app/route_key.hpp"
#include "emulator/event/text.hpp"
#include "emulator/gateway/derived_id.hpp"

namespace understudy::gateway {
namespace {

std::string domain_of(const app::Application& application, const app::Api& api) {
    if (api.kind == app::ApiKind::url) return api.id + ".lambda-url." + application.region + ".on.aws";
    if (api.kind != app::ApiKind::alb) return api.id + ".execute-api." + application.region + ".amazonaws.com";
    return event::to_lower(api.name) + '-' + derive_id(api.id, "balancer", 10) + '.' + application.region +
           ".elb.amazonaws.com";
}

std::string target_group_of(const app::Application& application, const app::Api& api) {
    if (!api.target_group_arn.empty()) return api.target_group_arn;
    return "arn:aws:elasticloadbalancing:" + application.region + ':' + application.account + ":targetgroup/" +
           api.name + '/' + derive_id(api.id, "target group", 16);
}

}  // namespace

ApiIdentity identify(const app::Application& application, const app::Api& api) {
    ApiIdentity identity{.account = application.account,
                         .domain = domain_of(application, api),
                         .deployment_id = derive_id(api.id, "deployment", 6),
                         .target_group_arn = target_group_of(application, api),
                         .resource_ids = {},
                         .route_keys = {}};
    for (const app::Route& route : api.routes) {
        identity.resource_ids.push_back(derive_id(api.id, route.path, route.path == "/" ? 10 : 6));
        identity.route_keys.push_back(api.kind == app::ApiKind::rest ? route.path : app::route_key(route));
    }
    return identity;
}

}  // namespace understudy::gateway
