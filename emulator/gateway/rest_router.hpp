#pragma once

#include "emulator/app/api.hpp"
#include "emulator/gateway/route_tree.hpp"

#include <optional>
#include <string_view>

namespace understudy::gateway {

/// The routes of a REST API: pairs of a resource and a method.
///
/// Rule: a literal segment before `{param}` before `{proxy+}`; a resource without the method is passed over for a less
/// specific one that has it; leading slashes count as one, a slash at the end as none [localstack:
/// test_apigateway_common.py TestApigatewayRouting, test_apigateway_lambda.snapshot.json
/// test_lambda_aws_proxy_integration; ministack: commit 7057b2d4]. A parameter takes no empty segment [API Gateway
/// developer guide, api-gateway-set-up-simple-proxy]. Slashes in the middle count each: unverified.
/// Tested by: RestRouter.SiblingsAsRecorded, RestRouter.PathsAsRecorded, RestRouter.AgreesWithTheOracle
class RestRouter {
  public:
    explicit RestRouter(const app::Api& api);

    /// `path` as it stands behind the stage, percent-encoding as sent. Errors: nullopt where nothing takes it.
    std::optional<RouteMatch> find(std::string_view method, std::string_view path) const;

  private:
    RouteTree tree_{RouteTree::Rules::rest};
};

/// A path whose leading slashes count as one, as the event shows it: `//a` is `/a`, an empty one `/`.
/// Preconditions: it is empty or begins with `/`.
std::string_view with_one_slash(std::string_view path);

}  // namespace understudy::gateway
