#include "emulator/app/template/functions.hpp"

namespace understudy::app::templates {
namespace {

/// What an AWS resource is called that is not here; `kind`: what the template says where it gives no ARN.
std::string name_of(const Value& arn, const Value& kind) {
    if (!arn.text.empty()) return arn.text;
    if (kind.text == "SQS") return "an SQS queue that SAM makes";
    if (kind.text == "SNS") return "an SNS topic that SAM makes";
    return "a resource of AWS";
}

/// The function of the template that a destination is; any other after a notice.
std::optional<Destination> read_destination(const Value& destinations, std::string_view when, const Function& function,
                                            Reading& reading) {
    const Value& config = destinations.get(when);
    const Value& written = config.get("Destination");
    if (!config.present() || (config.is_map() && config.members.empty()) || !config.node) return std::nullopt;
    const LambdaTarget target = parse_lambda_target(written.text);
    if (target.function.empty() || reading.find_function(target.function) == nullptr) {
        reading.findings.note(*config.node, "the destination " + std::string(when) + " of the function '" +
                                                function.name +
                                                "' is no function of the template: the records of its events are "
                                                "written to the log instead");
        return Destination{.function = {}, .elsewhere = name_of(written, config.get("Type"))};
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

void read_dead_letters(const Resource& resource, Reading& reading) {
    const bool is_sams = resource.type == "AWS::Serverless::Function";
    if (!is_sams && resource.type != "AWS::Lambda::Function") return;
    const Value& queue = resource.properties.get(is_sams ? "DeadLetterQueue" : "DeadLetterConfig");
    Function* function = reading.find_function(reading.evaluator.function_name(resource.id));
    if (function == nullptr || !queue.node || (queue.is_map() && queue.members.empty())) return;
    function->dead_letters = name_of(queue.get("TargetArn"), queue.get("Type"));
    reading.findings.note(*queue.node, "the dead-letter queue of the function '" + function->name +
                                           "' is not here: asynchronous events that fail are written to the log "
                                           "instead");
}

}  // namespace

void read_asynchronous_terms(Reading& reading) {
    for (const Resource& resource : reading.resources) {
        read_dead_letters(resource, reading);
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
