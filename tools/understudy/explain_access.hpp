#pragma once

#include "emulator/app/application.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::cli {

/// A route as reports call it, with its line in the template.
std::string shown_route(const app::Api& api, const app::Route& route);
/// `NAME` or `NAME:QUALIFIER`.
std::string shown_function(std::string function, const std::string& qualifier);

/// What a route asks of its caller at a stage of the API, in sentences; one even where it asks nothing.
std::vector<std::string> explain_access(const app::Application& application, const app::Api& api,
                                        const app::Route& route, std::string_view stage);

/// What a Lambda authorizer answers that lets everything pass.
std::string consenting_reply(const app::Authorizer& authorizer);
/// With a key that opens the stage, where the API takes its keys from authorizers and there is one.
/// Tested by: Explain.AnAuthorizerThatNamesTheKeysNamesOneThatOpensTheStage
std::string consenting_reply(const app::Application& application, const app::Api& api, std::string_view stage,
                             const app::Authorizer& authorizer);

}  // namespace understudy::cli
