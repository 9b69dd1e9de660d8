#include "emulator/app/template/functions.hpp"

namespace understudy::app::templates {
namespace {

/// The function of the template that a destination is; none after a notice for any other.
std::optional<Destination> read_destination(const Value& destinations, std::string_view when, const Function& function,
                                            Reading& reading) {
    const Value& config = destinations.get(when);
    const Value& written = config.get("Destination");
    if (!config.present() || (config.is_map() && config.members.empty()) || !config.node) return std::nullopt;
    const LambdaTarget target = parse_lambda_target(written.text);
    if (target.function.empty() || reading.find_function(target.function) == nullptr) {
        reading.findings.note(*config.node, "the destination " + std::string(when) + " of the function '" +
                                                function.name +
                                                "' is no function of the template: it is not emulated, and gets "
                                                "no records");
        return std::nullopt;
    }
    if (target.function == function.name) {
        reading.findings.fail(*config.node, "a function cannot be a destination for itself");
    } else if (!written.text.starts_with("arn:")) {
        reading.findings.fail(*config.node, "a destination is named by its ARN: !GetAtt FUNCTION.Arn");
    }
    return Destination{target.function, target.qualifier};
}

void add_terms(const Value& config, std::string qualifier, Function& function, Reading& reading) {
    Findings& findings = reading.findings;
    AsynchronousTerms terms;
    if (!qualifier.empty()) terms.qualifier = std::move(qualifier);
    terms.retries = read_int(config.get("MaximumRetryAttempts"), findings).value_or(terms.retries);
    terms.maximum_age = read_seconds(config.get("MaximumEventAgeInSeconds"), findings).value_or(terms.maximum_age);
    const auto refuse = [&](std::string_view name, const std::string& range) {
        const Value& value = config.get(name);
        if (value.node) findings.fail(*value.node, std::string(name) + " is " + range);
    };
    if (terms.retries < 0 || terms.retries > 2) refuse("MaximumRetryAttempts", "0 to 2");
    if (terms.maximum_age < std::chrono::seconds(60) || terms.maximum_age > std::chrono::hours(6)) {
        refuse("MaximumEventAgeInSeconds", "60 to 21600");
    }
    const Value& destinations = config.get("DestinationConfig");
    terms.on_success = read_destination(destinations, "OnSuccess", function, reading);
    terms.on_failure = read_destination(destinations, "OnFailure", function, reading);
    function.asynchronous.push_back(std::move(terms));
}

}  // namespace

void read_asynchronous_terms(Reading& reading) {
    for (const Resource& resource : reading.resources) {
        if (resource.type == "AWS::Serverless::Function") {
            const Value& config = resource.properties.get("EventInvokeConfig");
            Function* function = reading.find_function(reading.evaluator.function_name(resource.id));
            if (!config.present() || function == nullptr) continue;
            add_terms(config, resource.properties.get("AutoPublishAlias").text, *function, reading);
        }
        if (resource.type != "AWS::Lambda::EventInvokeConfig") continue;
        const LambdaTarget target = read_target(resource.properties.get("FunctionName"), reading);
        if (Function* function = reading.find_function(target.function); function != nullptr) {
            add_terms(resource.properties, read_text(resource.properties.get("Qualifier"), reading.findings), *function,
                      reading);
        }
    }
}

}  // namespace understudy::app::templates
