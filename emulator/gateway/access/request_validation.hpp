#pragma once

#include "emulator/app/access.hpp"
#include "emulator/event/place.hpp"
#include "emulator/gateway/access/model.hpp"
#include "emulator/http/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::access {

/// The required parameters that are missing or blank, by their bare names, in the order of their full ones:
/// headers, then path, then query string, each by name.
///
/// Rule: [localstack: test_apigateway_common.snapshot.json test_api_gateway_request_validator].
/// Tested by: RequestValidation.NamesWhatIsMissingInTheRecordedOrder
std::vector<std::string> missing_parameters(const app::RequestValidation& validation, const http::Request& request,
                                            const event::Place& place);

/// `Missing required request parameters: [a, b]`
std::string render_missing(const std::vector<std::string>& names);

/// The name of the model for a request's Content-Type; nullopt where it has none and anything passes. Without a
/// Content-Type it is `application/json`'s (unverified). Tested by: RequestValidation.TheModelIsChosenByContentType
std::optional<std::string> choose_model(const app::RequestValidation& validation, const http::Headers& headers);

/// What is wrong with the body; nullopt where it may pass.
std::optional<BodyFault> find_body_fault(const app::RequestValidation& validation, const Models& models,
                                         const http::Request& request);

}  // namespace understudy::access
