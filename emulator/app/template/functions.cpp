#include "emulator/app/template/functions.hpp"

#include "emulator/app/variable_name.hpp"

#include <algorithm>
#include <limits>

namespace understudy::app::templates {
namespace {

/// What SAM publishes for an alias of its own.
constexpr std::string_view kFirstVersion = "1";

/// In seconds and megabytes (docs.aws.amazon.com/lambda/latest/api/API_CreateFunction).
constexpr int kLongestTimeout = 900;
constexpr int kLeastMemory = 128;
constexpr int kMostMemory = 10'240;

bool is_built(const TemplateInputs& inputs) {
    return inputs.folder.ends_with("/.aws-sam/build");
}

void note_build(const Resource& resource, Reading& reading) {
    const Value& method = resource.metadata.get("BuildMethod");
    if (!method.is_text() || !method.node || is_built(reading.inputs)) return;
    reading.findings.note(*method.node, describe(resource) + " is built by '" + method.text +
                                            "': run `sam build`, then serve .aws-sam/build/template.yaml");
}

/// Where a function's code or a layer's content is; empty after a notice where it is not on this machine.
std::string read_code(const Resource& resource, const Value& location, Reading& reading) {
    const std::string& folder = reading.inputs.folder;
    if (const Value& asset = resource.metadata.get("aws:asset:path"); asset.is_text()) {
        return absolute_path(folder, asset.text);
    }
    note_build(resource, reading);
    if (location.is_text() && !location.text.starts_with("s3://")) return absolute_path(folder, location.text);
    if (location.present() && location.node) {
        reading.findings.note(*location.node, "the code of " + describe(resource) + " is not on this machine");
    }
    return {};
}

std::string find_layer(const Value& layer, Reading& reading) {
    const Resource* resource = reading.find(layer.resource);
    if (resource != nullptr && resource->type.ends_with("::LayerVersion")) {
        const bool serverless = resource->type.starts_with("AWS::Serverless::");
        return read_code(*resource, resource->properties.get(serverless ? "ContentUri" : "Content"), reading);
    }
    if (layer.node) {
        reading.findings.note(*layer.node, "the layer '" + layer.text + "' is not on this machine: it is left out");
    }
    return {};
}

void note_runtime(const Resource& resource, Reading& reading) {
    const Value& runtime = resource.properties.get("Runtime");
    if (!runtime.is_text() || !runtime.node || runtime.text.starts_with("provided")) return;
    reading.findings.note(*runtime.node, "the runtime '" + runtime.text + "' of " + describe(resource) +
                                             " is not emulated: its code must hold a bootstrap that starts it, as "
                                             "docs/runtimes.md shows");
}

/// What a template holds itself is run by a runtime that AWS manages.
void note_inline_code(const Resource& resource, Reading& reading) {
    const Value& inline_code = resource.properties.get("InlineCode");
    const Value& code = inline_code.present() ? inline_code : resource.properties.get("Code").get("ZipFile");
    if (!code.present() || !code.node) return;
    reading.findings.note(*code.node, "the code of " + describe(resource) +
                                          " is in the template: to run it, put it into a folder beside a bootstrap "
                                          "that starts it, as docs/runtimes.md shows, and name the folder instead");
}

void note_architecture(const Resource& resource, Reading& reading) {
    for (const Value* architecture : resource.properties.get("Architectures").each()) {
        if (architecture->text != "arm64" || !architecture->node) continue;
        reading.findings.note(*architecture->node,
                              "the architecture 'arm64' of " + describe(resource) +
                                  " is not emulated: its code must run on this machine's processor");
    }
}

/// Lays SAM's `--env-vars` over a function's variables; as in SAM, only variables that the template names.
void overlay(Function& function, const source::Node& variables, bool shared, Findings& findings) {
    for (const auto& [key, value] : variables.members()) {
        const auto known =
            std::ranges::find(function.environment, key.text(), &std::pair<std::string, std::string>::first);
        if (known != function.environment.end()) {
            known->second = value.is_null() ? std::string() : std::string(value.text());
        } else if (!shared) {
            findings.note(key, "'" + std::string(key.text()) + "' is no variable of the function '" +
                                   function.logical_id + "' in the template: it is left out");
        }
    }
}

void overlay_environment(Function& function, Reading& reading) {
    if (!reading.inputs.environment) return;
    const source::Node root = reading.inputs.environment->root();
    if (const auto shared = root.find("Parameters")) overlay(function, *shared, true, reading.findings);
    auto own = root.find(function.logical_id);
    if (!own) own = root.find(function.name);
    if (own) overlay(function, *own, false, reading.findings);
}

void check_names(const Value& variables, Findings& findings) {
    for (const Entry& entry : variables.members) {
        const auto fault = find_name_fault(entry.key);
        if (fault && entry.node) findings.fail(*entry.node, "variable '" + entry.key + "': " + *fault);
    }
}

/// A number that AWS takes between these two only.
std::optional<int> read_between(const Value& value, int least, int most, Findings& findings) {
    const auto number = read_int(value, findings);
    if (!number || (*number >= least && *number <= most)) return number;
    findings.fail(value, "AWS takes " + std::to_string(least) + " to " + std::to_string(most) + " here");
    return std::nullopt;
}

Function read_function(const Resource& resource, Reading& reading) {
    const Value& properties = resource.properties;
    Findings& findings = reading.findings;
    Function function{.name = reading.evaluator.function_name(resource.id), .logical_id = resource.id};
    const bool serverless = resource.type.starts_with("AWS::Serverless::");
    const bool elsewhere = properties.get("InlineCode").present() || properties.get("ImageUri").present() ||
                           properties.get("PackageType").text == "Image" ||
                           properties.get("Code").get("ImageUri").present() ||
                           properties.get("Code").get("ZipFile").present();
    Value location = properties.get(serverless ? "CodeUri" : "Code");
    if (serverless && !location.present()) location = to_text(".");
    if (!elsewhere) function.code = read_code(resource, location, reading);
    note_runtime(resource, reading);
    note_inline_code(resource, reading);
    note_architecture(resource, reading);
    if (properties.get("Handler").present()) function.handler = read_text(properties.get("Handler"), findings);
    if (const auto timeout = read_between(properties.get("Timeout"), 1, kLongestTimeout, findings))
        function.timeout = std::chrono::seconds(*timeout);
    function.memory_megabytes =
        read_between(properties.get("MemorySize"), kLeastMemory, kMostMemory, findings).value_or(kLeastMemory);
    function.reserved_concurrency =
        read_between(properties.get("ReservedConcurrentExecutions"), 0, std::numeric_limits<int>::max(), findings);
    check_names(properties.get("Environment").get("Variables"), findings);
    function.environment = read_pairs(properties.get("Environment").get("Variables"), findings);
    overlay_environment(function, reading);
    for (const Value* layer : properties.get("Layers").each()) {
        if (std::string folder = find_layer(*layer, reading); !folder.empty()) function.layers.push_back(folder);
    }
    if (const Value& alias = properties.get("AutoPublishAlias"); alias.present()) {
        function.versions.emplace_back(kFirstVersion);
        function.aliases.push_back({.name = read_text(alias, findings), .version = std::string(kFirstVersion)});
    }
    return function;
}

void add_url(const Value& config, const Function& function, const std::string& qualifier, Reading& reading) {
    Findings& findings = reading.findings;
    const std::string name = qualifier.empty() ? function.name : function.name + ':' + qualifier;
    const Value& type = config.get("AuthType");
    if (type.text != "NONE" && type.text != "AWS_IAM") {
        if (config.node)
            findings.fail_required(config, "AuthType", "a function URL's AuthType is NONE or AWS_IAM", *config.node);
    }
    Api api{.id = make_id("url " + name, 32), .kind = ApiKind::url, .name = name};
    api.stages.push_back({.name = "$default"});
    const bool stream = config.get("InvokeMode").text == "RESPONSE_STREAM";
    api.routes.push_back(
        {.path = "$default",
         .integration = LambdaIntegration{.function = function.name,
                                          .qualifier = qualifier,
                                          .transfer = stream ? TransferMode::stream : TransferMode::buffered},
         .access = {.authorization = type.text == "AWS_IAM" ? Authorization::iam : Authorization::none},
         .line = config.line()});
    if (config.get("Cors").present()) api.cors = read_cors(config.get("Cors"), findings);
    reading.application.apis.push_back(std::move(api));
}

}  // namespace

void read_functions(Reading& reading) {
    for (const Resource& resource : reading.resources) {
        if (resource.type != "AWS::Serverless::Function" && resource.type != "AWS::Lambda::Function") continue;
        Function function = read_function(resource, reading);
        if (reading.find_function(function.name) != nullptr) {
            reading.findings.fail(resource.key, "two functions are called '" + function.name + "'");
            continue;
        }
        reading.application.functions.push_back(std::move(function));
    }
}

void read_function_urls(Reading& reading) {
    for (const Resource& resource : reading.resources) {
        if (resource.type == "AWS::Serverless::Function") {
            const Value& config = resource.properties.get("FunctionUrlConfig");
            const Function* function = reading.find_function(reading.evaluator.function_name(resource.id));
            if (!config.present() || function == nullptr) continue;
            add_url(config, *function, resource.properties.get("AutoPublishAlias").text, reading);
        }
        if (resource.type != "AWS::Lambda::Url") continue;
        const LambdaTarget target = read_target(resource.properties.get("TargetFunctionArn"), reading);
        const Value& qualifier = resource.properties.get("Qualifier");
        if (const Function* function = reading.find_function(target.function); function != nullptr) {
            add_url(resource.properties, *function, qualifier.present() ? qualifier.text : target.qualifier, reading);
        }
    }
}

Cors read_cors(const Value& value, Findings& findings) {
    const auto get = [&value](std::string_view key) -> const Value& {
        const Value& written = value.get(key);
        if (written.present()) return written;
        std::string camel(key);
        camel[0] = static_cast<char>(camel[0] - 'A' + 'a');
        return value.get(camel);
    };
    return {.allow_origins = read_texts(get("AllowOrigins"), findings),
            .allow_methods = read_texts(get("AllowMethods"), findings),
            .allow_headers = read_texts(get("AllowHeaders"), findings),
            .expose_headers = read_texts(get("ExposeHeaders"), findings),
            .max_age = read_seconds(get("MaxAge"), findings),
            .allow_credentials = get("AllowCredentials").is_true()};
}

}  // namespace understudy::app::templates
