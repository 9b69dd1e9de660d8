#pragma once

#include "emulator/app/api.hpp"
#include "emulator/event/finding.hpp"
#include "emulator/gateway/access/json_web_token.hpp"
#include "emulator/gateway/access/policy.hpp"
#include "emulator/gateway/access/request_signature.hpp"
#include "emulator/gateway/access_control.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::gateway {

/// Whether authorizers are asked and answer as those of REST APIs do [API Gateway developer guide,
/// apigateway-websocket-api-lambda-auth].
constexpr bool has_authorizers_of_rest(app::ApiKind front) {
    return front == app::ApiKind::rest || front == app::ApiKind::websocket;
}

/// What an authorizer that says no comes to; nullopt where it does not.
///
/// Rule: REST tells an explicit deny from none [localstack: next_gen/execute_api/gateway_response.py]; HTTP APIs say
/// Forbidden. Tested by: AccessControl.ARestApiTellsAnExplicitDenyFromNone
std::optional<Refusal> refuse_effect(app::ApiKind front, access::Effect effect);

/// What an authorizer that failed comes to.
///
/// Rule: REST: `Unauthorized` is 401, all else a 500 whose message is null; HTTP API: 500 [API Gateway developer guide,
/// apigateway-use-lambda-authorizer, http-api-lambda-authorizer]. That throttling is AUTHORIZER_FAILURE is unverified.
/// Tested by: AccessControl.WhatAFailedAuthorizerComesTo
Refusal refuse_failed_authorizer(app::ApiKind front, const FunctionReply& reply);

/// What an authorizer's reply that breaks the rules comes to.
Refusal refuse_unusable_reply(const std::string& authorizer, const std::string& problem);

Refusal refuse_token(const access::RefusedToken& token);

/// What a signature that does not count comes to: a REST API tells why at length, a function URL in short, an HTTP API
/// not at all (unverified).
///
/// Rule: function URL [github.com/minorun365/html-share issue 4]. Tested by: AccessControl.ASignatureThatDoesNotCount
Refusal refuse_signature(app::ApiKind front, access::SignatureFault fault, std::string message);

/// What a REST API's method that asks for authorization comes to where its ARN, in which the path stands, has more than
/// 1,600 bytes; nullopt where it does not.
///
/// Rule: 414 [API Gateway developer guide, limits]. Unverified: its text, that it goes before a missing credential, and
/// that it holds with AWS_IAM too. Tested by: AccessControl.AMethodArnHasAtMostSixteenHundredBytes
std::optional<Refusal> refuse_method_arn(std::string_view method_arn);

/// That an `AWS_IAM` route lets everybody pass here.
event::Finding find_unchecked_iam();

/// That a cached policy denies a method which it does not name: a frequent mistake.
event::Finding find_cached_policy(std::string_view method_arn);

/// That a policy's Condition holds something that is not understood.
event::Finding find_policy_condition(const access::Oddity& oddity);

/// Ids of what can be odd about an authorization.
inline constexpr std::string_view kAuthorizerFailed = "authorizer-failed";
inline constexpr std::string_view kAuthorizerReply = "authorizer-reply";
inline constexpr std::string_view kCachedPolicy = "authorizer-cached-policy";
inline constexpr std::string_view kPolicyCondition = "authorizer-policy-condition";
inline constexpr std::string_view kIamNotChecked = "iam-not-checked";
inline constexpr std::string_view kBodyRefused = "rest-body-refused";
inline constexpr std::string_view kMethodArnTooLong = "method-arn-too-long";

}  // namespace understudy::gateway
