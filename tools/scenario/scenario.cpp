#include "tools/scenario/scenario.hpp"

namespace understudy::scenario {

app::Application to_application(const Scenario& scenario, app::ApiKind front) {
    app::Api api;
    api.id = "scenario00";
    api.kind = front;
    api.function = scenario.function.name;
    api.stage = app::default_stage(front);
    if (front == app::ApiKind::rest) api.binary_media_types = scenario.binary_media_types;
    app::Application application;
    application.functions = {scenario.function};
    application.apis = {std::move(api)};
    return application;
}

}  // namespace understudy::scenario
