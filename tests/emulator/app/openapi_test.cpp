#include "tests/emulator/app/summary.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace understudy::app {
namespace {

constexpr std::string_view kIntegration =
    "x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: "
    "'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:Fn/"
    "invocations'}";

/// A document with one path, read alone: its routes and the notices, or the problem.
std::string read_document(std::string_view path_item, std::string_view sections = "") {
    std::string yaml = "openapi: 3.0.1\n" + std::string(sections) + "paths:\n  /a: " + std::string(path_item) + '\n';
    if (const std::size_t at = yaml.find('%'); at != std::string::npos) yaml.replace(at, 1, kIntegration);
    const auto document = source::parse_document(yaml, "o.yaml");
    const auto read = read_openapi(*document, ApiKind::rest, {.folder = "/app"});
    if (!read) return source::to_string(read.error().front());
    std::string text = summarise(*read);
    const std::size_t route = text.find("  route ");
    const std::size_t note = text.find("note ");
    return text.substr(std::min({route, note, text.size()}));
}

struct DocumentCase {
    std::string_view path_item;
    std::string_view sections;
    std::string_view expected;
};

TEST(OpenApi, SecurityThatApiGatewayIgnoresIsNotedAndWhatIsNotEmulatedLetsNobodyIn) {
    for (const auto& [path_item, sections, expected] : {
             DocumentCase{
                 "{get: {security: [{nope: []}], %}}", "",
                 "  route GET /a -> Fn\n"
                 "note 3: there is no security scheme 'nope': API Gateway ignores it, and by it alone the route "
                 "is open to everybody\n"},
             DocumentCase{"{get: {security: [{b: []}], %}}",
                          "components: {securitySchemes: {b: {type: http, scheme: bearer}}}\n",
                          "  route GET /a -> Fn\n"
                          "note 4: the security scheme 'b', of type http, has no x-amazon-apigateway-authorizer: API "
                          "Gateway ignores it, and by it alone the route is open to everybody\n"},
             DocumentCase{"{get: {security: [{b: [read]}], %}}",
                          "components: {securitySchemes: {b: {type: oauth2, flows: {}}}}\n",
                          "  route GET /a -> Fn\n"
                          "note 4: the security scheme 'b', of type oauth2, has no x-amazon-apigateway-authorizer: API "
                          "Gateway ignores it, and by it alone the route is open to everybody\n"},
             DocumentCase{"{get: {x-amazon-apigateway-auth: {type: CUSTOM}, %}}", "",
                          "  route GET /a -> unsupported authorizer x-amazon-apigateway-auth CUSTOM\n"
                          "note 3: x-amazon-apigateway-auth knows AWS_IAM and NONE: 'CUSTOM' is not emulated, and its "
                          "route lets nobody in\n"},
             DocumentCase{"{get: {x-amazon-apigateway-auth: {type: aws_iam}, %}}", "", "  route GET /a -> Fn iam\n"},
             DocumentCase{"{get: {x-amazon-apigateway-auth: {type: none}, %}}", "", "  route GET /a -> Fn\n"},
         }) {
        EXPECT_EQ(read_document(path_item, sections), expected) << path_item;
    }
}

TEST(OpenApi, WhatApiGatewayDoesNotKnowIsNotedWithWhatComesOfIt) {
    constexpr std::string_view kValidators =
        "x-amazon-apigateway-request-validators: {all: {validateRequestBody: true, validateRequestParameters: true}}\n"
        "x-amazon-apigateway-request-validator: all\n";
    for (const auto& [path_item, sections, expected] : {
             DocumentCase{"{gett: {%}}", "", "note 3: unknown property 'gett' in the path '/a'\n"},
             DocumentCase{"{$ref: ./a.yaml}", "",
                          "note 3: the reference './a.yaml' leads nowhere in this document: the routes of '/a' are "
                          "missing\n"},
             DocumentCase{
                 "{$ref: '#/components/nope'}", "",
                 "note 3: the reference '#/components/nope' leads nowhere in this document: the routes of '/a' "
                 "are missing\n"},
             DocumentCase{
                 "{post: {requestBody: {$ref: '#/components/requestBodies/Nope'}, %}}", kValidators,
                 "  route POST /a -> Fn validates parameters body \n"
                 "note 5: the reference '#/components/requestBodies/Nope' leads nowhere in this document: bodies "
                 "are not checked\n"},
             DocumentCase{"{post: {parameters: [{$ref: '#/components/parameters/Nope'}], %}}", kValidators,
                          "  route POST /a -> Fn validates parameters body \n"
                          "note 5: the reference '#/components/parameters/Nope' leads nowhere in this document: this "
                          "parameter is not checked\n"},
             DocumentCase{"{get: {securty: [], x-amazon-apigateway-requestvalidator: all, x-mine: 1, %}}", "",
                          "  route GET /a -> Fn\n"
                          "note 3: unknown property 'securty' in GET /a\n"
                          "note 3: unknown property 'x-amazon-apigateway-requestvalidator' in GET /a\n"},
         }) {
        EXPECT_EQ(read_document(path_item, sections), expected) << path_item;
    }
}

TEST(OpenApi, ValuesThatApiGatewayRefusesAreProblemsWithTheirPlace) {
    const auto read = [](const std::string& member) {
        const std::string text = read_document("{get: {x-amazon-apigateway-integration: {type: aws_proxy, " + member +
                                               ", uri: 'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                                               "arn:aws:lambda:us-east-1:123456789012:function:F/invocations'}}}");
        return text.substr(0, text.find('\n'));
    };
    EXPECT_EQ(read("payloadFormatVersion: '3.0'"), "o.yaml:3:87: AWS takes 1.0, 2.0, 1 or 2 here");
    EXPECT_EQ(read("timeoutInMillis: 999999"), "o.yaml:3:82: AWS takes 50 to 300000 here");
    EXPECT_EQ(read("responseTransferMode: FOO"), "o.yaml:3:87: AWS takes BUFFERED or STREAM here");
}

/// The route of a MOCK that asks for `status`, with responses for the selections, which answer 201, 202, ….
std::string read_mock(std::string_view status, const std::vector<std::string>& selections, std::string_view more = "") {
    std::string responses;
    int answer = 201;
    for (const std::string& selection : selections)
        responses += '\'' + selection + "': {statusCode: '" + std::to_string(answer++) + "'}, ";
    const std::string text = read_document(
        "{get: {x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: "
        "'{\"statusCode\": " +
        std::string(status) + "}', text/csv: ''}, " + std::string(more) + "responses: {" + responses + "}}}}");
    return text.substr(0, text.find('\n'));
}

TEST(OpenApi, ResponsesOfMocksAreSelectedByExpressions) {
    EXPECT_EQ(read_mock("302", {"default", R"(3\d{2})"}), "  route GET /a -> mock 202");
    EXPECT_EQ(read_mock("302", {R"(3\d{2})", "302"}), "  route GET /a -> mock 202") << "spelled so";
    EXPECT_EQ(read_mock("302", {"3", "0", "default"}), "  route GET /a -> mock 203") << "the whole is meant";
    EXPECT_EQ(read_mock("302", {"(?!2).*", "default"}), "  route GET /a -> mock 201");
    EXPECT_EQ(read_mock("302", {"(", "default"}), "  route GET /a -> mock 202") << "cannot be read";
    EXPECT_EQ(read_mock("302", {R"(2\d{2})"}), "  route GET /a -> unsupported MOCK");
}

TEST(OpenApi, MocksMayRefuseTypesWithoutARequestTemplate) {
    EXPECT_EQ(read_mock("200", {"default"}, "passthroughBehavior: when_no_match, "), "  route GET /a -> mock 201");
    for (const char* behaviour : {"never", "WHEN_NO_TEMPLATES"}) {
        EXPECT_EQ(read_mock("200", {"default"}, "passthroughBehavior: " + std::string(behaviour) + ", "),
                  "  route GET /a -> mock 201 of application/json,text/csv");
    }
}

TEST(OpenApi, ModelsAndPatternsAreLeftToBeCompiled) {
    const std::string yaml =
        "openapi: 3.0.1\n"
        "x-amazon-apigateway-request-validators: {all: {validateRequestBody: true}}\n"
        "x-amazon-apigateway-request-validator: all\n"
        "components:\n"
        "  schemas: {A: {type: object}}\n"
        "  securitySchemes: {t: {type: apiKey, name: X, x-amazon-apigateway-authorizer: {type: token, authorizerUri: "
        "'arn:aws:lambda:us-east-1:123456789012:function:Fn', identityValidationExpression: '(['}}}\n"
        "paths: {/a: {post: {requestBody: {content: {application/json: {schema: {$ref: "
        "'#/components/schemas/Gone'}}}}, " +
        std::string(kIntegration) + "}}}\n";
    const auto document = source::parse_document(yaml, "o.yaml");
    const auto read = read_openapi(*document, ApiKind::rest, {.folder = "/app"});
    ASSERT_TRUE(read) << read.error().front();
    std::string text;
    for (const Expression& expression : read->expressions) {
        text += std::to_string(expression.place.position().line) + ' ' + expression.model + expression.pattern + '\n';
    }
    EXPECT_EQ(text, "5 A\n6 ([\n7 Gone\n");
}

TEST(OpenApi, PatternsOfOriginsThatAPreflightRepeatsAreLeftToBeCompiled) {
    const std::string yaml =
        "openapi: 3.0.1\n"
        "paths: {/a: {options: {x-amazon-apigateway-integration: {type: mock, requestTemplates: {application/json: "
        "'{\"statusCode\": 204}'}, responses: {default: {statusCode: '204', responseParameters: "
        "{method.response.header.Access-Control-Allow-Origin: \"'https://a'\"}, responseTemplates: {application/json:\n"
        " '#set($origin = $input.params().header.get(\"Origin\")) #if($origin == \"\") #set($origin = "
        "$input.params().header.get(\"origin\")) #end #if($origin.matches(\"https://b\") || $origin.matches(\"(\")) "
        "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end'}}}}}}}\n";
    const auto document = source::parse_document(yaml, "o.yaml");
    const auto read = read_openapi(*document, ApiKind::rest, {.folder = "/app"});
    ASSERT_TRUE(read) << read.error().front();
    ASSERT_EQ(read->expressions.size(), 2U);
    EXPECT_EQ(read->expressions[0].pattern, "https://b");
    EXPECT_EQ(read->expressions[1].pattern, "(");
    EXPECT_EQ(read->expressions[1].place.position().line, 3);
    EXPECT_TRUE(read->expressions[1].of == Expression::Of::origin);
}

TEST(OpenApi, SchemasThatStandInAnOperationAreModelsByMediaType) {
    const std::string yaml =
        "openapi: 3.0.1\n"
        "x-amazon-apigateway-request-validators: {all: {validateRequestBody: true}}\n"
        "x-amazon-apigateway-request-validator: all\n"
        "paths: {/a: {post: {requestBody: {content: {application/json: {schema: {required: [a]}}, text/x: {schema: "
        "{pattern: '('}}}}, " +
        std::string(kIntegration) + "}}}\n";
    const auto document = source::parse_document(yaml, "o.yaml");
    const auto read = read_openapi(*document, ApiKind::rest, {.folder = "/app"});
    ASSERT_TRUE(read) << read.error().front();
    const Api& api = read->application.apis.front();
    const auto& models = api.routes.front().validation->models;
    EXPECT_EQ(api.models.at(models.at("application/json")), R"({"required":["a"]})");
    EXPECT_EQ(api.models.at(models.at("text/x")), R"({"pattern":"("})");
    ASSERT_EQ(read->expressions.size(), 2U) << "both are left to be compiled";
    EXPECT_EQ(read->expressions[1].model, models.at("text/x"));
}

TEST(OpenApi, ARouteOfALoneDocumentThatAsksForAKeyHasOne) {
    const std::string yaml =
        "openapi: 3.0.1\ncomponents: {securitySchemes: {k: {type: apiKey, name: x-api-key, in: "
        "header}}}\npaths: {/a: {get: {security: [{k: []}], " +
        std::string(kIntegration) + "}}}\n";
    const auto document = source::parse_document(yaml, "o.yaml");
    const auto read = read_openapi(*document, ApiKind::rest, {.folder = "/app"});
    ASSERT_TRUE(read) << read.error().front();
    ASSERT_EQ(read->application.api_keys.size(), 1U);
    EXPECT_TRUE(read->application.api_keys[0].generated);
    EXPECT_EQ(read->application.api_keys[0].value.size(), 40U);
    ASSERT_EQ(read->application.usage_plans.size(), 1U);
    EXPECT_EQ(read->application.usage_plans[0].key_ids, std::vector<std::string>{read->application.api_keys[0].id});
    EXPECT_EQ(read->application.usage_plans[0].stages[0].stage, "prod");
}

}  // namespace
}  // namespace understudy::app
