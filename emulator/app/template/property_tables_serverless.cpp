#include "emulator/app/template/property_tables.hpp"

#include <array>

namespace understudy::app::templates {
namespace {

// Source: aws/serverless-application-model samtranslator/model/sam_resources.py, eventsources/push.py and
// internal/schema_source/.
constexpr std::array kServerlessTables{
    PropertyTable{
        "AWS::Serverless::Function", true,
        "FunctionName Handler Runtime CodeUri InlineCode ImageUri! PackageType DeadLetterQueue=DeadLetters "
        "Description~ MemorySize Timeout VpcConfig! Role~ AssumeRolePolicyDocument~ Policies~ RolePath~ "
        "PermissionsBoundary~ Environment=Environment Events={}Event Tags~ PropagateTags~ Tracing! "
        "KmsKeyArn~ DeploymentPreference~ ReservedConcurrentExecutions Layers EventInvokeConfig=EventInvokeConfig "
        "EphemeralStorage! AutoPublishAlias AutoPublishCodeSha256~ AutoPublishAliasAllProperties~ "
        "VersionDescription~ ProvisionedConcurrencyConfig! FileSystemConfigs! ImageConfig! "
        "CodeSigningConfigArn~ Architectures~ SnapStart! FunctionUrlConfig=FunctionUrl "
        "RuntimeManagementConfig~ LoggingConfig! RecursiveLoop~ SourceKMSKeyArn~ CapacityProviderConfig! "
        "FunctionScalingConfig! VersionDeletionPolicy~ PublishToLatestPublished~ TenancyConfig! "
        "DurableConfig!"},
    PropertyTable{"DeadLetters", true, "TargetArn Type"},
    PropertyTable{"EventInvokeConfig", true,
                  "DestinationConfig=EventDestinations MaximumEventAgeInSeconds MaximumRetryAttempts"},
    PropertyTable{"EventDestinations", true, "OnFailure=EventDestination OnSuccess=EventDestination"},
    PropertyTable{"EventDestination", true, "Destination Type"},
    PropertyTable{"Environment", true, "Variables"},
    PropertyTable{"FunctionUrl", true, "AuthType Cors=FunctionUrlCors InvokeMode"},
    PropertyTable{"FunctionUrlCors", true,
                  "AllowCredentials AllowHeaders AllowMethods AllowOrigins ExposeHeaders MaxAge"},
    PropertyTable{"Event", true, "Type Properties"},
    PropertyTable{"ApiEvent", true,
                  "Path Method RestApiId Stage~ Auth=ApiEventAuth RequestModel=RequestModel RequestParameters "
                  "TimeoutInMillis ResponseTransferMode"},
    PropertyTable{"ApiEventAuth", true,
                  "ApiKeyRequired AuthorizationScopes Authorizer InvokeRole~ ResourcePolicy! OverrideApiAuth"},
    PropertyTable{"RequestModel", true, "Model Required~ ValidateBody ValidateParameters"},
    PropertyTable{"HttpApiEvent", true,
                  "Path Method ApiId Stage~ Auth=HttpApiEventAuth TimeoutInMillis RouteSettings=RouteSettings "
                  "PayloadFormatVersion"},
    PropertyTable{"HttpApiEventAuth", true, "AuthorizationScopes Authorizer"},
    PropertyTable{
        "AWS::Serverless::Api", true,
        "Name~ StageName Tags~ PropagateTags~ DefinitionBody DefinitionUri MergeDefinitions "
        "CacheClusterEnabled! CacheClusterSize~ Variables EndpointConfiguration MethodSettings=[]MethodSetting "
        "BinaryMediaTypes MinimumCompressionSize Cors=ApiCors Auth=ApiAuth "
        "GatewayResponses={}GatewayResponse AccessLogSetting! CanarySetting! TracingEnabled! OpenApiVersion~ "
        "Models Domain=ApiDomain FailOnWarnings~ Description~ Mode~ DisableExecuteApiEndpoint! "
        "ApiKeySourceType AlwaysDeploy~ Policy! SecurityPolicy~ EndpointAccessMode~"},
    PropertyTable{"ApiCors", true, "AllowMethods AllowHeaders AllowOrigin MaxAge AllowCredentials"},
    PropertyTable{"ApiAuth", true,
                  "Authorizers={}ApiAuthorizer DefaultAuthorizer InvokeRole~ AddDefaultAuthorizerToCorsPreflight "
                  "AddApiKeyRequiredToCorsPreflight ApiKeyRequired ResourcePolicy! UsagePlan=ApiUsagePlan"},
    PropertyTable{"ApiAuthorizer", false,
                  "UserPoolArn! FunctionArn FunctionInvokeRole~ FunctionPayloadType Identity=AuthorizerIdentity "
                  "AuthorizationScopes DisableFunctionDefaultPermissions~"},
    PropertyTable{"AuthorizerIdentity", false,
                  "Header Headers QueryStrings StageVariables Context ValidationExpression ReauthorizeEvery"},
    PropertyTable{"ApiUsagePlan", true,
                  "CreateUsagePlan Description~ Quota=Quota Tags~ Throttle=Throttle UsagePlanName"},
    PropertyTable{"GatewayResponse", true, "ResponseParameters=ResponseParameters ResponseTemplates StatusCode"},
    PropertyTable{"ResponseParameters", true, "Headers Paths! QueryStrings!"},
    PropertyTable{"ApiDomain", true,
                  "BasePath NormalizeBasePath Policy! CertificateArn~ DomainName EndpointConfiguration~ "
                  "IpAddressType~ MutualTlsAuthentication! OwnershipVerificationCertificateArn~ Route53~ "
                  "SecurityPolicy~ EndpointAccessMode~ AccessAssociation~"},
    PropertyTable{"AWS::Serverless::HttpApi", true,
                  "Name~ StageName Tags~ PropagateTags~ DefinitionBody DefinitionUri StageVariables "
                  "CorsConfiguration=HttpCors AccessLogSettings! DefaultRouteSettings=RouteSettings Auth=HttpApiAuth "
                  "RouteSettings={}RouteSettings Domain=HttpDomain FailOnWarnings~ Description~ "
                  "DisableExecuteApiEndpoint!"},
    PropertyTable{"HttpCors", true, "AllowCredentials AllowHeaders AllowMethods AllowOrigins ExposeHeaders MaxAge"},
    PropertyTable{"HttpApiAuth", true, "Authorizers={}HttpAuthorizer DefaultAuthorizer EnableIamAuthorizer"},
    PropertyTable{"HttpAuthorizer", false,
                  "AuthorizationScopes IdentitySource JwtConfiguration AuthorizerPayloadFormatVersion "
                  "EnableSimpleResponses FunctionArn FunctionInvokeRole~ EnableFunctionDefaultPermissions~ "
                  "Identity=AuthorizerIdentity"},
    PropertyTable{"HttpDomain", true,
                  "BasePath CertificateArn~ DomainName EndpointConfiguration~ MutualTlsAuthentication! "
                  "OwnershipVerificationCertificateArn~ Route53~ SecurityPolicy~"},
    PropertyTable{"AWS::Serverless::WebSocketApi", true,
                  "ApiKeySelectionExpression AccessLogSettings! Auth=WebSocketAuth DefaultRouteSettings=RouteSettings "
                  "Description~ DisableExecuteApiEndpoint! Domain=HttpDomain DisableSchemaValidation~ FailOnWarnings~ "
                  "IpAddressType~ Name~ PropagateTags~ Routes={}WebSocketRoute RouteSettings={}RouteSettings "
                  "RouteSelectionExpression StageName StageVariables Tags~"},
    PropertyTable{"WebSocketAuth", true, "AuthArn AuthType InvokeRole~ IdentitySource Name"},
    PropertyTable{"WebSocketRoute", true,
                  "ApiKeyRequired FunctionArn IntegrationTimeout ModelSelectionExpression OperationName "
                  "RequestModels RequestParameters! RouteResponseSelectionExpression"},
    PropertyTable{"AWS::Serverless::LayerVersion", true,
                  "LayerName Description~ PublishLambdaVersion~ ContentUri CompatibleArchitectures~ "
                  "CompatibleRuntimes~ LicenseInfo~ RetentionPolicy~"},
};

}  // namespace

std::span<const PropertyTable> serverless_tables() {
    return kServerlessTables;
}

}  // namespace understudy::app::templates
