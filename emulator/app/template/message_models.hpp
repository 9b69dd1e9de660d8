#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// The `AWS::ApiGatewayV2::Model`s of a WebSocket API, by name.
void read_message_models(ApiDraft& draft, Reading& reading);

/// `ModelSelectionExpression` and `RequestModels` of a route, which `properties` hold. What checks nothing is told.
void read_message_validation(const Value& properties, ApiKind kind, Route& route, Reading& reading);

}  // namespace understudy::app::templates
