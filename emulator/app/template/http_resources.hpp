#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// `AWS::ApiGatewayV2::*`: HTTP and WebSocket APIs, after their drafts are there.
void read_http_resources(Reading& reading);

}  // namespace understudy::app::templates
