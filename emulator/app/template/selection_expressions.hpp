#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// Notes each variable of a WebSocket API's RouteSelectionExpression that is none of the message.
///
/// Rule: `$request.body.{path_to_body_element}` [API Gateway developer guide,
/// apigateway-websocket-api-selection-expressions]. Tested by:
/// WebSocketApis.SelectionExpressionsThatAwsDoesNotDocumentAreNamed
void check_route_selection(const Value& selection, Findings& findings);

/// Notes a RouteResponseSelectionExpression that is not `$default`, which alone is taken [same page].
/// Tested by: WebSocketApis.SelectionExpressionsThatAwsDoesNotDocumentAreNamed
void check_reply_selection(const Value& selection, Findings& findings);

/// Whether a WebSocket API's ApiKeySelectionExpression finds the key in the authorizer's answer, and not in the header
/// `x-api-key`; notes any other expression, which counts as that header.
///
/// Rule: there are these two [API Gateway developer guide, apigateway-websocket-api-selection-expressions]. Tested by:
/// WebSocketApis.AConnectMayAskForAnApiKey
bool is_key_from_authorizer(const Value& selection, Findings& findings);

/// `ApiKeyRequired` of a route; notes where nothing is checked because of it. Unverified: that only `$connect`, which
/// alone has headers, asks for a key.
bool read_key_required(const Value& properties, const Route& route, ApiKind kind, Findings& findings);

}  // namespace understudy::app::templates
