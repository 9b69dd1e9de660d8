#pragma once

#include "emulator/app/application.hpp"

#include <string>
#include <vector>

namespace understudy::gateway {

/// What events say of an API whatever the request: names and ids, made once.
struct ApiIdentity {
    std::string account;
    std::string domain;  ///< The host name that the API would have on AWS.
    std::string deployment_id;
    std::string target_group_arn;
    std::vector<std::string> resource_ids;  ///< REST: one for each route; of the root 10 characters, else 6.
    std::vector<std::string> route_keys;    ///< One for each route, as the event shows it.
};

ApiIdentity identify(const app::Application& application, const app::Api& api);

}  // namespace understudy::gateway
