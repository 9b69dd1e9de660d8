#include "emulator/net/front.hpp"

#include "emulator/gateway/host_guard.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace understudy::net {
namespace {

/// AWS reads headers up to 10 KiB of values and bodies up to 10 MB. The listener reads more, so that a request over the
/// limit gets the gateway's own answer.
constexpr ServerLimits kLimits{.header_bytes = 256 * 1024, .body_bytes = 10 * 1024 * 1024};

gateway::ErrorKind to_error(Malformed fault) {
    switch (fault) {
        case Malformed::headers_too_large:
            return gateway::ErrorKind::headers_too_large;
        case Malformed::body_too_large:
            return gateway::ErrorKind::request_too_large;
        case Malformed::garbage:
        case Malformed::bad_framing:
            break;
    }
    return gateway::ErrorKind::bad_request;
}

gateway::FunctionReply to_reply(lambda::Outcome&& outcome) {
    using Kind = gateway::FunctionReply::Kind;
    Kind kind = Kind::succeeded;
    if (outcome.kind == lambda::OutcomeKind::function_error) kind = Kind::function_error;
    if (outcome.kind == lambda::OutcomeKind::throttled) kind = Kind::throttled;
    return {kind, std::move(outcome.payload)};
}

}  // namespace

/// A request between its arrival and its answer.
struct Front::Exchange {
    std::optional<Responder> responder;  ///< Gone once answered: the function's late reply then goes nowhere.
    gateway::Ticket ticket;
    std::string method;
    std::string target;
    std::string request_id;
    Deadlines::Clock::time_point arrived;
    Deadlines::Handle deadline;
};

Front::Front(boost::asio::io_context& context, gateway::FrontDoor door, std::string function_arn, double clock_scale,
             Deadlines& deadlines, RandomIds& ids, Ends ends)
    : door_(std::move(door)),
      function_arn_(std::move(function_arn)),
      integration_timeout_(std::chrono::duration_cast<std::chrono::microseconds>(
          std::chrono::duration<double, std::milli>(door_.integration_timeout()) / clock_scale)),
      deadlines_(deadlines),
      ids_(ids),
      ends_(std::move(ends)),
      server_(
          context, kLimits,
          [this](http::Request&& request, Responder responder, const Peer& peer) {
              on_request(std::move(request), std::move(responder), peer);
          },
          [this](Malformed fault, const Peer& peer) { return refuse(fault, peer); }) {}

boost::system::result<Endpoint> Front::listen(const std::string& address, std::uint16_t port) {
    return server_.listen(address, port);
}

event::Facts Front::gather_facts(const Peer& peer) {
    event::Facts facts;
    facts.time = std::chrono::system_clock::now();
    facts.request_id = ids_.uuid();
    facts.extended_request_id = ids_.gateway_id();
    lambda::Trace trace = ids_.trace(facts.time);
    facts.trace_root = std::move(trace.root);
    facts.trace_parent = std::move(trace.parent);
    facts.trace_lineage = ids_.hex(8);
    facts.source_ip = peer.address;
    return facts;
}

http::Response Front::refuse(Malformed fault, const Peer& peer) {
    return door_.refuse(to_error(fault), gather_facts(peer));
}

void Front::on_request(http::Request&& request, Responder responder, const Peer& peer) {
    const auto exchange = std::make_shared<Exchange>();
    exchange->arrived = Deadlines::Clock::now();
    exchange->responder = std::move(responder);
    const event::Facts facts = gather_facts(peer);
    gateway::Verdict verdict = gateway::is_rebound(request.headers) ? gateway::Answer{gateway::refuse_rebound(), {}}
                                                                    : door_.admit(request, facts);
    exchange->method = std::move(request.method);
    exchange->target = std::move(request.target);
    exchange->request_id = facts.request_id;
    if (auto* answer = std::get_if<gateway::Answer>(&verdict)) return send(*exchange, std::move(*answer));
    request.body = {};
    start_function(std::move(std::get<gateway::Accepted>(verdict)), exchange);
}

void Front::start_function(gateway::Accepted accepted, const std::shared_ptr<Exchange>& exchange) {
    for (const event::Finding& finding : accepted.findings) ends_.on_finding(finding);
    exchange->ticket = std::move(accepted.ticket);
    lambda::Invocation invocation;
    invocation.id = exchange->request_id;
    invocation.payload = std::make_shared<const std::string>(std::move(accepted.event));
    invocation.function_arn = function_arn_;
    invocation.trace = exchange->ticket.trace;
    exchange->deadline = deadlines_.add(exchange->arrived + integration_timeout_, [this, exchange] {
        finish(exchange, {gateway::FunctionReply::Kind::timed_out, {}});
    });
    ends_.invoke(std::move(invocation),
                 [this, exchange](lambda::Outcome&& outcome) { finish(exchange, to_reply(std::move(outcome))); });
}

void Front::finish(const std::shared_ptr<Exchange>& exchange, gateway::FunctionReply reply) {
    if (!exchange->responder) return;
    deadlines_.call_off(exchange->deadline);
    send(*exchange, door_.answer(exchange->ticket, std::move(reply), std::chrono::system_clock::now()));
}

void Front::send(Exchange& exchange, gateway::Answer answer) {
    const int status = answer.response.status;
    std::move(*std::exchange(exchange.responder, std::nullopt)).send(std::move(answer.response));
    for (const event::Finding& finding : answer.findings) ends_.on_finding(finding);
    const auto duration =
        std::chrono::duration_cast<std::chrono::microseconds>(Deadlines::Clock::now() - exchange.arrived);
    ends_.on_answered({exchange.method, exchange.target, status, duration, exchange.request_id});
}

}  // namespace understudy::net
