#pragma once

#include "emulator/app/api.hpp"
#include "emulator/app/profile.hpp"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::event {

/// What a parameter of the route took: `{id}` or `{proxy+}`, its name without braces and `+`.
struct PathParameter {
    std::string name;
    std::string value;  ///< Percent-encoding as sent: HTTP API events decode it, REST events do not.
};

/// Where a request arrived: what routing and authorization decided and the event repeats. All that a front does not
/// have stays empty, and is then null or left out, as that front does it. Views live as long as the request and the
/// API.
struct Place {
    using Variables = std::span<const std::pair<std::string, std::string>>;

    std::string_view account;
    std::string_view api_id;         ///< URL: its id.
    std::string_view stage;          ///< URL: `$default`.
    std::string_view deployment_id;  ///< REST only.
    std::string_view domain;         ///< What `Host` would be where the client sent none.
    std::string_view public_host;    ///< What `Host` is shown as, whatever the client sent; empty: what it sent.
    std::string_view domain_prefix;  ///< Empty: the first label of the domain name.
    std::string_view base_path;      ///< REST on a custom domain: the mapping's, without slashes at its ends.
    std::string_view method;         ///< As routed; REST clients may override it by a header.
    /// REST: the resource, `/{proxy+}`. HTTP API: the route key, `GET /users/{id}` or `$default`. WebSocket:
    /// `$connect`.
    std::string_view route;
    std::string_view resource_id;       ///< REST only.
    std::string_view operation_name;    ///< REST only.
    std::string_view target_group_arn;  ///< ALB only.
    std::string path;                   ///< Without the stage, behind the base path, percent-encoding as sent.
    std::string stage_path;             ///< With the stage or the base path in front, percent-encoding as sent.
    std::string_view query;             ///< As sent, without `?`.
    std::vector<PathParameter> path_parameters;
    Variables stage_variables;
    /// The value of `requestContext.authorizer` as JSON text: REST `{"principalId":…,"integrationLatency":…}`; HTTP API
    /// `{"jwt":…}`, `{"lambda":…}` or `{"iam":…}`, in payload format 1.0 too; URL `{"iam":…}`.
    std::string authorizer;
    std::string_view api_key;                                  ///< REST: of a method that asks for one.
    std::string_view api_key_id;                               ///< REST
    std::string_view access_key;                               ///< Whose signature let the request pass.
    app::EndpointType endpoint = app::EndpointType::regional;  ///< REST: edge adds CloudFront's headers.
    app::Profile profile = app::Profile::aws;
    std::span<const std::string> binary_types;  ///< Profile `sam`: those of all APIs.
};

}  // namespace understudy::event
