#include "emulator/environment_plan.hpp"

#include "emulator/lambda/extension_call.hpp"

#include <cstdlib>
#include <memory>

namespace understudy {
namespace {

std::string read_variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : value;
}

lambda::EnvironmentTerms to_terms(const Settings& settings, const app::Function& function, const std::string& version) {
    using Log = lambda::EnvironmentTerms::PlatformLog;
    return {.timeout = function.timeout,
            .memory_megabytes = function.memory_megabytes,
            .clock_scale = settings.clock_scale,
            .log = settings.platform_log == PlatformLog::omitted ? Log::omitted : Log::written,
            .registration = std::make_shared<const std::string>(
                lambda::render_registration(function.name, version, function.handler))};
}

StartRuntime find_runtime(const Settings& settings, const std::string& function) {
    const auto found = settings.hosted.find(function);
    return found == settings.hosted.end() ? StartRuntime() : found->second;
}

}  // namespace

lambda::Credentials choose_credentials(Credentials choice) {
    if (choice == Credentials::dummy) return lambda::dummy_credentials();
    return {read_variable("AWS_ACCESS_KEY_ID"), read_variable("AWS_SECRET_ACCESS_KEY"),
            read_variable("AWS_SESSION_TOKEN")};
}

EnvironmentPlan make_plan(const Settings& settings, const app::Function& function, const std::string& version,
                          const Endpoints& endpoints) {
    return {.application = settings.application,
            .function = function,
            .version = version,
            .terms = to_terms(settings, function, version),
            .credentials = choose_credentials(settings.credentials),
            .lambda_endpoint = settings.strict_environment ? std::string() : endpoints.lambda,
            .gateway = settings.strict_environment ? nullptr : &endpoints.gateway,
            .search_path = read_variable("PATH"),
            .start_runtime = find_runtime(settings, function.name)};
}

}  // namespace understudy
