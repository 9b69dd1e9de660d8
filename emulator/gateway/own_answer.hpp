#pragma once

#include "emulator/app/integration.hpp"
#include "emulator/gateway/target.hpp"
#include "emulator/http/message.hpp"

#include <cstdint>
#include <string_view>

namespace understudy::gateway {

/// What a redirect's `#{…}` stand for: the request's own.
struct RedirectSource {
    std::string_view protocol;  ///< `http` or `https`.
    std::string_view host;      ///< Without its port.
    std::uint16_t port;
    Target target;
};

/// A REST method that the gateway answers itself. Tested by: OwnAnswer.MockMethods
http::Response to_response(const app::MockIntegration& mock, const http::Headers& request);

/// Tested by: OwnAnswer.FixedResponses
http::Response to_response(const app::FixedResponse& fixed);

/// `Location` is `protocol://host:port/path?query`, the query only where there is one; the body is the load balancer's
/// page.
///
/// Rule: [Elastic Load Balancing, load-balancer-listeners#redirect-actions]. Tested by: OwnAnswer.Redirects
http::Response to_response(const app::Redirect& redirect, const RedirectSource& source);

}  // namespace understudy::gateway
