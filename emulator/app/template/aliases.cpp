#include "emulator/app/template/functions.hpp"

#include <algorithm>

namespace understudy::app::templates {
namespace {

/// The versions beside the alias's own, and their shares of its calls.
std::vector<std::pair<std::string, double>> read_weights(const Resource& alias, const std::string& version,
                                                         Reading& reading) {
    Findings& findings = reading.findings;
    const Value& routing = alias.properties.get("RoutingConfig");
    std::vector<std::pair<std::string, double>> weights;
    for (const Value* item : routing.get("AdditionalVersionWeights").each()) {
        const Value& written = item->get("FunctionWeight");
        const double weight = read_number(written, findings).value_or(0);
        if (!(weight >= 0 && weight <= 1)) findings.fail(written, "AWS takes 0 to 1 here");
        weights.emplace_back(read_text(item->get("FunctionVersion"), findings), weight);
    }
    if (weights.empty() || !routing.node) return weights;
    if (version.empty() || version == kLatest) {
        findings.fail(*routing.node, "an alias that points to $LATEST has no other versions");
    }
    findings.note(*routing.node, "the versions of " + describe(alias) +
                                     " run the same code here: weights choose the version that a call names, and in "
                                     "whose environments it runs");
    return weights;
}

}  // namespace

void read_aliases(Reading& reading) {
    for (const Resource& resource : reading.resources) {
        const bool alias = resource.type == "AWS::Lambda::Alias";
        if (!alias && resource.type != "AWS::Lambda::Version") continue;
        const LambdaTarget target = read_target(resource.properties.get("FunctionName"), reading);
        Function* function = reading.find_function(target.function);
        if (function == nullptr) continue;
        if (!alias) {
            const std::string number = reading.evaluator.version_number(resource.id);
            if (std::ranges::find(function->versions, number) == function->versions.end()) {
                function->versions.push_back(number);
            }
            continue;
        }
        const std::string version = read_text(resource.properties.get("FunctionVersion"), reading.findings);
        function->aliases.push_back({.name = read_text(resource.properties.get("Name"), reading.findings),
                                     .version = version.empty() ? std::string(kLatest) : version,
                                     .weights = read_weights(resource, version, reading)});
    }
}

}  // namespace understudy::app::templates
