#include "emulator/app/template/attributes.hpp"

#include "emulator/app/template/names.hpp"

#include <algorithm>
#include <array>

namespace understudy::app::templates {
namespace {

struct Attributes {
    std::string_view type;
    std::string_view names;  ///< With blanks between them.
};

// Source: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide, "Return values" of each type's page. SAM's types give
// what the resources that SAM makes of them give, and what SAM itself resolves (`MyFunction.Alias`).
constexpr std::array kAttributes{
    Attributes{"AWS::Serverless::Function", "Arn Alias Version SnapStartResponse"},
    Attributes{"AWS::Serverless::Api", "RootResourceId RestApiId Stage Deployment"},
    Attributes{"AWS::Serverless::HttpApi", "ApiEndpoint ApiId Stage"},
    Attributes{"AWS::Serverless::WebSocketApi", "ApiEndpoint ApiId Stage"},
    Attributes{"AWS::Lambda::Function", "Arn SnapStartResponse"},
    Attributes{"AWS::Lambda::Url", "FunctionArn FunctionUrl"},
    Attributes{"AWS::Lambda::Version", "Version FunctionArn"},
    Attributes{"AWS::Lambda::Alias", "AliasArn"},
    Attributes{"AWS::Lambda::LayerVersion", "LayerVersionArn"},
    Attributes{"AWS::ApiGateway::RestApi", "RootResourceId RestApiId"},
    Attributes{"AWS::ApiGateway::Resource", "ResourceId"},
    Attributes{"AWS::ApiGateway::Authorizer", "AuthorizerId"},
    Attributes{"AWS::ApiGateway::Deployment", "DeploymentId"},
    Attributes{"AWS::ApiGateway::RequestValidator", "RequestValidatorId"},
    Attributes{"AWS::ApiGateway::ApiKey", "APIKeyId"},
    Attributes{"AWS::ApiGateway::UsagePlan", "Id"},
    Attributes{"AWS::ApiGateway::DomainName",
               "DistributionDomainName DistributionHostedZoneId DomainNameArn RegionalDomainName RegionalHostedZoneId"},
    Attributes{"AWS::ApiGatewayV2::Api", "ApiEndpoint ApiId"},
    Attributes{"AWS::ApiGatewayV2::Integration", "IntegrationId"},
    Attributes{"AWS::ApiGatewayV2::Route", "RouteId"},
    Attributes{"AWS::ApiGatewayV2::Authorizer", "AuthorizerId"},
    Attributes{"AWS::ElasticLoadBalancingV2::LoadBalancer",
               "CanonicalHostedZoneID DNSName LoadBalancerArn LoadBalancerFullName LoadBalancerName SecurityGroups"},
    Attributes{"AWS::ElasticLoadBalancingV2::TargetGroup",
               "LoadBalancerArns TargetGroupArn TargetGroupFullName TargetGroupName"},
    Attributes{"AWS::ElasticLoadBalancingV2::Listener", "ListenerArn"},
    Attributes{"AWS::ElasticLoadBalancingV2::ListenerRule", "IsDefault RuleArn"},
};

}  // namespace

std::vector<std::string_view> attributes_of(std::string_view type) {
    const auto known = std::ranges::find(kAttributes, type, &Attributes::type);
    return known == kAttributes.end() ? std::vector<std::string_view>() : split_words(known->names);
}

}  // namespace understudy::app::templates
