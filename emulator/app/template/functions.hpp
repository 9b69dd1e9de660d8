#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// `AWS::Serverless::Function` and `AWS::Lambda::Function`, with their layers and the overlay of `--env-vars`.
void read_functions(Reading& reading);

/// `AWS::Lambda::Alias` and `AWS::Lambda::Version`: names under which a function may be invoked. Versions are numbered
/// in the template's order.
void read_aliases(Reading& reading);

/// `EventInvokeConfig` and `AWS::Lambda::EventInvokeConfig`: how long an event is tried again, and who is
/// told of its end.
void read_asynchronous_terms(Reading& reading);

/// `FunctionUrlConfig` and `AWS::Lambda::Url`, each an API of its own.
void read_function_urls(Reading& reading);

/// CORS as HTTP APIs, function URLs and OpenAPI documents write it.
Cors read_cors(const Value& value, Findings& findings);

}  // namespace understudy::app::templates
