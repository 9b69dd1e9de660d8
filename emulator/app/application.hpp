#pragma once

#include "emulator/app/api.hpp"
#include "emulator/app/function.hpp"
#include "emulator/app/profile.hpp"

#include <string>
#include <vector>

namespace understudy::app {

/// Everything that is served together.
struct Application {
    std::string region = "us-east-1";
    std::string account = "123456789012";
    std::vector<Function> functions;
    std::vector<Api> apis;
    std::vector<ApiKey> api_keys;
    std::vector<UsagePlan> usage_plans;
    Profile profile = Profile::aws;
};

/// `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, with `:QUALIFIER` where one is given.
std::string function_arn(const Application& application, const std::string& function,
                         const std::string& qualifier = "");

}  // namespace understudy::app
