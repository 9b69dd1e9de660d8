#include "tests/tools/scenario/scenario_text.hpp"

#include "tests/tools/scenario/shop.hpp"

#include <stdexcept>

namespace understudy::scenario {

std::string shop_scenario(const std::string& steps, const std::string& application_lines) {
    return "schema: { proto_files: [shop/shop.proto] }\n"
           "application:\n"
           "  command: [bin/shop, --fast]\n" +
           application_lines + "steps:\n" + steps;
}

std::string shop_scenario(const std::string& steps) {
    return shop_scenario(steps, "");
}

Loaded load_text(const std::string& text, const std::string& file) {
    Loaded loaded;
    DescriptorCache schemas;
    LoadSettings settings;
    settings.variables = {{"outer", "\"from the command line\""}};
    settings.environment =
        std::make_shared<std::map<std::string, std::string>>(std::map<std::string, std::string>{{"HOME", "/home/me"}});
    load_scenario(text, schema_folder() + '/' + file, settings, schemas, loaded);
    return loaded;
}

Loaded load_text(const std::string& text) {
    return load_text(text, "shop.yaml");
}

Scenario load_good(const std::string& text) {
    const auto loaded = load_text(text);
    if (!loaded.problems.empty()) throw std::invalid_argument(to_string(loaded.problems[0].problem));
    return loaded.scenarios.at(0);
}

std::vector<std::string> problems_of(const std::string& text) {
    std::vector<std::string> problems;
    for (const auto& [problem, source_text] : load_text(text).problems) {
        const auto place = std::to_string(problem.position().line) + ':' + std::to_string(problem.position().column);
        problems.push_back(place + ' ' + problem.message() +
                           (problem.hint().empty() ? "" : " (" + problem.hint() + ')'));
    }
    return problems;
}

}  // namespace understudy::scenario
