#include "tools/grpc/front.hpp"

#include "emulator/net/http_server.hpp"
#include "proto/wire/call_reading.hpp"
#include "proto/wire/call_writing.hpp"
#include "tools/grpc/http2_client.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gmock/gmock.h>

#include <functional>
#include <optional>
#include <thread>

namespace understudy::grpc {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr wire::Dialect kCall{wire::Protocol::grpc, wire::Codec::proto};

/// A server in a thread of its own.
class Gateway {
  public:
    using Answer = std::function<void(http::Request&&, net::Responder)>;

    explicit Gateway(Answer answer, net::Versions versions = net::Versions::http1)
        : server_(
              context_, {.versions = versions},
              [answer = std::move(answer)](http::Request&& request, net::Responder responder, const net::Peer&) {
                  answer(std::move(request), std::move(responder));
              },
              [](net::Malformed, const net::Peer&) { return http::Response(); }) {
        authority_ = "127.0.0.1:" + std::to_string(server_.listen("127.0.0.1", 0)->port);
        thread_ = std::thread([this] { context_.run(); });
    }
    ~Gateway() {
        boost::asio::post(context_, [this] {
            server_.close();
            work_.reset();
        });
        thread_.join();
    }
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;

    const std::string& authority() const { return authority_; }

  private:
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
    net::HttpServer server_;
    std::string authority_;
    std::thread thread_;
};

wire::ReadAnswer call(const std::string& authority, std::optional<std::chrono::milliseconds> timeout = {},
                      const std::string& message = "\x08\x01") {
    const auto request = wire::to_http_request(
        {.dialect = kCall, .method = "pkg.Service/Method", .timeout = timeout, .message = message});
    auto reply = exchange_http2(authority, request, 20s);
    if (!reply) throw std::runtime_error(reply.error().message());
    return wire::read_answer(kCall, wire::Compression::identity, *std::move(reply));
}

std::unique_ptr<Front> open_before(const Gateway& gateway) {
    return *Front::open({.gateway = "http://" + gateway.authority()});
}

void echo(http::Request&& request, net::Responder responder) {
    http::Response response;
    response.headers.add("Content-Type", request.headers.first("Content-Type").value());
    response.headers.add("Trailer-X-Path", request.target);
    response.body = std::move(request.body);
    std::move(responder).send(std::move(response));
}

TEST(GrpcFront, CarriesACallToTheGatewayAndBack) {
    const Gateway gateway(echo);
    const auto front = open_before(gateway);
    for (const std::string& message : {std::string(), std::string("\x08\x01"), std::string(2'000'000, 'x')}) {
        const auto read = call(front->authority(), {}, message);
        EXPECT_EQ(read.unreadable, "");
        EXPECT_EQ(read.answer.status, wire::Status());
        EXPECT_TRUE(read.answer.message == message);
        EXPECT_EQ(read.answer.trailers, (wire::Metadata{{"x-path", "/pkg.Service/Method"}}));
    }
}

TEST(GrpcFront, AnErrorIsTrailersOnly) {
    const Gateway gateway([](http::Request&&, net::Responder responder) {
        http::Response response;
        response.status = 404;
        response.headers.add("Content-Type", "application/json");
        response.body = R"({"code":"not_found","message":"no such"})";
        std::move(responder).send(std::move(response));
    });
    const auto front = open_before(gateway);
    EXPECT_EQ(call(front->authority()).answer.status, wire::Status(wire::Code::not_found, "no such"));
}

TEST(GrpcFront, ADeadlineThatPassesIsAnsweredWithoutTheGateway) {
    std::optional<net::Responder> kept;
    const Gateway gateway([&kept](http::Request&&, net::Responder responder) { kept = std::move(responder); });
    const auto front = open_before(gateway);
    EXPECT_EQ(call(front->authority(), 50ms).answer.status.code(), wire::Code::deadline_exceeded);
}

TEST(GrpcFront, AGatewayThatIsGoneIsUnavailable) {
    std::string gone;
    {
        const Gateway gateway(echo);
        gone = gateway.authority();
    }
    const auto front = *Front::open({.gateway = "http://" + gone});
    EXPECT_EQ(call(front->authority()).answer.status.code(), wire::Code::unavailable);
}

TEST(GrpcFront, APortThatIsTakenIsAProblem) {
    const Gateway gateway(echo);
    const auto port = static_cast<std::uint16_t>(std::stoi(gateway.authority().substr(10)));
    const auto front = Front::open({.port = port, .gateway = "http://127.0.0.1:1"});
    ASSERT_FALSE(front);
    EXPECT_THAT(front.error().message(), HasSubstr("cannot listen for gRPC on 127.0.0.1:" + std::to_string(port)));
}

TEST(Http2Client, AStreamThatIsResetIsTheStatusThatGrpcMakesOfIt) {
    const Gateway gateway([](http::Request&&, const net::Responder&) {}, net::Versions::http1_and_http2);
    const auto read = call(gateway.authority());
    EXPECT_EQ(read.answer.status.code(), wire::Code::internal);
    EXPECT_THAT(read.answer.status.message(), HasSubstr("reset"));
}

TEST(Http2Client, WhoDoesNotAnswerInTimeOrAtAllIsAProblem) {
    std::optional<net::Responder> kept;
    const Gateway gateway([&kept](http::Request&&, net::Responder responder) { kept = std::move(responder); },
                          net::Versions::http1_and_http2);
    const auto request = wire::to_http_request({.dialect = kCall, .method = "a.B/C"});
    const auto late = exchange_http2(gateway.authority(), request, 50ms);
    ASSERT_FALSE(late);
    EXPECT_THAT(late.error().message(), HasSubstr("not within 50 ms"));
    const Gateway old(echo);
    EXPECT_THAT(exchange_http2(old.authority(), request, 20s).error().message(), HasSubstr("HTTP/2"));
    EXPECT_FALSE(exchange_http2("127.0.0.1:1", request, 20s));
}

}  // namespace
}  // namespace understudy::grpc
