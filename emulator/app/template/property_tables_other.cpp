#include "emulator/app/template/property_tables.hpp"

#include <array>

namespace understudy::app::templates {
namespace {

// Source: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide, AWS_Lambda.html and AWS_ElasticLoadBalancingV2.html.
constexpr std::array kOtherTables{
    PropertyTable{
        "AWS::Lambda::Function", false,
        "Architectures~ CapacityProviderConfig! Code=LambdaCode CodeSigningConfigArn~ "
        "DeadLetterConfig=DeadLetterConfig "
        "Description~ DurableConfig! Environment=Environment EphemeralStorage! FileSystemConfigs! "
        "FunctionName FunctionScalingConfig! Handler ImageConfig! KmsKeyArn~ Layers LoggingConfig! MemorySize "
        "PackageType PublishToLatestPublished~ RecursiveLoop~ ReservedConcurrentExecutions Role~ Runtime "
        "RuntimeManagementConfig~ SnapStart! Tags~ TenancyConfig! Timeout TracingConfig! VpcConfig!"},
    PropertyTable{"DeadLetterConfig", false, "TargetArn"},
    PropertyTable{"LambdaCode", false, "ImageUri! S3Bucket S3Key S3ObjectVersion~ SourceKMSKeyArn~ ZipFile"},
    PropertyTable{"AWS::Lambda::Url", false, "AuthType Cors=FunctionUrlCors InvokeMode Qualifier TargetFunctionArn"},
    PropertyTable{"AWS::Lambda::Permission", false,
                  "Action EventSourceToken~ FunctionName FunctionUrlAuthType~ InvokedViaFunctionUrl~ Principal "
                  "PrincipalOrgID~ SourceAccount~ SourceArn~"},
    PropertyTable{"AWS::Lambda::Version", false,
                  "CodeSha256~ Description~ FunctionName FunctionScalingConfig! ProvisionedConcurrencyConfig! "
                  "RuntimePolicy~"},
    PropertyTable{"AWS::Lambda::Alias", false,
                  "Description~ FunctionName FunctionVersion Name ProvisionedConcurrencyConfig! "
                  "RoutingConfig=AliasRouting"},
    PropertyTable{"AliasRouting", false, "AdditionalVersionWeights=[]VersionWeight"},
    PropertyTable{"VersionWeight", false, "FunctionVersion FunctionWeight"},
    PropertyTable{
        "AWS::Lambda::LayerVersion", false,
        "CompatibleArchitectures~ CompatibleRuntimes~ Content=LambdaCode Description~ LayerName LicenseInfo~"},
    PropertyTable{"AWS::Lambda::EventInvokeConfig", false,
                  "DestinationConfig=DestinationConfig FunctionName MaximumEventAgeInSeconds MaximumRetryAttempts "
                  "Qualifier"},
    PropertyTable{"DestinationConfig", false, "OnFailure=Destination OnSuccess=Destination"},
    PropertyTable{"Destination", false, "Destination"},
    PropertyTable{"AWS::ElasticLoadBalancingV2::LoadBalancer", false,
                  "EnableCapacityReservationProvisionStabilize~ EnablePrefixForIpv6SourceNat~ "
                  "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic~ IpAddressType~ Ipv4IpamPoolId~ "
                  "LoadBalancerAttributes MinimumLoadBalancerCapacity~ Name Scheme~ SecurityGroups~ SubnetMappings~ "
                  "Subnets~ Tags~ Type"},
    PropertyTable{"AWS::ElasticLoadBalancingV2::Listener", false,
                  "AlpnPolicy~ Certificates~ DefaultActions=[]BalancerAction ListenerAttributes! LoadBalancerArn "
                  "MutualAuthentication! Port~ Protocol~ SslPolicy~"},
    PropertyTable{"AWS::ElasticLoadBalancingV2::ListenerRule", false,
                  "Actions=[]BalancerAction Conditions=[]RuleCondition ListenerArn Priority Transforms!"},
    PropertyTable{"BalancerAction", false,
                  "AuthenticateCognitoConfig! AuthenticateOidcConfig! FixedResponseConfig=FixedResponseConfig "
                  "ForwardConfig=ForwardConfig JwtValidationConfig! Order~ RedirectConfig=RedirectConfig "
                  "TargetGroupArn Type"},
    PropertyTable{"FixedResponseConfig", false, "ContentType MessageBody StatusCode"},
    PropertyTable{"ForwardConfig", false, "TargetGroupStickinessConfig~ TargetGroups=[]WeightedGroup"},
    PropertyTable{"WeightedGroup", false, "TargetGroupArn Weight"},
    PropertyTable{"RedirectConfig", false, "Host Path Port Protocol Query StatusCode"},
    PropertyTable{"RuleCondition", false,
                  "Field HostHeaderConfig=ConditionValues HttpHeaderConfig=ConditionValues "
                  "HttpRequestMethodConfig=ConditionValues PathPatternConfig=ConditionValues "
                  "QueryStringConfig=ConditionValues RegexValues! SourceIpConfig=ConditionValues Values"},
    PropertyTable{"ConditionValues", false, "HttpHeaderName RegexValues! Values"},
    PropertyTable{"AWS::ElasticLoadBalancingV2::TargetGroup", false,
                  "HealthCheckEnabled HealthCheckIntervalSeconds HealthCheckPath HealthCheckPort~ "
                  "HealthCheckProtocol~ HealthCheckTimeoutSeconds HealthyThresholdCount IpAddressType~ Matcher Name "
                  "Port~ Protocol~ ProtocolVersion~ Tags~ TargetGroupAttributes TargetType Targets "
                  "UnhealthyThresholdCount VpcId~"},
};

}  // namespace

std::span<const PropertyTable> other_tables() {
    return kOtherTables;
}

}  // namespace understudy::app::templates
