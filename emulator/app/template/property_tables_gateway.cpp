#include "emulator/app/template/property_tables.hpp"

#include <array>

namespace understudy::app::templates {
namespace {

// Source: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide, AWS_ApiGateway.html and AWS_ApiGatewayV2.html;
// docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html.
constexpr std::array kGatewayTables{
    PropertyTable{"AWS::ApiGateway::RestApi", false,
                  "ApiKeySourceType BinaryMediaTypes Body BodyS3Location! CloneFrom! Description~ "
                  "DisableExecuteApiEndpoint! EndpointConfiguration FailOnWarnings~ MinimumCompressionSize Mode~ Name~ "
                  "Parameters=ImportParameters Policy! Tags~ SecurityPolicy~ EndpointAccessMode~"},
    PropertyTable{"ImportParameters", false, "basepath endpointConfigurationTypes ignore~ vpcEndpointIds~"},
    PropertyTable{"AWS::ApiGateway::Resource", false, "ParentId PathPart RestApiId"},
    PropertyTable{"AWS::ApiGateway::Method", false,
                  "ApiKeyRequired AuthorizationScopes AuthorizationType AuthorizerId HttpMethod "
                  "Integration=RestIntegration MethodResponses~ OperationName RequestModels RequestParameters "
                  "RequestValidatorId ResourceId RestApiId"},
    PropertyTable{"RestIntegration", false,
                  "CacheKeyParameters~ CacheNamespace~ ConnectionId! ConnectionType~ ContentHandling Credentials~ "
                  "IntegrationHttpMethod IntegrationResponses=[]IntegrationResponse IntegrationTarget! "
                  "PassthroughBehavior RequestParameters~ RequestTemplates ResponseTransferMode TimeoutInMillis "
                  "TlsConfig~ Type Uri"},
    PropertyTable{"IntegrationResponse", false,
                  "ContentHandling~ ResponseParameters ResponseTemplates SelectionPattern StatusCode"},
    PropertyTable{"AWS::ApiGateway::Deployment", false,
                  "DeploymentCanarySettings! Description~ RestApiId StageDescription=StageDescription StageName"},
    PropertyTable{"StageDescription", false,
                  "AccessLogSetting! CacheClusterEnabled! CacheClusterSize~ CacheDataEncrypted~ CacheTtlInSeconds~ "
                  "CachingEnabled! CanarySetting! ClientCertificateId~ DataTraceEnabled~ Description~ "
                  "DocumentationVersion~ LoggingLevel~ MethodSettings=[]MethodSetting MetricsEnabled~ Tags~ "
                  "ThrottlingBurstLimit ThrottlingRateLimit TracingEnabled! Variables"},
    PropertyTable{"AWS::ApiGateway::Stage", false,
                  "AccessLogSetting! CacheClusterEnabled! CacheClusterSize~ CanarySetting! ClientCertificateId~ "
                  "DeploymentId~ Description~ DocumentationVersion~ MethodSettings=[]MethodSetting RestApiId StageName "
                  "Tags~ TracingEnabled! Variables"},
    PropertyTable{"MethodSetting", false,
                  "CacheDataEncrypted~ CacheTtlInSeconds~ CachingEnabled! DataTraceEnabled~ HttpMethod LoggingLevel~ "
                  "MetricsEnabled~ ResourcePath ThrottlingBurstLimit ThrottlingRateLimit"},
    PropertyTable{"AWS::ApiGateway::Authorizer", false,
                  "AuthType~ AuthorizerCredentials~ AuthorizerResultTtlInSeconds AuthorizerUri IdentitySource "
                  "IdentityValidationExpression Name ProviderARNs! RestApiId Type"},
    PropertyTable{"AWS::ApiGateway::Model", false, "ContentType~ Description~ Name RestApiId Schema"},
    PropertyTable{"AWS::ApiGateway::RequestValidator", false,
                  "Name~ RestApiId ValidateRequestBody ValidateRequestParameters"},
    PropertyTable{"AWS::ApiGateway::GatewayResponse", false,
                  "ResponseParameters ResponseTemplates ResponseType RestApiId StatusCode"},
    PropertyTable{"AWS::ApiGateway::ApiKey", false,
                  "CustomerId~ Description~ Enabled GenerateDistinctId~ Name StageKeys~ Tags~ Value"},
    PropertyTable{"AWS::ApiGateway::UsagePlan", false,
                  "ApiStages=[]ApiStage Description~ Quota=Quota Tags~ Throttle=Throttle UsagePlanName"},
    PropertyTable{"ApiStage", false, "ApiId Stage Throttle={}Throttle"},
    PropertyTable{"Quota", false, "Limit Offset! Period"},
    PropertyTable{"Throttle", false, "BurstLimit RateLimit"},
    PropertyTable{"AWS::ApiGateway::UsagePlanKey", false, "KeyId KeyType~ UsagePlanId"},
    PropertyTable{"AWS::ApiGateway::DomainName", false,
                  "CertificateArn~ DomainName EndpointConfiguration~ MutualTlsAuthentication! "
                  "OwnershipVerificationCertificateArn~ RegionalCertificateArn~ RoutingMode! SecurityPolicy~ Tags~"},
    PropertyTable{"AWS::ApiGateway::BasePathMapping", false, "BasePath DomainName Id~ RestApiId Stage"},
    PropertyTable{"AWS::ApiGatewayV2::Api", false,
                  "ApiKeySelectionExpression BasePath! Body BodyS3Location! CorsConfiguration=HttpCors "
                  "CredentialsArn~ Description~ DisableExecuteApiEndpoint! DisableSchemaValidation~ FailOnWarnings~ "
                  "IpAddressType~ Name~ ProtocolType RouteKey RouteSelectionExpression Tags~ Target Version~"},
    PropertyTable{"AWS::ApiGatewayV2::Route", false,
                  "ApiId ApiKeyRequired AuthorizationScopes AuthorizationType AuthorizerId "
                  "ModelSelectionExpression OperationName RequestModels RequestParameters! RouteKey "
                  "RouteResponseSelectionExpression Target"},
    PropertyTable{"AWS::ApiGatewayV2::Model", false, "ApiId ContentType~ Description~ Name Schema"},
    PropertyTable{"AWS::ApiGatewayV2::RouteResponse", false,
                  "ApiId ModelSelectionExpression! ResponseModels! ResponseParameters! RouteId RouteResponseKey"},
    PropertyTable{"AWS::ApiGatewayV2::Integration", false,
                  "ApiId ConnectionId! ConnectionType~ ContentHandlingStrategy~ CredentialsArn~ Description~ "
                  "IntegrationMethod~ IntegrationSubtype! IntegrationType IntegrationUri PassthroughBehavior~ "
                  "PayloadFormatVersion RequestParameters RequestTemplates! ResponseParameters "
                  "TemplateSelectionExpression! TimeoutInMillis TlsConfig~"},
    PropertyTable{"AWS::ApiGatewayV2::Stage", false,
                  "AccessLogSettings! AccessPolicyId~ ApiId AutoDeploy~ ClientCertificateId~ "
                  "DefaultRouteSettings=RouteSettings DeploymentId~ Description~ RouteSettings={}RouteSettings "
                  "StageName StageVariables Tags~"},
    PropertyTable{"RouteSettings", false,
                  "DataTraceEnabled~ DetailedMetricsEnabled~ LoggingLevel~ ThrottlingBurstLimit ThrottlingRateLimit"},
    PropertyTable{"AWS::ApiGatewayV2::Authorizer", false,
                  "ApiId AuthorizerCredentialsArn~ AuthorizerPayloadFormatVersion AuthorizerResultTtlInSeconds "
                  "AuthorizerType AuthorizerUri EnableSimpleResponses IdentitySource IdentityValidationExpression! "
                  "JwtConfiguration=JwtConfiguration Name"},
    PropertyTable{"JwtConfiguration", false, "Audience Issuer"},
    PropertyTable{"AWS::ApiGatewayV2::DomainName", false,
                  "DomainName DomainNameConfigurations~ MutualTlsAuthentication! RoutingMode! Tags~"},
    PropertyTable{"AWS::ApiGatewayV2::ApiMapping", false, "ApiId ApiMappingKey DomainName Stage"},
    PropertyTable{"AWS::ApiGatewayV2::Deployment", false, "ApiId Description~ StageName"},
    PropertyTable{"x-amazon-apigateway-integration", false,
                  "cacheKeyParameters~ cacheNamespace~ connectionId! connectionType~ contentHandling credentials~ "
                  "httpMethod integrationSubtype! integrationTarget! isDefaultRoute~ passthroughBehavior "
                  "payloadFormatVersion requestParameters requestTemplates responseParameters responseTransferMode "
                  "responses={}openapi-integration-response timeoutInMillis tlsConfig~ type uri"},
    PropertyTable{"openapi-integration-response", false,
                  "contentHandling~ responseParameters responseTemplates statusCode"},
    PropertyTable{"x-amazon-apigateway-authorizer", false,
                  "authorizerCredentials~ authorizerPayloadFormatVersion authorizerResultTtlInSeconds authorizerUri "
                  "enableSimpleResponses identitySource identityValidationExpression jwtConfiguration=openapi-jwt "
                  "providerARNs! type"},
    PropertyTable{"openapi-jwt", false, "audience issuer"},
    PropertyTable{"openapi-gateway-response", false, "responseParameters responseTemplates statusCode"},
    PropertyTable{"openapi-request-validator", false, "validateRequestBody validateRequestParameters"},
    PropertyTable{"x-amazon-apigateway-cors", false,
                  "allowCredentials allowHeaders allowMethods allowOrigins exposeHeaders maxAge"},
    PropertyTable{"openapi-path-item", false,
                  "delete description~ get head options parameters patch post put servers~ summary~ trace! "
                  "x-amazon-apigateway-any-method"},
    PropertyTable{
        "openapi-operation", false,
        "callbacks~ consumes deprecated~ description~ externalDocs~ isDefaultRoute~ operationId parameters produces~ "
        "requestBody responses~ schemes~ security servers~ summary~ tags~ x-amazon-apigateway-auth "
        "x-amazon-apigateway-documentation~ x-amazon-apigateway-integration "
        "x-amazon-apigateway-request-validator"},
    PropertyTable{"openapi-document", false,
                  "basePath components consumes~ definitions disableExecuteApiEndpoint! externalDocs~ host~ info~ "
                  "openapi paths produces~ schemes~ security securityDefinitions servers~ swagger tags~ "
                  "x-amazon-apigateway-api-key-source x-amazon-apigateway-binary-media-types "
                  "x-amazon-apigateway-cors=x-amazon-apigateway-cors x-amazon-apigateway-documentation~ "
                  "x-amazon-apigateway-endpoint-configuration! "
                  "x-amazon-apigateway-gateway-responses={}openapi-gateway-response "
                  "x-amazon-apigateway-importexport-version~ x-amazon-apigateway-minimum-compression-size "
                  "x-amazon-apigateway-policy! x-amazon-apigateway-request-validator "
                  "x-amazon-apigateway-request-validators={}openapi-request-validator"},
};

}  // namespace

std::span<const PropertyTable> gateway_tables() {
    return kGatewayTables;
}

}  // namespace understudy::app::templates
