#include "tools/understudy/function_options.hpp"

#include "tools/understudy/option_checks.hpp"

#include <limits>

namespace understudy::cli {
namespace {

constexpr double kLongestTimeout = 900;
constexpr std::uint64_t kLeastMemory = 128, kMostMemory = 10240;

WordCheck number_check(double low, double high) {
    return [low, high](const std::string& word) { return check_number(word, low, high); };
}

}  // namespace

std::vector<OptionSpec> function_options(FunctionOptions& options, FunctionWords& words) {
    app::Function& function = options.application.functions.emplace_back();
    return {
        {"--name", &function.name, "Name of the function", to_check(check_name), "NAME"},
        {"--handler", &function.handler, "What the function finds in _HANDLER"},
        {"--timeout", &words.timeout_seconds, "The function's timeout in seconds, 0.001 to 900",
         number_check(0.001, kLongestTimeout), "SECONDS"},
        whole_number("--memory", &function.memory_megabytes, kLeastMemory, kMostMemory,
                     "The function's memory in MB, 128 to 10240; more is told, not refused"),
        {"--env", &words.environment, "A variable of the function, KEY=VALUE; may be repeated",
         to_check(check_variable), "KEY=VALUE"},
        choice("--credentials", &words.credentials, {"dummy", "inherit"},
               "dummy: the function cannot touch a real account; inherit: AWS_* credentials of this shell"),
        {"--strict-env", &options.strict_environment,
         "Do not set AWS_ENDPOINT_URL_LAMBDA and AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI for the function"},
        {"--region", &options.application.region, "AWS region that the function believes in", to_check(check_region),
         "REGION"},
        {"--account", &options.application.account, "AWS account that the function believes in",
         to_check(check_account), "12 DIGITS"},
        {"--clock-scale", &options.clock_scale, "Waits (timeouts) are this many times shorter",
         number_check(0.001, 1e6), "FACTOR"},
        whole_number("--seed", &options.seed, 0, std::numeric_limits<std::uint64_t>::max(), "Makes ids repeatable"),
        {"template", &words.template_file, {}, {}, "TEMPLATE"},
    };
}

}  // namespace understudy::cli
