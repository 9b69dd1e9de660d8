#include "tools/scenario/plan.hpp"

#include "emulator/source/printable.hpp"
#include "tools/scenario/mask.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <utility>

namespace understudy::scenario {

namespace {

std::string to_labels(const Scenario& scenario, Front front, const std::vector<std::string>& secrets) {
    std::string labels = " [";
    labels += scenario.template_plan ? "template" : front_name(front);
    for (const auto& [name, value] : scenario.labels) labels += ", " + name + '=' + mask(value, secrets);
    return labels + ']';
}

/// Equal for scenarios whose application is the same but for its fronts.
std::string to_application_text(const Scenario& scenario) {
    std::string text;
    const auto add = [&](std::string_view part) { text.append(part) += '\0'; };
    if (const auto& plan = scenario.template_plan) {
        add(plan->file);
        add(plan->api);
        for (const auto& [name, value] : plan->parameters) add(name + '=' + value);
        return text;
    }
    const auto& function = scenario.function;
    for (const auto& word : function.command) add(word);
    add("");
    for (const auto& [name, value] : function.environment) add(name + '=' + value);
    add("");
    add(function.directory);
    add(function.handler);
    add(std::to_string(function.timeout.count()) + ' ' + std::to_string(function.memory_megabytes));
    for (const auto& type : scenario.binary_media_types) add(type);
    if (scenario.multi_value_headers) add("multi_value_headers");
    return text;
}

}  // namespace

std::vector<PlannedRun> plan_runs(std::span<const Scenario> scenarios) {
    std::vector<PlannedRun> runs;
    std::map<std::string, std::size_t> groups;
    for (const auto& scenario : scenarios) {
        const auto group = groups.emplace(to_application_text(scenario), groups.size()).first->second;
        const auto secrets = to_secret_texts(scenario.secrets, scenario.variables);
        const auto name = mask(scenario.name, secrets);
        const auto file = std::filesystem::path(scenario.document().name()).lexically_normal().generic_string();
        const std::vector<Front> one{Front::http};
        for (const auto front : scenario.template_plan ? one : scenario.fronts) {
            const auto labels = to_labels(scenario, front, secrets);
            runs.push_back({&scenario, front, name + labels, file + labels, group});
        }
    }
    return runs;
}

bool meets_filter(std::string_view title, const std::string& filter) {
    if (title.find(filter) != std::string_view::npos) return true;
    const re2::RE2 pattern(filter, re2::RE2::Quiet);
    return pattern.ok() && re2::RE2::PartialMatch(re2::StringPiece(title.data(), title.size()), pattern);
}

bool meets_tags(std::span<const std::string> tags, std::span<const std::string> wanted) {
    bool asks = false, has = false;
    for (const auto& word : wanted) {
        const bool refuses = word.starts_with('!');
        const bool there = std::find(tags.begin(), tags.end(), word.substr(refuses ? 1 : 0)) != tags.end();
        if (refuses && there) return false;
        asks = asks || !refuses;
        has = has || (!refuses && there);
    }
    return has || !asks;
}

std::vector<PlannedRun> choose_runs(std::vector<PlannedRun> runs, const Choice& choice) {
    std::erase_if(runs, [&](const PlannedRun& run) {
        const bool named = choice.filters.empty() ||
                           std::any_of(choice.filters.begin(), choice.filters.end(),
                                       [&](const std::string& filter) { return meets_filter(run.title, filter); });
        return !named || !meets_tags(run.scenario->tags, choice.tags);
    });
    return runs;
}

std::string render_list(std::span<const PlannedRun> runs) {
    std::string text;
    for (const auto& run : runs) {
        const auto& document = run.scenario->document();
        text += source::to_printable_line(run.title) + '\t' + source::to_printable_line(document.name()) + ':' +
                std::to_string(document.root().position().line) + '\t';
        for (const auto& tag : run.scenario->tags) text += (&tag == &run.scenario->tags.front() ? "" : ",") + tag;
        text += '\n';
    }
    return text;
}

}  // namespace understudy::scenario
