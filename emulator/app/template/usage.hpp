#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// `AWS::ApiGateway::ApiKey`, `UsagePlan` and `UsagePlanKey`.
void read_usage_plans(Reading& reading);

/// The plan and the key that `Auth.UsagePlan` of a SAM API makes: its own, or one shared by all that say so.
void add_serverless_usage_plan(const ApiDraft& draft, const Value& plan, Reading& reading);

/// A key and a plan for the API of a lone document, where its routes ask for one: nothing else can declare them.
void add_document_key(const ApiDraft& draft, Application& application);

}  // namespace understudy::app::templates
