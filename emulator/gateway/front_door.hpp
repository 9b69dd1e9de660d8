#pragma once

#include "emulator/app/application.hpp"
#include "emulator/event/facts.hpp"
#include "emulator/event/reply.hpp"
#include "emulator/event/stream_reply.hpp"
#include "emulator/gateway/access_control.hpp"
#include "emulator/gateway/answers.hpp"
#include "emulator/gateway/api_identity.hpp"
#include "emulator/gateway/cors.hpp"
#include "emulator/gateway/function_reply.hpp"
#include "emulator/gateway/limits.hpp"
#include "emulator/gateway/rendering.hpp"
#include "emulator/gateway/router.hpp"
#include "emulator/gateway/stage.hpp"
#include "emulator/gateway/verdict.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

namespace understudy::gateway {

/// The front door of one API: HTTP request to event, function's reply to HTTP response, and what the gateway answers by
/// itself. Pure: no clock, no ids, no sockets; one for all of an API's requests. Has the state of `AccessControl`.
class FrontDoor {
  public:
    /// Copies what it needs.
    FrontDoor(const app::Application& application, const app::Api& api);

    /// Reads a request; its body is not copied but into the event. Without an entrance its stage is implied.
    Verdict admit(const http::Request& request, const event::Facts& facts) { return admit(request, {}, facts); }
    Verdict admit(const http::Request& request, const Entrance& entrance, const event::Facts& facts);

    /// Goes on where `admit` gave an `AuthorizerCall`. `request` is the same again.
    Verdict authorized(const PendingRequest& pending, const http::Request& request, const FunctionReply& reply,
                       std::chrono::system_clock::time_point now);

    Answer answer(const Ticket& ticket, FunctionReply reply, std::chrono::system_clock::time_point now) const;

    /// Takes the reply apart that a function streams under this type. Only for what was accepted with `stream`.
    event::StreamReply read_stream(std::string_view content_type) const;
    /// What goes out before the body of a streamed reply: the head with the gateway's own headers and an empty body.
    /// Where `reply` is a failure, the whole answer to it instead.
    Answer answer_head(const Ticket& ticket, event::Reply&& reply, std::chrono::system_clock::time_point now) const;

    /// The answer to bytes that never became a request; the connection is closed behind it.
    http::Response refuse(ErrorKind kind, const event::Facts& facts) const;
    /// The same to a request whose head is whole and whose body is not read: with CORS and gateway responses, which
    /// know its route.
    Answer refuse_body(ErrorKind kind, const http::Request& head, const Entrance& entrance,
                       const event::Facts& facts) const;

    /// Who may pass: for keys that come from elsewhere.
    AccessControl& access() { return access_; }

    /// How long the gateway waits for a function whose route says nothing else.
    std::chrono::milliseconds integration_timeout() const { return limits_.integration_timeout; }
    const Limits& limits() const { return limits_; }

  private:
    struct Visit;

    template <class Go>
    Verdict with_plain_body(const http::Request& request, const Entrance& entrance, const event::Facts& facts,
                            Go go) const;
    Ticket issue_ticket(const http::Request& request, const event::Facts& facts) const;
    Visit begin(const http::Request& request, const Entrance& entrance, const event::Facts& facts) const;
    std::optional<ErrorKind> enter_stage(Visit& visit) const;
    std::optional<Answer> route(Visit& visit) const;
    std::optional<Answer> match_route(Visit& visit) const;
    bool find_place(Visit& visit) const;
    static AlbRequest seen_by_rules(const Visit& visit);
    void describe_place(Visit& visit) const;
    Verdict proceed(Visit& visit, AccessDecision&& decision) const;
    Answer answer_preflight(const Visit& visit) const;
    Verdict integrate(Visit& visit, Pass&& pass) const;
    Verdict forward_to_one(Visit& visit, const app::WeightedForward& forward, Pass&& pass) const;
    Verdict invoke(Visit& visit, const app::LambdaIntegration& integration, Pass&& pass) const;
    std::optional<http::Request> change_request(Visit& visit, const app::LambdaIntegration& integration) const;
    app::TransferMode transfer_of(const app::LambdaIntegration& integration) const;
    Answer answer_by_itself(const Visit& visit, const app::Integration& integration) const;
    std::shared_ptr<const ResponseContext> context_of(const Visit& visit, std::string_view authorizer) const;
    Answer fail(const Visit& visit, Refusal refusal) const;
    Answer fail_with(const Visit& visit, event::Finding finding) const;
    Answer fail_large(const Visit& visit, ErrorKind kind, std::optional<std::size_t> size) const;
    Answer fail(const Visit& visit, ErrorKind kind) const { return fail(visit, Refusal{.kind = kind}); }

    std::shared_ptr<const app::Api> api_;
    Limits limits_;
    ApiIdentity identity_;
    Router router_;
    Rendering rendering_;
    Answers answers_;
    std::optional<CorsPolicy> cors_;
    AccessControl access_;
};

}  // namespace understudy::gateway
