#pragma once

#include "emulator/app/access.hpp"
#include "emulator/gateway/access/policy.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace understudy::access {

/// What an authorizer decided, apart from any single request: this is what is cached.
struct Grant {
    std::variant<bool, Policy> decision = false;  ///< A simple answer, or a policy.
    std::string principal = {};
    std::vector<std::pair<std::string, std::string>> context = {};  ///< REST: name and plain text.
    std::string context_json = {};                                  ///< HTTP API: as written; empty for none.
    std::string usage_key = {};                                     ///< REST: `usageIdentifierKey`

    Evaluation evaluate(std::string_view method_arn, const ConditionKeys& keys) const;
    /// Whether it says anything about the method.
    bool names(std::string_view method_arn) const;
};

/// The API key's place in an authorizer's reply and everything else that REST APIs take from it. Errors: what breaks
/// the rules, in words: 500 on AWS.
///
/// Rule: `principalId` (text) and `policyDocument` are there; `context` is flat and holds text, numbers and booleans
/// [API Gateway developer guide, api-gateway-lambda-authorizer-output]. A null in it is left out (unverified).
/// Tested by: AuthorizerReply.OfRest
std::variant<Grant, std::string> parse_rest_grant(std::string_view reply);

/// Rule: simple answers are `isAuthorized` and any `context`; the others a policy [API Gateway developer guide,
/// http-api-lambda-authorizer, response format]. Tested by: AuthorizerReply.OfHttp
std::variant<Grant, std::string> parse_http_grant(std::string_view reply, app::AuthorizerReply form);

/// Whether a failed authorizer said `Unauthorized`, which REST APIs answer as 401.
/// Tested by: AuthorizerReply.UnauthorizedIsSaidByExactlyThatWord
bool says_unauthorized(std::string_view error);

/// `requestContext.authorizer` of a REST API: `principalId`, the context as text, `integrationLatency`.
/// Rule: [aws-lambda-go: events/testdata/apigw-request.json]. Tested by: AuthorizerReply.AsAnEventShowsIt
std::string render_rest_authorizer(const Grant& grant, std::chrono::milliseconds latency);

/// `requestContext.authorizer` of an HTTP API: `{"lambda":…}`, the context as it was written; null for none
/// (unverified). Rule: [aws-lambda-go: events/testdata/apigw-v2-request-lambda-authorizer.json].
/// Tested by: AuthorizerReply.AsAnEventShowsIt
std::string render_http_authorizer(const Grant& grant);

/// `requestContext.authorizer` behind AWS_IAM: `{"iam":…}`, seven members. There are no users here, so the access key
/// stands for one (the ids are unverified).
/// Rule: [aws-lambda-go: events/testdata/apigw-v2-request-iam.json]. Tested by: AuthorizerReply.AsAnEventShowsIt
std::string render_iam_authorizer(std::string_view account, std::string_view access_key);

}  // namespace understudy::access
