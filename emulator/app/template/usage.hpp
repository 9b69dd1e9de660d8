#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// `AWS::ApiGateway::ApiKey`, `UsagePlan` and `UsagePlanKey`.
void read_usage_plans(Reading& reading);

/// The plan and the key that `Auth.UsagePlan` of a SAM API makes: its own, or one shared by all that say so.
void add_serverless_usage_plan(const ApiDraft& draft, const Value& plan, Reading& reading);

}  // namespace understudy::app::templates
