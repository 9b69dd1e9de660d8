#include "emulator/lambda/variables.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>
#include <utility>

namespace understudy::lambda {
namespace {

/// Whether a function's own variable may take the place of the platform's.
enum class Override : std::uint8_t { refused, allowed };

struct Variable {
    std::string name;
    std::string value;
    Override function_override = Override::refused;
};

/// Reserved names that provided runtimes do not have; a function cannot set them either (`app::find_name_fault`).
constexpr std::array<std::string_view, 2> kReservedAndAbsent{"AWS_EXECUTION_ENV", "AWS_ACCESS_KEY"};
/// The names with a leading underscore that a function may set; any other is dropped.
constexpr std::array<std::string_view, 3> kUnderscoreNames{"_AWS_XRAY_DAEMON_ADDRESS", "_AWS_XRAY_DAEMON_PORT",
                                                           "_LAMBDA_TELEMETRY_LOG_FD"};

std::string to_search_path(const std::string& opt, const std::string& own) {
    const std::string path = "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:" + opt + "/bin";
    return own.empty() ? path : path + ":" + own;
}

std::string to_library_path(const std::string& task_root, const std::string& opt) {
    return "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:" + task_root + ":" + task_root +
           "/lib:" + opt + "/lib";
}

std::vector<Variable> platform_variables(const app::Application& application, const app::Function& function,
                                         const Surroundings& surroundings) {
    std::vector<Variable> variables{
        {"AWS_ACCESS_KEY_ID", surroundings.credentials.access_key_id},
        {"AWS_SECRET_ACCESS_KEY", surroundings.credentials.secret_access_key},
        {"AWS_SESSION_TOKEN", surroundings.credentials.session_token},
        {"AWS_REGION", application.region},
        {"AWS_DEFAULT_REGION", application.region},
        {"AWS_LAMBDA_FUNCTION_NAME", function.name},
        {"AWS_LAMBDA_FUNCTION_VERSION", surroundings.version},
        {"AWS_LAMBDA_FUNCTION_MEMORY_SIZE", std::to_string(function.memory_megabytes)},
        {"AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand"},
        {"AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name},
        {"AWS_LAMBDA_LOG_STREAM_NAME", surroundings.log_stream_name},
        {"AWS_LAMBDA_RUNTIME_API", surroundings.runtime_api},
        {"AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR", Override::allowed},
        {"AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1:2000", Override::allowed},
        {"_AWS_XRAY_DAEMON_ADDRESS", "127.0.0.1", Override::allowed},
        {"_AWS_XRAY_DAEMON_PORT", "2000", Override::allowed},
        {"LAMBDA_TASK_ROOT", function.directory},
        {"LAMBDA_RUNTIME_DIR", "/var/runtime"},
        {"_HANDLER", function.handler},
        {"LANG", "en_US.UTF-8", Override::allowed},
        {"TZ", ":UTC", Override::allowed},
        {"PATH", to_search_path(surroundings.opt, surroundings.search_path), Override::allowed},
        {"LD_LIBRARY_PATH", to_library_path(function.directory, surroundings.opt), Override::allowed},
    };
    if (surroundings.credentials.session_token.empty()) {
        std::erase_if(variables, [](const Variable& variable) { return variable.name == "AWS_SESSION_TOKEN"; });
    }
    if (!surroundings.lambda_endpoint.empty()) {
        variables.push_back({"AWS_ENDPOINT_URL_LAMBDA", surroundings.lambda_endpoint, Override::allowed});
    }
    if (!surroundings.connections_endpoint.empty()) {
        variables.push_back(
            {"AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI", surroundings.connections_endpoint, Override::allowed});
    }
    return variables;
}

bool is_dropped(std::string_view name) {
    if (std::ranges::find(kReservedAndAbsent, name) != kReservedAndAbsent.end()) return true;
    return name.starts_with('_') && std::ranges::find(kUnderscoreNames, name) == kUnderscoreNames.end();
}

}  // namespace

Credentials dummy_credentials() {
    return {"UNDERSTUDYDUMMYKEY00", "understudy-dummy-secret-access-key", "understudy-dummy-session-token"};
}

std::vector<std::string> to_variables(const app::Application& application, const app::Function& function,
                                      const Surroundings& surroundings) {
    std::vector<Variable> variables = platform_variables(application, function, surroundings);
    for (const auto& [name, value] : function.environment) {
        const auto present = std::ranges::find(variables, name, &Variable::name);
        if (present != variables.end()) {
            if (present->function_override == Override::allowed) present->value = value;
        } else if (!is_dropped(name)) {
            variables.push_back({name, value, Override::allowed});
        }
    }
    std::vector<std::string> lines;
    lines.reserve(variables.size());
    for (const Variable& variable : variables) lines.push_back(variable.name + "=" + variable.value);
    return lines;
}

}  // namespace understudy::lambda
