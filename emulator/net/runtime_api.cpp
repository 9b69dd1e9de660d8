#include "emulator/net/runtime_api.hpp"

#include "emulator/app/reply_limit.hpp"
#include "emulator/gateway/host_guard.hpp"
#include "emulator/lambda/runtime_reply.hpp"

#include <optional>
#include <utility>

namespace understudy::net {
namespace {

/// The X-Ray cause header alone may have 1 MiB.
constexpr ServerLimits kRuntimeLimits{
    .header_bytes = 2 * 1024 * 1024, .body_bytes = app::kMostReadOfReply, .trailers = Trailers::appended};

http::Response to_refusal(Malformed fault) {
    if (fault == Malformed::body_too_large) return lambda::render_too_large();
    return {.status = fault == Malformed::headers_too_large ? 431 : 400, .headers = {}, .body = {}};
}

/// What was to be the answer to an invocation has come to its end, as somebody waits for it.
std::optional<lambda::FailedUpload> to_call(const BrokenRequest& broken) {
    using Reason = lambda::FailedUpload::Reason;
    if (!broken.head_done || gateway::is_strangers_page(broken.head.headers)) return std::nullopt;
    http::Request head;
    head.method = broken.head.method;
    head.target = broken.head.target;
    head.headers = broken.head.headers;
    const bool too_large = broken.fault == Malformed::body_too_large;
    return lambda::parse_failed_upload(std::move(head), too_large ? Reason::too_large : Reason::broke_off);
}

}  // namespace

/// The body of a response in pieces, as calls of one ticket.
class RuntimeApi::StreamReader : public BodyReader {
  public:
    StreamReader(RuntimeApi& api, lambda::Ticket ticket) : api_(api), ticket_(ticket) {}

    void on_body(std::string_view bytes) override { api_.events_.on_call(lambda::StreamBytes{bytes}, ticket_); }
    bool hold(std::function<void()> resume) override { return api_.events_.hold(std::move(resume)); }
    void on_end(http::Request&& request, Responder responder) override {
        api_.on_stream_end(ticket_, lambda::parse_stream_end(request), std::move(responder));
    }
    void on_cut_off(Responder responder) override {
        api_.on_stream_end(ticket_, lambda::StreamCut{}, std::move(responder));
    }

  private:
    RuntimeApi& api_;
    lambda::Ticket ticket_;
};

RuntimeApi::RuntimeApi(boost::asio::io_context& context, Events events)
    : events_(std::move(events)),
      server_(
          context, kRuntimeLimits,
          [this](http::Request&& request, Responder responder, const Peer&) {
              on_request(std::move(request), std::move(responder));
          },
          [this](const BrokenRequest& broken, const Peer&) { return on_malformed(broken); }) {
    server_.on_truncated([this](http::Request&& request, Responder responder, const Peer&) {
        on_truncated(std::move(request), std::move(responder));
    });
    server_.on_shortage(events_.on_shortage);
    server_.on_head([this](const http::Request& head) { return on_head(head); });
}

boost::system::result<Endpoint> RuntimeApi::listen() {
    return server_.listen("127.0.0.1", 0);
}

void RuntimeApi::on_request(http::Request&& request, Responder responder) {
    if (gateway::is_strangers_page(request.headers)) return std::move(responder).send(gateway::refuse_foreign_page());
    const lambda::Ticket ticket{++last_ticket_};
    const auto waiting = waiting_.emplace(ticket, std::move(responder)).first;
    waiting->second.on_peer_gone([this, ticket] {
        waiting_.erase(ticket);
        events_.on_caller_gone(ticket);
    });
    events_.on_call(lambda::parse_runtime_call(std::move(request)), ticket);
}

/// The runtime may be gone altogether; its environment is told all the same, and the reply then goes nowhere.
void RuntimeApi::on_truncated(http::Request&& request, Responder responder) {
    if (gateway::is_strangers_page(request.headers)) return;
    auto call = lambda::parse_failed_upload(std::move(request), lambda::FailedUpload::Reason::broke_off);
    if (!call) return;
    const lambda::Ticket ticket{++last_ticket_};
    waiting_.emplace(ticket, std::move(responder));
    events_.on_call(std::move(*call), ticket);
}

http::Response RuntimeApi::on_malformed(const BrokenRequest& broken) {
    auto call = to_call(broken);
    if (!call) return to_refusal(broken.fault);
    const lambda::Ticket ticket{++last_ticket_};
    beginning_ = ticket;
    events_.on_call(std::move(*call), ticket);
    beginning_ = {};
    auto reply = early_replies_.extract(ticket);
    return reply ? std::move(reply.mapped()) : to_refusal(broken.fault);
}

std::unique_ptr<BodyReader> RuntimeApi::on_head(const http::Request& head) {
    if (!events_.streams() || gateway::is_strangers_page(head.headers)) return nullptr;
    auto begin = lambda::parse_stream_begin(head);
    if (!begin) return nullptr;
    const lambda::Ticket ticket{++last_ticket_};
    beginning_ = ticket;
    events_.on_call(std::move(*begin), ticket);
    beginning_ = {};
    return std::make_unique<StreamReader>(*this, ticket);
}

/// A response that was refused at its head is answered when it has arrived, as any other.
void RuntimeApi::on_stream_end(lambda::Ticket ticket, lambda::RuntimeCall&& end, Responder responder) {
    if (auto early = early_replies_.extract(ticket)) return std::move(responder).send(std::move(early.mapped()));
    waiting_.emplace(ticket, std::move(responder));
    events_.on_call(std::move(end), ticket);
}

void RuntimeApi::reply(lambda::Ticket ticket, http::Response response) {
    auto waiting = waiting_.extract(ticket);
    if (waiting) {
        waiting.mapped().on_unread([this, ticket] { events_.on_reply_unread(ticket); });
        return std::move(waiting.mapped()).send(std::move(response));
    }
    if (beginning_ == ticket) early_replies_.emplace(ticket, std::move(response));
}

void RuntimeApi::close() {
    waiting_.clear();
    early_replies_.clear();
    server_.close();
}

}  // namespace understudy::net
