#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::event {

/// Where a request arrived: what routing decided and the event repeats. Views live as long as the request and the API.
struct Place {
    std::string_view account;
    std::string_view api_id;
    std::string_view stage;
    std::string_view deployment_id;    ///< REST only.
    std::string_view domain;           ///< What `Host` would be where the client sent none.
    std::string_view method;           ///< As routed; REST clients may override it by a header.
    std::string_view route;            ///< REST: the resource, `/{proxy+}`. HTTP API: the route key, `$default`.
    std::string_view resource_id;      ///< REST only.
    std::string path;                  ///< Without the stage, percent-encoding as sent.
    std::string stage_path;            ///< With the stage, percent-encoding as sent.
    std::string_view query;            ///< As sent, without `?`.
    std::optional<std::string> proxy;  ///< What `{proxy+}` took; none where the route has no parameter.
};

}  // namespace understudy::event
