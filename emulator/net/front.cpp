#include "emulator/net/front.hpp"

#include "emulator/net/front_stream.hpp"
#include "emulator/net/gateway_call.hpp"

#include <memory>
#include <optional>
#include <utility>

namespace understudy::net {
namespace {

std::string to_seconds(std::chrono::milliseconds time) {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(time).count()) + " s";
}

}  // namespace

/// A request between its arrival and its answer.
struct Front::Exchange {
    std::shared_ptr<Front> front;        ///< Lives until the request is answered.
    std::optional<Responder> responder;  ///< Gone once answered: a late reply then goes nowhere.
    http::Request request;               ///< Without its body, unless an authorizer is asked.
    gateway::Ticket ticket;
    std::string request_id;
    std::string authorizer_request_id;
    std::optional<std::chrono::system_clock::time_point> invoked;
    std::chrono::system_clock::duration behind{};  ///< How far the gateway's clock is behind ours for it.
    Deadlines::Clock::time_point arrived;
    Deadlines::Handle deadline;
    int status = 0;  ///< Of a streamed answer.
    std::weak_ptr<FrontStream> stream = {};
    Deadlines::Handle idle = {};  ///< When it will have paused for too long.
};

Front::Front(gateway::FrontDoor door, double clock_scale, Deadlines& deadlines, RandomIds& ids, Ends ends)
    : door_(std::move(door)), clock_scale_(clock_scale), deadlines_(deadlines), ids_(ids), ends_(std::move(ends)) {}

http::Response Front::refuse(gateway::ErrorKind kind, const event::Facts& facts) const {
    return door_.refuse(kind, facts);
}

http::Response Front::refuse_body(gateway::ErrorKind kind, const http::Request& head, const gateway::Entrance& entrance,
                                  const event::Facts& facts) const {
    gateway::Answer answer = door_.refuse_body(kind, head, entrance, facts);
    for (const event::Finding& finding : answer.findings) ends_.on_finding(finding);
    return std::move(answer.response);
}

std::optional<std::chrono::milliseconds> Front::patience() const {
    if (door_.limits().patience.count() == 0) return std::nullopt;
    return scaled(door_.limits().patience, clock_scale_);
}

Deadlines::Handle Front::wait(Deadlines::Clock::time_point from, std::chrono::milliseconds nominal,
                              std::function<void()> late) {
    return deadlines_.add(deadline_of(from, nominal, clock_scale_), std::move(late));
}

void Front::on_request(http::Request&& request, const gateway::Entrance& entrance, const event::Facts& facts,
                       Responder responder) {
    const auto exchange = std::make_shared<Exchange>();
    exchange->front = shared_from_this();
    exchange->arrived = Deadlines::Clock::now();
    if (ends_.record) responder = ends_.record->watch(request, entrance, facts, std::move(responder));
    exchange->responder = std::move(responder);
    exchange->request_id = facts.request_id;
    exchange->authorizer_request_id = facts.authorizer_request_id;
    exchange->invoked = facts.invoked;
    exchange->behind = std::chrono::system_clock::now() - facts.time;
    exchange->request = std::move(request);
    proceed(door_.admit(exchange->request, entrance, facts), exchange);
}

void Front::proceed(gateway::Verdict&& verdict, const std::shared_ptr<Exchange>& exchange) {
    if (auto* call = std::get_if<gateway::AuthorizerCall>(&verdict)) return ask_authorizer(std::move(*call), exchange);
    if (auto* call = std::get_if<gateway::KeysCall>(&verdict)) return await_keys(std::move(*call), exchange);
    exchange->request.body = {};
    if (auto* answer = std::get_if<gateway::Answer>(&verdict)) return send(*exchange, std::move(*answer));
    start_function(std::move(std::get<gateway::Accepted>(verdict)), exchange);
}

void Front::ask_authorizer(gateway::AuthorizerCall&& call, const std::shared_ptr<Exchange>& exchange) {
    const auto pending = std::make_shared<std::optional<gateway::PendingRequest>>(std::move(call.pending));
    const auto decide = [this, exchange, pending](gateway::FunctionReply reply) {
        const auto waiting = std::exchange(*pending, std::nullopt);
        if (!waiting || !exchange->responder) return;
        deadlines_.call_off(exchange->deadline);
        const auto now = std::chrono::system_clock::now() - exchange->behind;
        proceed(door_.authorized(*waiting, exchange->request, reply, now), exchange);
    };
    exchange->deadline = wait(Deadlines::Clock::now(), call.timeout, [decide] {
        decide({gateway::FunctionReply::Kind::timed_out, {}});
    });
    std::string id = std::exchange(exchange->authorizer_request_id, {});
    auto invocation =
        make_invocation(id.empty() ? ids_.uuid() : std::move(id), std::move(call.event), std::move(call.trace));
    invocation.invoked = exchange->invoked;
    invocation.is_authorizer = true;
    invocation.exchange = exchange->responder->exchange();
    ends_.invoke(call.function, call.qualifier, std::move(invocation),
                 [decide](lambda::Outcome&& outcome) { decide(to_reply(std::move(outcome))); });
}

void Front::refresh_keys(const std::string& issuer, std::function<void()> then) {
    ends_.fetch_keys(
        issuer, [self = shared_from_this(), issuer, then = std::move(then)](const std::optional<std::string>& key_set) {
            self->door_.access().on_keys(issuer, key_set, std::chrono::system_clock::now());
            then();
        });
}

void Front::await_keys(gateway::KeysCall&& call, const std::shared_ptr<Exchange>& exchange) {
    refresh_keys(call.issuer, [this, exchange, pending = std::move(call.pending)] {
        proceed(door_.admit(exchange->request, pending.entrance, pending.facts), exchange);
    });
}

void Front::start_function(gateway::Accepted&& accepted, const std::shared_ptr<Exchange>& exchange) {
    for (const event::Finding& finding : accepted.findings) ends_.on_finding(finding);
    exchange->ticket = std::move(accepted.ticket);
    exchange->deadline = wait(exchange->arrived, accepted.timeout, [this, exchange] {
        finish(exchange, {gateway::FunctionReply::Kind::timed_out, {}});
    });
    auto invocation = make_invocation(exchange->request_id, std::move(accepted.event), exchange->ticket.trace);
    exchange->ticket.event = invocation.payload;
    invocation.exchange = exchange->responder->exchange();
    invocation.invoked = exchange->invoked;
    if (accepted.transfer == app::TransferMode::stream) {
        return ends_.invoke_streamed(accepted.function, accepted.qualifier, std::move(invocation), make_sink(exchange));
    }
    ends_.invoke(accepted.function, accepted.qualifier, std::move(invocation),
                 [this, exchange](lambda::Outcome&& outcome) { finish(exchange, to_reply(std::move(outcome))); });
}

std::shared_ptr<StreamSink> Front::make_sink(const std::shared_ptr<Exchange>& exchange) {
    auto sink = std::make_shared<FrontStream>(FrontStream::Ends{
        .read = [this, exchange](const std::string& content_type) { return door_.read_stream(content_type); },
        .start = [this, exchange](event::Reply&& reply) { return start_stream(exchange, std::move(reply)); },
        .answer = [this, exchange](lambda::Outcome&& outcome) { finish(exchange, to_reply(std::move(outcome))); },
        .on_passed = [this, exchange] { watch_idleness(exchange); },
        .on_ended = [this, exchange](std::string_view cut_off_by) { end_stream(*exchange, cut_off_by); }});
    exchange->stream = sink;
    return sink;
}

/// The gateway no longer waits once there is a head.
std::optional<ResponseStream> Front::start_stream(const std::shared_ptr<Exchange>& exchange, event::Reply&& reply) {
    if (!exchange->responder) return std::nullopt;
    deadlines_.call_off(exchange->deadline);
    const bool is_head = std::holds_alternative<http::Response>(reply.result);
    gateway::Answer answer = door_.answer_head(exchange->ticket, std::move(reply), std::chrono::system_clock::now());
    if (!is_head) {
        send(*exchange, std::move(answer));
        return std::nullopt;
    }
    exchange->status = answer.response.status;
    for (const event::Finding& finding : answer.findings) ends_.on_finding(finding);
    if (door_.limits().stream_time.count() > 0) {
        exchange->deadline = wait(exchange->arrived, door_.limits().stream_time, [this, stream = exchange->stream] {
            if (const auto late = stream.lock())
                late->cut_off("the limit of " + to_seconds(door_.limits().stream_time));
        });
    }
    return std::move(*std::exchange(exchange->responder, std::nullopt)).start(std::move(answer.response));
}

void Front::watch_idleness(const std::shared_ptr<Exchange>& exchange) {
    if (door_.limits().stream_idle.count() == 0) return;
    deadlines_.call_off(exchange->idle);
    exchange->idle = wait(Deadlines::Clock::now(), door_.limits().stream_idle, [this, stream = exchange->stream] {
        if (const auto idle = stream.lock())
            idle->cut_off("a pause of more than " + to_seconds(door_.limits().stream_idle));
    });
}

void Front::end_stream(Exchange& exchange, std::string_view cut_off_by) {
    deadlines_.call_off(exchange.deadline);
    deadlines_.call_off(exchange.idle);
    tell(exchange, exchange.status, cut_off_by);
}

void Front::finish(const std::shared_ptr<Exchange>& exchange, gateway::FunctionReply reply) {
    if (!exchange->responder) return;
    deadlines_.call_off(exchange->deadline);
    send(*exchange, door_.answer(exchange->ticket, std::move(reply), std::chrono::system_clock::now()));
}

void Front::send(Exchange& exchange, gateway::Answer&& answer) {
    const int status = answer.response.status;
    std::move(*std::exchange(exchange.responder, std::nullopt)).send(std::move(answer.response));
    for (const event::Finding& finding : answer.findings) ends_.on_finding(finding);
    tell(exchange, status);
}

void Front::tell(const Exchange& exchange, int status, std::string_view cut_off_by) const {
    const auto duration =
        std::chrono::duration_cast<std::chrono::microseconds>(Deadlines::Clock::now() - exchange.arrived);
    ends_.on_answered(
        {exchange.request.method, exchange.request.target, status, duration, exchange.request_id, cut_off_by});
}

}  // namespace understudy::net
