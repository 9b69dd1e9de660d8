#include "emulator/net/service_api.hpp"

#include "emulator/event/time_text.hpp"
#include "emulator/gateway/host_guard.hpp"
#include "emulator/gateway/unnamed_request.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/net/service_stream.hpp"
#include "emulator/service/error.hpp"

#include <utility>

namespace understudy::net {
namespace {

/// AWS reads less of a head; here a larger one gets the service's own answer.
constexpr ServerLimits kServiceLimits{.header_bytes = 256 * 1024, .body_bytes = service::kMaxPayload};

std::string date_now() {
    return event::to_http_date(std::chrono::system_clock::now());
}

}  // namespace

struct ServiceApi::Exchange {
    std::optional<Responder> responder;
    std::string method;
    std::string target;
    std::string request_id;
    Deadlines::Clock::time_point arrived;
    service::InvokeRequest request;
};

ServiceApi::ServiceApi(boost::asio::io_context& context, const app::Application& application, RandomIds& ids, Ends ends)
    : application_(application),
      ids_(ids),
      ends_(std::move(ends)),
      server_(
          context, kServiceLimits,
          [this](http::Request&& request, Responder responder, const Peer&) {
              on_request(std::move(request), std::move(responder));
          },
          [this](const BrokenRequest& broken, const Peer&) {
              return refuse(broken.fault, broken.head_done ? &broken.head : nullptr);
          }) {
    server_.on_shortage(ends_.on_shortage);
    server_.end_silent(gateway::kSilence);
}

boost::system::result<Endpoint> ServiceApi::listen(const std::string& address, std::uint16_t port) {
    return server_.listen(address, port);
}

http::Response ServiceApi::refuse(Malformed fault, const http::Request* head) {
    const std::string id = ids_.uuid();
    if (fault != Malformed::body_too_large || head == nullptr) {
        const auto error = service::invalid_content("The request is no HTTP request that Lambda takes.");
        return service::render_error(error, id, date_now());
    }
    http::Response response = service::refuse_oversized(*head, application_, {id, {}, date_now()}).response;
    ends_.on_answered({head->method, head->target, response.status, {}, id});
    return response;
}

/// Asks what else it is given than what was drawn.
void ServiceApi::adapt(http::Request& request, event::Facts& facts, lambda::Trace& trace) const {
    facts.trace_root = trace.root;
    facts.trace_parent = trace.parent;
    ends_.on_arrival(request, facts);
    trace.root = std::move(facts.trace_root);
    trace.parent = std::move(facts.trace_parent);
    if (!facts.trace_lineage.empty()) trace.lineage = "1:" + facts.trace_lineage + ":0";
}

void ServiceApi::on_request(http::Request&& request, Responder responder) {
    const auto exchange = std::make_shared<Exchange>();
    exchange->arrived = Deadlines::Clock::now();
    exchange->method = request.method;
    exchange->target = request.target;
    event::Facts facts;
    facts.request_id = ids_.uuid();
    lambda::Trace trace = ids_.trace(std::chrono::system_clock::now());
    if (ends_.on_arrival) adapt(request, facts, trace);
    exchange->request_id = std::move(facts.request_id);
    if (ends_.recorder) {
        responder = ends_.recorder->watch(request, {.front = "invoke"}, exchange->request_id, std::move(responder));
    }
    exchange->responder = std::move(responder);
    if (gateway::is_rebound(request.headers)) return send(*exchange, gateway::refuse_rebound());
    if (gateway::is_foreign_page(request.headers)) return send(*exchange, gateway::refuse_foreign_page());
    auto parsed = service::parse_invoke(std::move(request), application_,
                                        {exchange->request_id, lambda::to_string(trace), date_now()});
    if (auto* refusal = std::get_if<service::Refusal>(&parsed)) {
        if (!refusal->hint.empty()) ends_.on_hint(refusal->hint);
        return send(*exchange, std::move(refusal->response));
    }
    exchange->request = std::move(std::get<service::InvokeRequest>(parsed));
    if (!exchange->request.hint.empty()) ends_.on_hint(exchange->request.hint);
    if (exchange->request.type == service::InvocationType::dry_run) {
        return send(*exchange, service::render_dry_run(exchange->request, date_now()));
    }
    invoke(exchange, facts.invoked);
}

void ServiceApi::invoke(const std::shared_ptr<Exchange>& exchange,
                        std::optional<std::chrono::system_clock::time_point> invoked) {
    service::InvokeRequest& request = exchange->request;
    exchange->request_id = request.invocation.id;
    const bool is_event = request.type == service::InvocationType::event;
    if (is_event && !ends_.has_room_for_event(request.invocation.payload->size()))
        return send(*exchange, service::render_event_throttled(request, date_now()));
    // The payload goes with the invocation; the ids that the answer needs stay here.
    lambda::Invocation invocation = request.invocation;
    request.invocation.payload.reset();
    invocation.exchange = exchange->responder->exchange();
    invocation.invoked = invoked;
    if (is_event) {
        send(*exchange, service::render_event(request, date_now()));
        return ends_.invoke_event(request.function, request.qualifier, std::move(invocation));
    }
    if (request.streamed) {
        return ends_.invoke_streamed(request.function, std::move(invocation), make_sink(exchange));
    }
    ends_.invoke(request.function, std::move(invocation), [this, exchange](lambda::Outcome&& outcome) {
        send(*exchange, service::render_invoke(std::move(outcome), exchange->request, date_now()));
    });
}

std::shared_ptr<StreamSink> ServiceApi::make_sink(const std::shared_ptr<Exchange>& exchange) {
    return std::make_shared<ServiceStream>(ServiceStream::Ends{
        .start =
            [exchange] {
                Responder responder = std::move(*std::exchange(exchange->responder, std::nullopt));
                return std::move(responder).start(service::render_stream_head(exchange->request, date_now()));
            },
        .finish = [exchange](const auto& outcome) { return service::render_stream_end(outcome, exchange->request); },
        .refuse =
            [this, exchange](lambda::Outcome&& outcome) {
                send(*exchange, service::render_invoke(std::move(outcome), exchange->request, date_now()));
            },
        .on_ended = [this, exchange] { tell(*exchange, 200); }});
}

void ServiceApi::send(Exchange& exchange, http::Response response) {
    const int status = response.status;
    std::move(*std::exchange(exchange.responder, std::nullopt)).send(std::move(response));
    tell(exchange, status);
}

void ServiceApi::tell(const Exchange& exchange, int status) const {
    const auto duration =
        std::chrono::duration_cast<std::chrono::microseconds>(Deadlines::Clock::now() - exchange.arrived);
    ends_.on_answered({exchange.method, exchange.target, status, duration, exchange.request_id});
}

}  // namespace understudy::net
