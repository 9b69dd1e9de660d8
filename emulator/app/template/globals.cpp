#include "emulator/app/template/globals.hpp"

#include "emulator/app/template/names.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace understudy::app::templates {
namespace {

struct Section {
    std::string_view name;
    std::string_view keys;
};

constexpr std::array kGlobalsSections{
    Section{"Api",
            "Auth Name DefinitionUri CacheClusterEnabled CacheClusterSize MergeDefinitions Variables "
            "EndpointConfiguration MethodSettings BinaryMediaTypes MinimumCompressionSize Cors GatewayResponses "
            "AccessLogSetting CanarySetting TracingEnabled OpenApiVersion Domain AlwaysDeploy PropagateTags "
            "SecurityPolicy EndpointAccessMode"},
    Section{"CapacityProvider",
            "VpcConfig OperatorRole Tags InstanceRequirements ScalingConfig KmsKeyArn PropagateTags"},
    Section{"Function",
            "Handler Runtime CodeUri DeadLetterQueue Description MemorySize Timeout VpcConfig Environment Tags "
            "PropagateTags Tracing KmsKeyArn AutoPublishAlias AutoPublishAliasAllProperties Layers "
            "DeploymentPreference RolePath PermissionsBoundary ReservedConcurrentExecutions "
            "ProvisionedConcurrencyConfig AssumeRolePolicyDocument EventInvokeConfig FileSystemConfigs "
            "CodeSigningConfigArn Architectures SnapStart EphemeralStorage FunctionUrlConfig RuntimeManagementConfig "
            "LoggingConfig RecursiveLoop SourceKMSKeyArn TenancyConfig DurableConfig CapacityProviderConfig "
            "FunctionScalingConfig PublishToLatestPublished VersionDeletionPolicy"},
    Section{"HttpApi",
            "Auth AccessLogSettings StageVariables Tags CorsConfiguration DefaultRouteSettings Domain RouteSettings "
            "FailOnWarnings PropagateTags"},
    Section{"LayerVersion", "PublishLambdaVersion"},
    Section{"SimpleTable", "SSESpecification"},
    Section{"StateMachine", "PropagateTags"},
    Section{"WebSocketApi",
            "AccessLogSettings ApiKeySelectionExpression DefaultRouteSettings DisableExecuteApiEndpoint "
            "DisableSchemaValidation Domain FailOnWarnings IpAddressType PropagateTags RouteSelectionExpression "
            "RouteSettings StageVariables Tags"},
};

}  // namespace

Globals read_globals(const source::Node& root, Evaluator& evaluator, Findings& findings) {
    Globals globals;
    const auto section = root.find("Globals");
    if (!section) return globals;
    if (!section->is_mapping()) findings.fail(*section, "Globals is a map of sections");
    std::vector<std::string_view> names;
    for (const Section& known : kGlobalsSections) names.push_back(known.name);
    for (const auto& [key, node] : section->members()) {
        const std::string name(key.text());
        const auto known = std::ranges::find(kGlobalsSections, key.text(), &Section::name);
        if (known == kGlobalsSections.end()) {
            findings.fail_unknown(key, name, "Globals has no section '" + name + "'", names);
            continue;
        }
        if (!node.is_mapping()) findings.fail(node, "the section '" + name + "' of Globals is a map of properties");
        const auto allowed = split_words(known->keys);
        for (const auto& [property, value] : node.members()) {
            if (std::ranges::find(allowed, property.text()) != allowed.end()) continue;
            findings.fail_unknown(property, property.text(),
                                  "'" + std::string(property.text()) + "' is not allowed in Globals for " + name,
                                  allowed);
        }
        globals.sections["AWS::Serverless::" + name] = evaluator.evaluate(node);
    }
    return globals;
}

Value apply_globals(const Globals& globals, std::string_view type, const Value& properties,
                    const std::optional<source::Node>& ignored, Findings& findings) {
    const auto section = globals.sections.find(type);
    if (section == globals.sections.end()) return properties;
    Value global = section->second;
    if (ignored && ignored->is_scalar()) {
        if (ignored->text() == "*") return properties;
        findings.fail(*ignored, "IgnoreGlobals is '*' or a list of properties");
    }
    for (const source::Node& item : ignored ? ignored->items() : std::span<const source::Node>()) {
        if (std::erase_if(global.members, [&item](const Entry& entry) { return entry.key == item.text(); }) == 0) {
            findings.fail(item, "Globals says nothing of '" + std::string(item.text()) + "'");
        }
    }
    if (!properties.present()) return global;
    return merge_globals(global, properties);
}

}  // namespace understudy::app::templates
