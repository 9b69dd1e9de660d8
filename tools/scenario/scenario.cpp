#include "tools/scenario/scenario.hpp"

#include <algorithm>

namespace understudy::scenario {

namespace {

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

bool is_tag(std::string_view text) {
    return !text.empty() && is_letter_or_digit(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
        return is_letter_or_digit(c) || std::string_view("-_./:").find(c) != std::string_view::npos;
    });
}

app::Application to_application(const Scenario& scenario, Front front) {
    app::Api api =
        app::to_single_function_api(to_front_kind(front),
                                    {.binary_media_types = scenario.binary_media_types,
                                     .transfer = to_transfer_mode(front),
                                     .multi_value_headers = front == Front::alb && scenario.multi_value_headers},
                                    scenario.function.name);
    api.id = "scenario00";
    api.described = app::Described::in_scenario;
    app::Application application;
    application.functions = {scenario.function};
    application.apis = {std::move(api)};
    return application;
}

}  // namespace understudy::scenario
