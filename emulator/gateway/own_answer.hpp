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
    Target target;  ///< As the load balancer sees it: behind `prefix`.
    /// What names the load balancer in front of the path, `/_apis/NAME`; AWS has no such thing.
    std::string_view prefix = {};
};

/// Whether a REST method that the gateway answers itself takes a request of this Content-Type.
///
/// Rule: without one it counts as `application/json` [API Gateway developer guide, integration-passthrough-behaviors].
/// Tested by: OwnAnswer.MockMethodsMayRefuseTypesWithoutATemplate
bool takes(const app::MockIntegration& mock, const http::Headers& request);

/// A REST method that the gateway answers itself. Tested by: OwnAnswer.MockMethods,
/// OwnAnswer.APreflightRepeatsOneOfSeveralOrigins
http::Response to_response(const app::MockIntegration& mock, const http::Headers& request);

/// Tested by: OwnAnswer.FixedResponses
http::Response to_response(const app::FixedResponse& fixed);

/// `Location` is `protocol://host:port/path?query`, the query only where there is one; the body is the load balancer's
/// page. Where that is the server that was asked, `prefix` stands in front of the path: who follows it comes to the
/// same load balancer.
///
/// Rule: [Elastic Load Balancing, load-balancer-listeners#redirect-actions]. Tested by: OwnAnswer.Redirects,
/// OwnAnswer.ARedirectKeepsTheWayByPathWhereItStaysOnTheServer
http::Response to_response(const app::Redirect& redirect, const RedirectSource& source);

}  // namespace understudy::gateway
