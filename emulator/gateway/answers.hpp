#pragma once

#include "emulator/app/api.hpp"
#include "emulator/gateway/access_control.hpp"
#include "emulator/gateway/gateway_responses.hpp"
#include "emulator/gateway/ticket.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <string_view>

namespace understudy::gateway {

/// Whole answers of one API: the gateway's own headers around whatever is answered, and its errors.
///
/// Rule: REST and WebSocket APIs have x-amzn-RequestId and x-amz-apigw-id, HTTP APIs have Apigw-Requestid, URLs
/// x-amzn-RequestId, load balancers `Server: awselb/2.0` and no id [aws-lambda-dotnet: Tools/LambdaTestTool-v2,
/// Snapshots/V1_APIHeadersRest.json, V2_HttpAPIHeaders.json; Elastic Load Balancing, load-balancer-troubleshooting].
/// An edge-optimised REST API adds what CloudFront does [localstack/localstack: test_apigateway_basic.snapshot.json;
/// CloudFront developer guide, RequestAndResponseBehaviorCustomOrigin].
/// Unverified: the headers of URLs and WebSocket APIs, and the place and order of CloudFront's. Tested by:
/// FrontDoor.EdgeAnswersCameThroughCloudFront, FrontDoor.RestAnswersHaveTheirHeadersInAwsOrder,
/// FrontDoorKinds.AnswersOfUrls, FrontDoorKinds.AnswersOfAlb
class Answers {
  public:
    using Time = std::chrono::system_clock::time_point;

    Answers(const app::Api& api, app::Profile profile)
        : kind_(api.kind),
          profile_(profile),
          edge_(api.kind == app::ApiKind::rest && api.endpoint == app::EndpointType::edge),
          responses_(api.gateway_responses) {}

    /// Whether tickets need a `context`.
    bool are_customised() const { return !responses_.empty(); }

    http::Response finish(http::Response response, const Ticket& ticket, Time now) const;
    /// The same for what a function answered.
    http::Response finish_reply(http::Response response, const Ticket& ticket, Time now) const;
    /// The same for an error whose body is not that of the table.
    http::Response finish_error(http::Response response, std::string_view error_type, const Ticket& ticket,
                                Time now) const;
    http::Response fail(const Refusal& refusal, const Ticket& ticket, Time now) const;

  private:
    http::Response frame(http::Response response, const Ticket& ticket, Time now, std::string_view error_type) const;

    app::ApiKind kind_;
    app::Profile profile_;
    bool edge_;
    GatewayResponses responses_;
};

}  // namespace understudy::gateway
