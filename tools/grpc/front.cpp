#include "tools/grpc/front.hpp"

#include "client/http_exchange.hpp"
#include "emulator/gateway/host_guard.hpp"
#include "emulator/gateway/unnamed_request.hpp"
#include "emulator/net/cannot_listen.hpp"
#include "emulator/net/http_server.hpp"
#include "proto/wire/call_reading.hpp"
#include "tools/grpc/bridge.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <chrono>
#include <optional>
#include <thread>
#include <utility>

namespace understudy::grpc {
namespace {

using std::chrono::milliseconds;

/// As many calls are under way at once; each waits for the gateway in a thread.
constexpr std::size_t kThreads = 16;
/// Of a call without a deadline: longer than any function runs.
constexpr milliseconds kPatience{1'000'000};
constexpr net::ServerLimits kLimits{
    .header_bytes = 256 * 1024, .body_bytes = wire::kMostMessageBytes, .versions = net::Versions::http1_and_http2};
constexpr int kBadRequest = 400;

/// A name that the caller gave as its authority goes on: it may be that of one of several APIs. `own` is nobody's name.
wire::HttpRequest to_wire(http::Request&& request, std::string_view own) {
    wire::HttpRequest result{.method = std::move(request.method), .target = std::move(request.target)};
    for (const auto line : request.headers) {
        if (http::same_name(line.name, "host") && line.value == own) continue;
        result.headers.emplace_back(line.name, line.value);
    }
    result.body = std::move(request.body);
    return result;
}

http::Response to_head(const wire::HttpReply& reply) {
    http::Response response;
    response.status = reply.status;
    for (const auto& [name, value] : reply.headers) response.headers.add(name, value);
    return response;
}

/// Without a body and with trailers it is Trailers-Only: all in one block of header lines.
void send_reply(net::Responder responder, wire::HttpReply reply) {
    auto response = to_head(reply);
    if (reply.body.empty()) {
        for (const auto& [name, value] : reply.trailers) response.headers.add(name, value);
        return std::move(responder).send(std::move(response));
    }
    response.body = std::move(reply.body);
    http::Headers trailers;
    for (const auto& [name, value] : reply.trailers) trailers.add(name, value);
    std::move(responder).start(std::move(response)).finish(trailers);
}

wire::HttpReply exchange(const client::Url& gateway, const Bridged& bridged) {
    client::HttpClient client(gateway);
    const auto& request = bridged.request;
    auto reply = client.exchange({request.method, request.target, request.headers, request.body},
                                 bridged.call.timeout.value_or(kPatience));
    if (reply)
        return to_grpc(bridged, {.status = reply->status, .headers = reply->headers, .body = std::move(reply->body)});
    const bool late = reply.error().code() == client::TransportCode::timed_out;
    return to_grpc(
        bridged, wire::Status(late ? wire::Code::deadline_exceeded : wire::Code::unavailable, reply.error().message()));
}

}  // namespace

class Front::Impl {
  public:
    explicit Impl(client::Url gateway)
        : gateway_(std::move(gateway)),
          server_(
              context_, kLimits,
              [this](http::Request&& request, net::Responder responder, const net::Peer&) {
                  on_request(std::move(request), std::move(responder));
              },
              [](const net::BrokenRequest&, const net::Peer&) {
                  http::Response refusal;
                  refusal.status = kBadRequest;
                  return refusal;
              }) {
        server_.end_silent(gateway::kSilence);
    }

    ~Impl() {
        calls_.stop();  // What waits is dropped, what is under way ends.
        boost::asio::post(context_, [this] {
            server_.close();
            work_.reset();
        });
        if (loop_.joinable()) loop_.join();
        calls_.join();
    }

    source::Result<void> listen(const FrontSettings& settings) {
        const auto endpoint = server_.listen(settings.address, settings.port);
        if (!endpoint) return net::cannot_listen(settings.address, settings.port, "--grpc-port", endpoint.error());
        authority_ = endpoint->address + ':' + std::to_string(endpoint->port);
        loop_ = std::thread([this] { context_.run(); });
        return {};
    }

    const std::string& authority() const { return authority_; }

  private:
    void on_request(http::Request&& request, net::Responder responder);

    client::Url gateway_;
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
    boost::asio::thread_pool calls_{kThreads};
    std::size_t under_way_ = 0;  ///< And waiting. Of the loop's thread.
    net::HttpServer server_;
    std::string authority_;
    std::thread loop_;
};

void Front::Impl::on_request(http::Request&& request, net::Responder responder) {
    if (gateway::is_rebound(request.headers)) return std::move(responder).send(gateway::refuse_rebound());
    auto bridged = to_connect(to_wire(std::move(request), authority_), wire::kMostMessageBytes);
    if (auto* refusal = std::get_if<wire::HttpReply>(&bridged))
        return send_reply(std::move(responder), std::move(*refusal));
    if (under_way_ == kMostCalls)
        return send_reply(std::move(responder),
                          to_grpc(std::get<Bridged>(bridged), {wire::Code::resource_exhausted,
                                                               std::to_string(kMostCalls) + " calls are under way"}));
    ++under_way_;
    // The responder stays with the loop's thread; who waits has only what it needs.
    const auto waiting = std::make_shared<std::optional<net::Responder>>(std::move(responder));
    boost::asio::post(calls_, [this, waiting, call = std::get<Bridged>(std::move(bridged))]() {
        auto reply = exchange(gateway_, call);
        boost::asio::post(context_, [this, waiting, reply = std::move(reply)]() mutable {
            --under_way_;
            send_reply(*std::exchange(*waiting, std::nullopt), std::move(reply));
        });
    });
}

Front::Front(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Front::~Front() = default;

const std::string& Front::authority() const {
    return impl_->authority();
}

source::Result<std::unique_ptr<Front>> Front::open(const FrontSettings& settings) {
    auto gateway = client::parse_url(settings.gateway);
    if (!gateway) return source::Problem(source::ProblemCode::invalid, "'" + settings.gateway + "' is no URL");
    auto impl = std::make_unique<Impl>(*std::move(gateway));
    if (const auto listening = impl->listen(settings); !listening) return listening.error();
    return std::unique_ptr<Front>(new Front(std::move(impl)));
}

}  // namespace understudy::grpc
