#include "tools/scenario/scenario.hpp"

namespace understudy::scenario {

app::Application to_application(const Scenario& scenario, app::FrontKind front) {
    app::Api api =
        app::to_single_function_api(front, {.binary_media_types = scenario.binary_media_types}, scenario.function.name);
    api.id = "scenario00";
    app::Application application;
    application.functions = {scenario.function};
    application.apis = {std::move(api)};
    return application;
}

}  // namespace understudy::scenario
