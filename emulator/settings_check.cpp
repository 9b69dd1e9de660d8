#include "emulator/settings_check.hpp"

#include "emulator/app/variable_name.hpp"

namespace understudy {
namespace {

/// The names of variables that AWS would not take.
source::Result<void> check_variables(const app::Function& function) {
    for (const auto& [name, value] : function.environment) {
        if (const auto fault = app::find_name_fault(name)) {
            return source::Problem(source::ProblemCode::invalid,
                                   "function " + function.name + ": variable '" + name + "': " + *fault);
        }
    }
    return {};
}

}  // namespace

source::Result<void> check_functions(const std::vector<app::Function>& functions) {
    for (const app::Function& function : functions) {
        if (auto checked = check_variables(function); !checked) return checked;
    }
    return {};
}

source::Result<void> check_settings(const Settings& settings) {
    const std::uint16_t port = settings.gateway_port;
    if (port != 0 && port == settings.lambda_port && !settings.application.apis.empty()) {
        return source::Problem(source::ProblemCode::invalid,
                               "the API and the Lambda API cannot both listen on port " + std::to_string(port) +
                                   "; choose another with --port or --lambda-port (0 picks a free one)");
    }
    return check_functions(settings.application.functions);
}

}  // namespace understudy
