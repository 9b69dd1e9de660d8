#pragma once

#include "emulator/app/application.hpp"

#include <string>
#include <vector>

namespace understudy::cli {

/// What a route asks of its caller, in sentences; one even where it asks nothing.
std::vector<std::string> explain_access(const app::Application& application, const app::Api& api,
                                        const app::Route& route);

/// What a Lambda authorizer answers that lets everything pass.
std::string consenting_reply(const app::Authorizer& authorizer);

}  // namespace understudy::cli
