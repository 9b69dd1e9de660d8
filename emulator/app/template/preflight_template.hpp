#pragma once

#include "emulator/app/integration.hpp"

#include <optional>
#include <string_view>

namespace understudy::app::templates {

/// The origins that a response template of a MOCK repeats in Access-Control-Allow-Origin, where it is one of those that
/// the CDK writes for a preflight of several origins, and the Serverless Framework; nullopt for any other template.
/// White space counts as one blank.
///
/// Rule: [aws-cdk: packages/aws-cdk-lib/aws-apigateway/lib/resource.ts, addCorsPreflight; the same with
/// `$origin.matches(…)` in packages/@aws-cdk/aws-apigateway/lib/resource.ts of version 1; serverless:
/// lib/plugins/aws/package/compile/events/api-gateway/lib/cors.js]. Tested by: PreflightTemplate.OfTheCdkIsUnderstood
std::optional<RepeatedOrigins> parse_preflight_template(std::string_view text);

}  // namespace understudy::app::templates
