#pragma once

#include "emulator/app/api.hpp"
#include "emulator/gateway/gateway_error.hpp"
#include "emulator/http/message.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::gateway {

/// What the templates of gateway responses may name of a request.
struct ResponseContext {
    /// `context.requestId`, `stageVariables.x`, `method.request.querystring.x`.
    std::map<std::string, std::string, std::less<>> variables = {};
    http::Headers headers = {};  ///< The request's: `method.request.header.X`.
};

/// A REST API's own words for what the gateway answers.
///
/// Rule: status (but not of REQUEST_TOO_LARGE), headers and templates of a type; DEFAULT_4XX and DEFAULT_5XX for all of
/// that class which have none of their own; variables are put in, nothing is computed; INTEGRATION_FAILURE, once it is
/// customised, is a 504 [API Gateway developer guide, api-gateway-gatewayResponse-definition,
/// supported-gateway-response-types]; `$context.error.validationErrorString` is escaped as within a JSON string [public
/// recordings]. Unverified: a variable that is not there is empty; the template is that of the first type of Accept,
/// else of application/json, else the first. Tested by: GatewayResponses.StatusHeadersAndTemplates,
/// GatewayResponses.DefaultsOfAClass
class GatewayResponses {
  public:
    explicit GatewayResponses(std::vector<app::GatewayResponse> responses) : responses_(std::move(responses)) {}

    bool empty() const { return responses_.empty(); }

    /// Status, Content-Type and own headers, and body; `body` is what the gateway would send by itself,
    /// `validation_error` what a request validator says of the request's body.
    http::Response render(const GatewayError& error, std::string body, std::string_view validation_error,
                          const ResponseContext& context) const;

  private:
    const app::GatewayResponse* find(const GatewayError& error) const;

    std::vector<app::GatewayResponse> responses_;
};

}  // namespace understudy::gateway
