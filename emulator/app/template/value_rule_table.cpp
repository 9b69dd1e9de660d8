#include "emulator/app/template/value_rules.hpp"

#include <array>

namespace understudy::app::templates {
namespace {

constexpr std::string_view kStream = "BUFFERED STREAM";
constexpr std::string_view kPayloads = "1.0 2.0 1 2";
constexpr std::string_view kStages = "$name $default";
constexpr std::string_view kStatuses = "100..599";
constexpr std::string_view kKept = "0..3600";
constexpr std::string_view kCompressed = "0..10485760";
constexpr std::string_view kRestTimeouts = "50..300000";
constexpr std::string_view kOrdinaryTimeouts = "50..29000";
constexpr std::string_view kHttpTimeouts = "50..30000";
constexpr std::string_view kRaised =
    "more than 29000 ms needs a raised quota on AWS, and an API that is regional or private";
constexpr std::string_view kQuotes = "without the quotes API Gateway takes it for a mapping expression, and refuses it";
constexpr std::string_view kLayers = "a function has no more layers";
constexpr std::string_view kSameLayer = "a layer of a function";
constexpr std::string_view kReserved =
    "API Gateway keeps this header to itself: AWS deploys no such mapping, and here it does nothing";
constexpr std::string_view kAnswers =
    "ACCESS_DENIED API_CONFIGURATION_ERROR AUTHORIZER_CONFIGURATION_ERROR AUTHORIZER_FAILURE BAD_REQUEST_BODY "
    "BAD_REQUEST_PARAMETERS DEFAULT_4XX DEFAULT_5XX EXPIRED_TOKEN INTEGRATION_FAILURE INTEGRATION_TIMEOUT "
    "INVALID_API_KEY INVALID_SIGNATURE MISSING_AUTHENTICATION_TOKEN QUOTA_EXCEEDED REQUEST_TOO_LARGE "
    "RESOURCE_NOT_FOUND THROTTLED UNAUTHORIZED UNSUPPORTED_MEDIA_TYPE WAF_FILTERED";

// Sources: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide (the page of each type);
// docs.aws.amazon.com/apigateway/latest/developerguide: supported-gateway-response-types,
// api-gateway-execution-service-limits-table, http-api-quotas, request-response-data-mappings;
// http-api-parameter-mapping, http-api-cors; docs.aws.amazon.com/elasticloadbalancing/latest/APIReference;
// docs.aws.amazon.com/lambda: dg/gettingstarted-limits, api/API_CreateFunction. What the pages leave out is what AWS
// answers in public reports: keys of 20 characters (getmoto/moto issue 2607), a layer twice
// (DataDog/serverless-plugin-datadog issue 195).
constexpr std::array kValueRules{
    ValueRule{"AWS::Serverless::Function.Architectures", "x86_64 arm64"},
    ValueRule{"AWS::Lambda::Function.Architectures", "x86_64 arm64"},
    ValueRule{"AWS::Serverless::Function.FunctionName", "$function-name", "", Subject::written},
    ValueRule{"AWS::Lambda::Function.FunctionName", "$function-name", "", Subject::written},
    ValueRule{"AWS::Serverless::Function.Layers", "0..5", kLayers, Subject::count},
    ValueRule{"AWS::Lambda::Function.Layers", "0..5", kLayers, Subject::count},
    ValueRule{"AWS::Serverless::Function.Layers", "once", kSameLayer, Subject::repeats},
    ValueRule{"AWS::Lambda::Function.Layers", "once", kSameLayer, Subject::repeats},
    ValueRule{"Environment.Variables", "0..4096", "names and values together", Subject::bytes},
    ValueRule{"AWS::Lambda::Function.Code", "text map"},
    ValueRule{"AWS::Lambda::LayerVersion.Content", "text map"},
    ValueRule{"FunctionUrl.InvokeMode", "BUFFERED RESPONSE_STREAM"},
    ValueRule{"AWS::Lambda::Url.InvokeMode", "BUFFERED RESPONSE_STREAM"},
    ValueRule{"FunctionUrlCors.AllowHeaders", "list"},
    ValueRule{"FunctionUrlCors.AllowMethods", "list"},
    ValueRule{"FunctionUrlCors.AllowOrigins", "list"},
    ValueRule{"FunctionUrlCors.ExposeHeaders", "list"},
    ValueRule{"FunctionUrlCors.MaxAge", "0..86400"},
    ValueRule{"ApiEvent.ResponseTransferMode", "BUFFERED STREAM RESPONSE_STREAM"},
    ValueRule{"ApiEvent.TimeoutInMillis", kRestTimeouts},
    ValueRule{"ApiEvent.TimeoutInMillis", kOrdinaryTimeouts, kRaised, Subject::value, Verdict::noted},
    ValueRule{"HttpApiEvent.PayloadFormatVersion", kPayloads},
    ValueRule{"HttpApiEvent.TimeoutInMillis", kHttpTimeouts},
    ValueRule{"AWS::Serverless::Api.ApiKeySourceType", "HEADER AUTHORIZER"},
    ValueRule{"AWS::Serverless::Api.Cors", "$mapping map", kQuotes},
    ValueRule{"AWS::Serverless::Api.GatewayResponses", kAnswers, "", Subject::keys},
    ValueRule{"AWS::Serverless::Api.MinimumCompressionSize", kCompressed},
    ValueRule{"AWS::Serverless::Api.StageName", "$name"},
    ValueRule{"AWS::Serverless::HttpApi.CorsConfiguration", "true false map"},
    ValueRule{"AWS::Serverless::HttpApi.StageName", kStages},
    ValueRule{"AWS::Serverless::WebSocketApi.StageName", kStages},
    ValueRule{"ApiCors.AllowHeaders", "$mapping", kQuotes},
    ValueRule{"ApiCors.AllowMethods", "$mapping", kQuotes},
    ValueRule{"ApiCors.AllowOrigin", "$mapping", kQuotes},
    ValueRule{"ApiCors.MaxAge", "$mapping", kQuotes},
    ValueRule{"GatewayResponse.StatusCode", kStatuses},
    ValueRule{"ResponseParameters.Headers", "$mapping", kQuotes, Subject::values},
    ValueRule{"AuthorizerIdentity.ReauthorizeEvery", kKept},
    ValueRule{"HttpAuthorizer.AuthorizerPayloadFormatVersion", kPayloads},
    ValueRule{"HttpCors.AllowOrigins", "$origin"},
    ValueRule{"x-amazon-apigateway-cors.allowOrigins", "$origin"},
    ValueRule{"AWS::ApiGateway::ApiKey.Value", "$key-value", "", Subject::written},
    ValueRule{"AWS::ApiGateway::RestApi.ApiKeySourceType", "HEADER AUTHORIZER"},
    ValueRule{"AWS::ApiGateway::RestApi.MinimumCompressionSize", kCompressed},
    ValueRule{"ImportParameters.basepath", "ignore prepend split"},
    ValueRule{"ImportParameters.endpointConfigurationTypes", "EDGE REGIONAL PRIVATE"},
    ValueRule{"AWS::ApiGateway::Method.AuthorizationType", "NONE AWS_IAM CUSTOM COGNITO_USER_POOLS"},
    ValueRule{"AWS::ApiGateway::Stage.StageName", "$name"},
    ValueRule{"AWS::ApiGateway::Deployment.StageName", "$name"},
    ValueRule{"AWS::ApiGateway::Authorizer.AuthorizerResultTtlInSeconds", kKept},
    ValueRule{"AWS::ApiGateway::GatewayResponse.ResponseParameters", "$mapping", kQuotes, Subject::values},
    ValueRule{"AWS::ApiGateway::GatewayResponse.ResponseType", kAnswers},
    ValueRule{"AWS::ApiGateway::GatewayResponse.StatusCode", kStatuses},
    ValueRule{"RestIntegration.ContentHandling", "CONVERT_TO_BINARY CONVERT_TO_TEXT"},
    ValueRule{"RestIntegration.PassthroughBehavior", "WHEN_NO_MATCH WHEN_NO_TEMPLATES NEVER"},
    ValueRule{"RestIntegration.ResponseTransferMode", kStream},
    ValueRule{"RestIntegration.TimeoutInMillis", kRestTimeouts},
    ValueRule{"RestIntegration.TimeoutInMillis", kOrdinaryTimeouts, kRaised, Subject::value, Verdict::noted},
    ValueRule{"IntegrationResponse.ResponseParameters", "$mapping", kQuotes, Subject::values},
    ValueRule{"IntegrationResponse.StatusCode", kStatuses},
    ValueRule{"AWS::ApiGatewayV2::Api.ProtocolType", "HTTP WEBSOCKET"},
    ValueRule{"AWS::ApiGatewayV2::Route.AuthorizationType", "NONE AWS_IAM CUSTOM JWT"},
    ValueRule{"AWS::ApiGatewayV2::Integration.PayloadFormatVersion", kPayloads},
    ValueRule{"AWS::ApiGatewayV2::Integration.RequestParameters", "$open-mapping", "", Subject::keys},
    ValueRule{"AWS::ApiGatewayV2::Integration.TimeoutInMillis", kHttpTimeouts},
    ValueRule{"ReplyParameter.Destination", "$open-mapping"},
    ValueRule{"AWS::ApiGatewayV2::Stage.StageName", kStages},
    ValueRule{"AWS::ApiGatewayV2::Authorizer.AuthorizerPayloadFormatVersion", kPayloads},
    ValueRule{"AWS::ApiGatewayV2::Authorizer.AuthorizerResultTtlInSeconds", kKept},
    ValueRule{"AWS::ApiGatewayV2::Authorizer.AuthorizerType", "REQUEST JWT"},
    ValueRule{"x-amazon-apigateway-integration.contentHandling", "CONVERT_TO_BINARY CONVERT_TO_TEXT"},
    ValueRule{"x-amazon-apigateway-integration.passthroughBehavior",
              "WHEN_NO_MATCH WHEN_NO_TEMPLATES NEVER when_no_match when_no_templates never"},
    ValueRule{"x-amazon-apigateway-integration.payloadFormatVersion", kPayloads},
    ValueRule{"x-amazon-apigateway-integration.requestParameters", "$open-mapping", kReserved, Subject::keys,
              Verdict::noted},
    ValueRule{"x-amazon-apigateway-integration.responseParameters", "$open-mapping", kReserved, Subject::keys,
              Verdict::noted},
    ValueRule{"x-amazon-apigateway-integration.responseTransferMode", kStream},
    ValueRule{"openapi-integration-response.responseParameters", "$mapping map", kQuotes, Subject::values},
    ValueRule{"openapi-integration-response.statusCode", kStatuses},
    ValueRule{"x-amazon-apigateway-authorizer.authorizerResultTtlInSeconds", kKept},
    ValueRule{"x-amazon-apigateway-authorizer.authorizerPayloadFormatVersion", kPayloads},
    ValueRule{"openapi-gateway-response.responseParameters", "$mapping", kQuotes, Subject::values},
    ValueRule{"openapi-gateway-response.statusCode", kStatuses},
    ValueRule{"openapi-document.x-amazon-apigateway-api-key-source", "HEADER AUTHORIZER"},
    ValueRule{"openapi-document.x-amazon-apigateway-gateway-responses", kAnswers, "", Subject::keys},
    ValueRule{"openapi-document.x-amazon-apigateway-minimum-compression-size", kCompressed},
    ValueRule{"AWS::ElasticLoadBalancingV2::ListenerRule.Priority", "1..50000"},
    ValueRule{"SourceIpConfig.Values", "$cidr"},
    ValueRule{"BalancerAction.Order", "1..50000"},
    ValueRule{"FixedResponseConfig.ContentType",
              "text/plain text/css text/html application/javascript application/json"},
    ValueRule{"FixedResponseConfig.StatusCode", "200..299 400..599"},
    ValueRule{"WeightedGroup.Weight", "0..999"},
    ValueRule{"RedirectConfig.Host", "$graphic"},
    ValueRule{"RedirectConfig.Port", "1..65535 #{port}"},
    ValueRule{"RedirectConfig.Protocol", "HTTP HTTPS #{protocol}"},
    ValueRule{"RedirectConfig.StatusCode", "HTTP_301 HTTP_302"},
};

}  // namespace

std::span<const ValueRule> value_rules() {
    return kValueRules;
}

}  // namespace understudy::app::templates
