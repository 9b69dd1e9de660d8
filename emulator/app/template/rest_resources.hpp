#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// `AWS::ApiGateway::*`: what belongs to REST APIs, SAM's too, after their drafts are there.
void read_rest_resources(Reading& reading);

/// Custom domains' mappings: `AWS::ApiGateway::BasePathMapping` and `AWS::ApiGatewayV2::ApiMapping`.
void read_domain_mappings(Reading& reading);

}  // namespace understudy::app::templates
