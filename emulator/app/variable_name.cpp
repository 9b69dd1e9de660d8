#include "emulator/app/variable_name.hpp"

#include <algorithm>
#include <array>

namespace understudy::app {
namespace {

constexpr std::array<std::string_view, 18> kReservedNames{"AWS_ACCESS_KEY",
                                                          "AWS_ACCESS_KEY_ID",
                                                          "AWS_SECRET_ACCESS_KEY",
                                                          "AWS_SESSION_TOKEN",
                                                          "AWS_REGION",
                                                          "AWS_DEFAULT_REGION",
                                                          "AWS_EXECUTION_ENV",
                                                          "AWS_LAMBDA_FUNCTION_NAME",
                                                          "AWS_LAMBDA_FUNCTION_VERSION",
                                                          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                                                          "AWS_LAMBDA_INITIALIZATION_TYPE",
                                                          "AWS_LAMBDA_LOG_GROUP_NAME",
                                                          "AWS_LAMBDA_LOG_STREAM_NAME",
                                                          "AWS_LAMBDA_RUNTIME_API",
                                                          "LAMBDA_TASK_ROOT",
                                                          "LAMBDA_RUNTIME_DIR",
                                                          "_HANDLER",
                                                          "_X_AMZN_TRACE_ID"};

bool is_name_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool fits_name_pattern(std::string_view name) {
    return name.size() >= 2 && is_name_letter(name[0]) &&
           std::ranges::all_of(name, [](char c) { return is_name_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

std::optional<std::string> find_name_fault(std::string_view name) {
    if (std::ranges::find(kReservedNames, name) != kReservedNames.end()) {
        return "AWS refuses it: Lambda was unable to configure your environment variables because the environment "
               "variables you have provided contains reserved keys that are currently not supported for modification. "
               "Reserved keys used in this request: " +
               std::string(name);
    }
    if (!fits_name_pattern(name)) {
        return "AWS refuses it: a name is a letter, then letters, digits and '_', and has at least two characters "
               "([a-zA-Z]([a-zA-Z0-9_])+)";
    }
    return std::nullopt;
}

}  // namespace understudy::app
