#pragma once

#include "emulator/app/api.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace understudy::gateway {

/// The way by which a request came to an API, and with it what its path begins with. A value that holds no view, so
/// that it may outlive the request.
struct Entrance {
    enum class Kind : std::uint8_t {
        implied,    ///< The path says no stage: the only API, at `/`.
        by_path,    ///< The path's first segment is the stage, as on the API's own host.
        by_domain,  ///< A custom domain, whose mapping says the stage or leaves it to the path.
    };
    Kind kind = Kind::implied;
    std::size_t prefix = 0;     ///< Bytes of the path that are ours and no part of what the API sees.
    std::size_t base_path = 0;  ///< by_domain: bytes of the mapping's path, with its slash.
    /// by_domain: which of the API's stages; none: the one that the path names behind the base path, of a REST API.
    std::optional<std::size_t> stage = 0;

    friend bool operator==(const Entrance&, const Entrance&) = default;
};

/// A path behind its stage. Views live as long as the path.
struct StagedPath {
    std::size_t stage = 0;       ///< Which of the API's stages.
    std::string_view path;       ///< What the routes see; begins with `/`.
    std::string_view base_path;  ///< by_domain: the mapping's, without slashes at its ends.
    std::string stage_path;      ///< With the stage or the base path, as the event shows it.
};

/// Which stage a path means, and what is left of it.
///
/// Rule: REST and WebSocket APIs have the stage in front, leading slashes counting as one [localstack:
/// test_apigateway_lambda.snapshot.json test_lambda_aws_proxy_integration]; an HTTP API's first segment is a stage
/// where it is the name of one, else the stage is `$default` [API Gateway developer guide, http-api-develop-routes].
/// URL and ALB have no stages. Where the stage is implied it is the first, of an HTTP API the one that AWS would take
/// if it would take any, of a WebSocket API the one that the path names nevertheless. Tested by:
/// Stage.RestPathsAsRecorded, Stage.HttpPaths, Stage.ImpliedStages, Stage.CustomDomains,
/// Stage.AMappingWithoutAStageLeavesItToThePath. Errors: nullopt where AWS knows no such stage.
std::optional<StagedPath> resolve_stage(const app::Api& api, const Entrance& entrance, std::string_view path);

/// The stage's variables; none where the API has no stage.
std::span<const std::pair<std::string, std::string>> stage_variables(const app::Api& api, std::size_t stage);

/// The stage's name; `$default` where the API has none.
std::string_view stage_name(const app::Api& api, std::size_t stage);

}  // namespace understudy::gateway
