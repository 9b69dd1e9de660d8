#pragma once

#include "emulator/event/place.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace understudy::access {

/// `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/path`: what an authorizer's policy has to cover. Of a WebSocket
/// API, which has no methods, it ends with `STAGE/$connect` [API Gateway developer guide,
/// apigateway-websocket-api-lambda-auth]. Tested by: AuthorizerEvent.OfAWebSocketApi
std::string render_method_arn(std::string_view region, const event::Place& place);

/// What a TOKEN authorizer is asked: three members.
///
/// Rule: [aws-lambda-go: events/testdata/apigw-custom-auth-request.json].
/// Tested by: AuthorizerEvent.ATokenAuthorizerGetsThreeMembers
std::string render_token_event(std::string_view method_arn, std::string_view token);

/// The three forms of what a REQUEST authorizer is asked. `event` is the event that the route's function would get for
/// the same request without a body: the authorizer's differs from it at its two ends only.
///
/// Rule: [aws-lambda-go: events/testdata/apigw-custom-auth-request-type-request.json,
/// apigw-v2-custom-authorizer-v2-request.json, apigw-v2-custom-authorizer-v1-request.json]. That version 1.0 has the
/// multi-value maps too is unverified; `identitySource` without sources is null: unverified.
/// Tested by: AuthorizerEvent.OfRest, AuthorizerEvent.OfAnHttpApi, AuthorizerEvent.OfAnHttpApiInVersion1
std::string render_rest_request_event(std::string_view method_arn, std::string_view event);
std::string render_http_request_event(std::string_view route_arn, const std::vector<std::string>& identities,
                                      std::string_view event);
std::string render_http1_request_event(std::string_view method_arn, const std::vector<std::string>& identities,
                                       std::string_view event);

}  // namespace understudy::access
