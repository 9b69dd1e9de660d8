#include "emulator/gateway/authorizers.hpp"

namespace understudy::gateway {

std::vector<app::Authorizer> complete(std::vector<app::Authorizer> authorizers) {
    for (app::Authorizer& authorizer : authorizers) {
        if (!authorizer.identity_sources.empty()) continue;
        if (authorizer.kind == app::AuthorizerKind::token) {
            authorizer.identity_sources = {"method.request.header.Authorization"};
        } else if (authorizer.kind == app::AuthorizerKind::jwt) {
            authorizer.identity_sources = {"$request.header.Authorization"};
        }
    }
    return authorizers;
}

std::vector<access::Pattern> to_patterns(const std::vector<app::Authorizer>& authorizers) {
    std::vector<access::Pattern> patterns;
    for (const app::Authorizer& authorizer : authorizers) {
        patterns.emplace_back(authorizer.identity_validation.empty() ? "(?s).*" : authorizer.identity_validation);
    }
    return patterns;
}

}  // namespace understudy::gateway
