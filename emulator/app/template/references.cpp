#include "emulator/app/template/attributes.hpp"
#include "emulator/app/template/evaluator.hpp"
#include "emulator/app/template/names.hpp"
#include "emulator/app/template/resource_arns.hpp"

#include <algorithm>
#include <array>

namespace understudy::app::templates {
namespace {

/// What Ref gives for a resource of a type.
enum class RefForm : std::uint8_t {
    logical_id,
    name,
    id,
    alias_arn,
    version_arn,
    layer_arn,
    function_arn,
    balancing_arn
};

struct Reference {
    std::string_view type;
    RefForm form;
    std::string_view property = {};  ///< What names it.
};

constexpr std::array kReferences{
    Reference{"AWS::Serverless::Function", RefForm::name, "FunctionName"},
    Reference{"AWS::Lambda::Function", RefForm::name, "FunctionName"},
    Reference{"AWS::Serverless::SimpleTable", RefForm::name, "TableName"},
    Reference{"AWS::DynamoDB::Table", RefForm::name, "TableName"},
    Reference{"AWS::S3::Bucket", RefForm::name, "BucketName"},
    Reference{"AWS::ApiGateway::Stage", RefForm::name, "StageName"},
    Reference{"AWS::ApiGatewayV2::Stage", RefForm::name, "StageName"},
    Reference{"AWS::ApiGateway::DomainName", RefForm::name, "DomainName"},
    Reference{"AWS::ApiGatewayV2::DomainName", RefForm::name, "DomainName"},
    Reference{"AWS::ApiGateway::Model", RefForm::name, "Name"},
    Reference{"AWS::Serverless::Api", RefForm::id},
    Reference{"AWS::Serverless::HttpApi", RefForm::id},
    Reference{"AWS::Serverless::WebSocketApi", RefForm::id},
    Reference{"AWS::ApiGateway::RestApi", RefForm::id},
    Reference{"AWS::ApiGateway::Resource", RefForm::id},
    Reference{"AWS::ApiGateway::Authorizer", RefForm::id},
    Reference{"AWS::ApiGateway::RequestValidator", RefForm::id},
    Reference{"AWS::ApiGateway::ApiKey", RefForm::id},
    Reference{"AWS::ApiGateway::UsagePlan", RefForm::id},
    Reference{"AWS::ApiGateway::Deployment", RefForm::id},
    Reference{"AWS::ApiGatewayV2::Api", RefForm::id},
    Reference{"AWS::ApiGatewayV2::Integration", RefForm::id},
    Reference{"AWS::ApiGatewayV2::Route", RefForm::id},
    Reference{"AWS::ApiGatewayV2::Authorizer", RefForm::id},
    Reference{"AWS::Lambda::Alias", RefForm::alias_arn, "FunctionName"},
    Reference{"AWS::Lambda::Version", RefForm::version_arn, "FunctionName"},
    Reference{"AWS::Lambda::Url", RefForm::function_arn, "TargetFunctionArn"},
    Reference{"AWS::Serverless::LayerVersion", RefForm::layer_arn, "LayerName"},
    Reference{"AWS::Lambda::LayerVersion", RefForm::layer_arn, "LayerName"},
    Reference{"AWS::ElasticLoadBalancingV2::TargetGroup", RefForm::balancing_arn, "targetgroup"},
    Reference{"AWS::ElasticLoadBalancingV2::Listener", RefForm::balancing_arn, "listener/app"},
    Reference{"AWS::ElasticLoadBalancingV2::ListenerRule", RefForm::balancing_arn, "listener-rule/app"},
    Reference{"AWS::ElasticLoadBalancingV2::LoadBalancer", RefForm::balancing_arn, "loadbalancer/app"},
};

constexpr std::array<std::string_view, 8> kPseudoParameters{"AWS::AccountId", "AWS::NoValue",  "AWS::NotificationARNs",
                                                            "AWS::Partition", "AWS::Region",   "AWS::StackId",
                                                            "AWS::StackName", "AWS::URLSuffix"};

bool is_function_type(std::string_view type) {
    return type == "AWS::Serverless::Function" || type == "AWS::Lambda::Function";
}

}  // namespace

std::optional<Value> Evaluator::pseudo_parameter(std::string_view name) const {
    if (!name.starts_with("AWS::")) return std::nullopt;
    if (name == "AWS::AccountId") return to_text(inputs_.account);
    if (name == "AWS::Region") return to_text(inputs_.region);
    if (name == "AWS::StackName") return to_text(inputs_.stack_name);
    if (name == "AWS::Partition") return to_text("aws");
    if (name == "AWS::URLSuffix") return to_text("amazonaws.com");
    if (name == "AWS::NotificationARNs") return Value{.kind = ValueKind::list};
    if (name == "AWS::NoValue") return Value{};
    if (name != "AWS::StackId") return std::nullopt;
    return to_text("arn:aws:cloudformation:" + inputs_.region + ':' + inputs_.account + ":stack/" + inputs_.stack_name +
                   "/51af3dc0-da77-11e4-872e-1234567db123");
}

std::optional<Value> Evaluator::refer(std::string_view name, const source::Node& where) {
    if (auto pseudo = pseudo_parameter(name)) return pseudo;
    if (const auto parameter = parameters_.find(name); parameter != parameters_.end()) return parameter->second;
    if (const Declared* resource = find_declared(name); resource != nullptr) return resource_reference(*resource);
    if (name == "ServerlessRestApi" || name == "ServerlessHttpApi") {
        Value value = to_text(make_id(name, 10));
        value.resource = name;
        return value;
    }
    if (const std::size_t dot = name.find('.'); dot != std::string_view::npos && find_declared(name.substr(0, dot))) {
        return refer_attribute(name.substr(0, dot), name.substr(dot + 1), where);
    }
    if (is_refused(name)) return std::nullopt;
    if (!open_ && !is_generated(name)) {
        fail_unknown_name(name, where);
        return std::nullopt;
    }
    std::string text(name);
    if (name.ends_with("Stage")) {
        const std::string_view api = name.substr(0, name.size() - 5);
        for (const std::string_view known : {"ServerlessRestApi", "ServerlessHttpApi"}) {
            if (api.starts_with(known)) text = api.substr(known.size());
        }
        for (const Declared& resource : declared_) {
            if (resource.type == "AWS::Serverless::Api" && api.starts_with(resource.id))
                text = api.substr(resource.id.size());
        }
        if (text == "ApiGatewayDefault") text = "$default";
    }
    return to_text(text);
}

std::optional<Value> Evaluator::refer_attribute(std::string_view id, std::string_view attribute,
                                                const source::Node& where) {
    const Declared* resource = find_declared(id);
    if (resource != nullptr) {
        if (!check_attribute(*resource, attribute, where)) return std::nullopt;
        Value value = to_text(resource_attribute(*resource, attribute));
        value.resource = id;
        value.attribute = attribute;
        value.made_up = attributes_of(resource->type).empty();
        return value;
    }
    if (id == "ServerlessRestApi" || id == "ServerlessHttpApi") {
        Value value = to_text(make_id(std::string(id) + (attribute == "RootResourceId" ? "/" : ""), 10));
        value.resource = id;
        value.attribute = attribute;
        return value;
    }
    const Declared* function = id.ends_with("Url") ? find_declared(id.substr(0, id.size() - 3)) : nullptr;
    if (function != nullptr && attribute == "FunctionUrl") {
        return to_text(function_url(function_name(function->id), named_by(*function, "AutoPublishAlias", "")));
    }
    if (open_ && attribute == "Arn") return to_text(function_arn(id));
    if (is_refused(id)) return std::nullopt;
    if (!open_ && !is_generated(id)) {
        fail_unknown_name(id, where);
        return std::nullopt;
    }
    return to_text(attribute.ends_with("Arn") ? "arn:aws:iam::" + inputs_.account + ":role/" + std::string(id)
                                              : std::string(id) + '.' + std::string(attribute));
}

/// Whether a resource has an attribute; says so where it has not.
bool Evaluator::check_attribute(const Declared& resource, std::string_view attribute, const source::Node& where) {
    const auto known = attributes_of(resource.type);
    const std::string_view first = attribute.substr(0, attribute.find('.'));
    if (known.empty() || std::ranges::find(known, first) != known.end()) return true;
    findings_.fail_unknown(
        where, attribute,
        "'" + resource.id + "', an " + resource.type + ", has no attribute '" + std::string(attribute) + "'", known);
    return false;
}

std::string Evaluator::function_arn(std::string_view name) const {
    return "arn:aws:lambda:" + inputs_.region + ':' + inputs_.account + ":function:" + std::string(name);
}

std::string Evaluator::function_url(const std::string& name, const std::string& qualifier) const {
    return "https://" + make_id("url " + (qualifier.empty() ? name : name + ':' + qualifier), 32) + ".lambda-url." +
           inputs_.region + ".on.aws/";
}

std::string Evaluator::named_by(const Declared& resource, std::string_view property, std::string fallback) {
    const auto node = resource.properties ? resource.properties->find(property) : std::nullopt;
    if (!node) return fallback;
    std::pair key(resource.id, std::string(property));
    if (const auto known = named_.find(key); known != named_.end()) {
        if (known->second) return known->second->empty() ? fallback : *known->second;
        findings_.fail(*node, "the name of '" + resource.id + "' depends on itself");
        return fallback;
    }
    named_.emplace(key, std::nullopt);
    const Value value = evaluate(*node);
    named_[key] = value.is_text() ? value.text : std::string();
    return value.is_text() && !value.text.empty() ? value.text : fallback;
}

std::string Evaluator::function_name(std::string_view id) {
    const Declared* resource = find_declared(id);
    if (resource == nullptr || !is_function_type(resource->type)) return std::string(id);
    return named_by(*resource, "FunctionName", resource->id);
}

std::string Evaluator::version_number(std::string_view id) {
    const auto function = [this](const Declared& version) {
        return parse_lambda_target(named_by(version, "FunctionName", "")).function;
    };
    const Declared* asked = find_declared(id);
    std::size_t number = 0;
    for (const Declared& resource : declared_) {
        if (resource.type != "AWS::Lambda::Version") continue;
        if (asked != nullptr && function(resource) == function(*asked)) ++number;
        if (&resource == asked) break;
    }
    return std::to_string(number);
}

Value Evaluator::resource_reference(const Declared& resource) {
    const auto known = std::ranges::find(kReferences, resource.type, &Reference::type);
    const Reference reference = known == kReferences.end() ? Reference{{}, RefForm::logical_id} : *known;
    Value value = to_text(resource.id);
    value.resource = resource.id;
    value.made_up = known == kReferences.end();
    const auto function = [&] { return parse_lambda_target(named_by(resource, reference.property, "")).function; };
    switch (reference.form) {
        case RefForm::logical_id:
            break;
        case RefForm::name:
            value.text = named_by(resource, reference.property, resource.id);
            break;
        case RefForm::id:
            value.text = make_id(resource.id, 10);
            break;
        case RefForm::alias_arn:
            value.text = function_arn(function()) + ':' + named_by(resource, "Name", "");
            break;
        case RefForm::version_arn:
            value.text = function_arn(function()) + ':' + version_number(resource.id);
            break;
        case RefForm::function_arn:
            value.text = function_arn(function());
            break;
        case RefForm::layer_arn:
            value.text = "arn:aws:lambda:" + inputs_.region + ':' + inputs_.account +
                         ":layer:" + named_by(resource, reference.property, resource.id) + ":1";
            break;
        case RefForm::balancing_arn:
            value.text = "arn:aws:elasticloadbalancing:" + inputs_.region + ':' + inputs_.account + ':' +
                         std::string(reference.property) + '/' + named_by(resource, "Name", resource.id) + '/' +
                         make_id(resource.id, 16);
            break;
    }
    return value;
}

std::string Evaluator::resource_attribute(const Declared& resource, std::string_view attribute) {
    const std::string_view type = resource.type;
    const bool api = type.ends_with("Api") && type != "AWS::Serverless::GraphQLApi";
    if (is_function_type(type)) {
        const std::string arn = function_arn(function_name(resource.id));
        if (attribute == "Alias") return arn + ':' + named_by(resource, "AutoPublishAlias", "live");
        return attribute == "Version" ? arn + ":1" : arn;
    }
    if (api && attribute == "RootResourceId") return make_id(resource.id + '/', 10);
    if (api && (attribute == "ApiId" || attribute == "RestApiId")) return make_id(resource.id, 10);
    if (api && attribute == "ApiEndpoint") {
        return "https://" + make_id(resource.id, 10) + ".execute-api." + inputs_.region + ".amazonaws.com";
    }
    if (api && attribute == "Stage") return named_by(resource, "StageName", "$default");
    if (type == "AWS::Lambda::Url" && attribute == "FunctionUrl") {
        const LambdaTarget target = parse_lambda_target(named_by(resource, "TargetFunctionArn", ""));
        return function_url(target.function, named_by(resource, "Qualifier", target.qualifier));
    }
    if (type == "AWS::Lambda::Version" && attribute == "Version") return version_number(resource.id);
    if (type.ends_with("LoadBalancer") && attribute == "DNSName") {
        return to_lower(named_by(resource, "Name", resource.id)) + '.' + inputs_.region + ".elb.amazonaws.com";
    }
    if (const ArnForm* form = find_arn_form(type, attribute); form != nullptr) {
        return fill_arn(*form, inputs_.region, inputs_.account, named_by(resource, form->name, resource.id));
    }
    if (!attribute.ends_with("Arn") && !attribute.ends_with("Id")) return resource.id + '.' + std::string(attribute);
    const Value value = resource_reference(resource);
    if (attribute.ends_with("Id") || value.text.starts_with("arn:")) return value.text;
    std::string_view service = type.substr(0, type.rfind("::"));  // `AWS::S3` of `AWS::S3::Bucket`
    service.remove_prefix(std::min<std::size_t>(service.size(), 5));
    return "arn:aws:" + to_lower(service) + ':' + inputs_.region + ':' + inputs_.account + ':' + value.text;
}

/// Whether SAM makes a resource of that logical id out of one of the template's: `MyFunctionRole`, `MyQueueConnector`.
bool Evaluator::is_generated(std::string_view id) const {
    if (id.starts_with("ServerlessRestApi") || id.starts_with("ServerlessHttpApi")) return true;
    return std::ranges::any_of(declared_, [id](const Declared& resource) {
        const bool extended = resource.type.starts_with("AWS::Serverless::") || resource.body.find("Connectors");
        return extended && id.starts_with(resource.id) && id != resource.id;
    });
}

void Evaluator::fail_unknown_name(std::string_view name, const source::Node& where) {
    findings_.fail_unknown(where, name, "'" + std::string(name) + "' is no parameter and no resource of the template",
                           known_names());
}

std::vector<std::string_view> Evaluator::known_names() const {
    std::vector<std::string_view> names(kPseudoParameters.begin(), kPseudoParameters.end());
    for (const auto& [name, value] : parameters_) names.push_back(name);
    for (const Declared& resource : declared_) names.push_back(resource.id);
    return names;
}

}  // namespace understudy::app::templates
