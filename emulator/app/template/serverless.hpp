#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// The APIs that SAM makes for events without one: `ServerlessRestApi` and `ServerlessHttpApi`.
void add_implicit_apis(Reading& reading);

/// The definitions of SAM's APIs, before their functions' events.
void read_serverless_definitions(Reading& reading);

/// The events of functions: routes of REST and HTTP APIs; others are noted.
void read_events(Reading& reading);

/// What SAM lays over an API's routes once all are there: CORS, authorizers, keys, answers, models; its stage and
/// domain.
void finish_serverless_apis(Reading& reading);

/// `Auth` of a REST API, of an HTTP API.
void apply_api_auth(ApiDraft& draft, Reading& reading);
void apply_http_api_auth(ApiDraft& draft, Reading& reading);

/// The routes of a `AWS::Serverless::WebSocketApi`.
void read_serverless_websocket(ApiDraft& draft, Reading& reading);

/// `RouteSettings`, `DefaultRouteSettings` and `MethodSettings` of a stage.
std::optional<Throttle> read_throttle(const Value& settings, Findings& findings);
void read_route_settings(const Value& settings, Stage& stage, Findings& findings);
void read_method_settings(const Value& settings, Stage& stage, Findings& findings);

/// `EDGE`, `REGIONAL`; what is private is taken for regional, and said so. Absent: EDGE.
EndpointType read_endpoint(const Value& configuration, Findings& findings);

}  // namespace understudy::app::templates
