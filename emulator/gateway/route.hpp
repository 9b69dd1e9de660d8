#pragma once

#include "emulator/app/application.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::gateway {

/// A request target taken apart. Views live as long as the target.
struct Target {
    std::string_view path;   ///< Begins with `/`.
    std::string_view query;  ///< Without `?`.

    friend bool operator==(const Target&, const Target&) = default;
};

/// Takes `/path?query` or `http://host/path?query` apart. Errors: nullopt for anything else.
std::optional<Target> parse_target(std::string_view target);

/// Where a path leads.
struct Route {
    std::string_view key;              ///< REST: the resource. HTTP API: the route key. Of static lifetime.
    std::string path;                  ///< As the event shows it, percent-encoding as sent.
    std::optional<std::string> proxy;  ///< What `{proxy+}` took.

    friend bool operator==(const Route&, const Route&) = default;
};

/// The route of an API all of whose routes lead to one function. REST: ANY on `/` and `/{proxy+}`; leading slashes
/// count as one, a trailing slash is not part of `proxy`. HTTP API: `$default`.
///
/// Rule: [localstack: test_apigateway_lambda.snapshot.json test_lambda_aws_proxy_integration].
/// Tested by: Route.RestPathsAsRecorded. Errors: nullopt where no route takes the method.
std::optional<Route> find_route(app::ApiKind front, std::string_view method, std::string_view path);

}  // namespace understudy::gateway
