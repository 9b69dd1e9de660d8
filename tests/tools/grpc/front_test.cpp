#include "tools/grpc/front.hpp"

#include "client/http_exchange.hpp"
#include "emulator/net/http_server.hpp"
#include "proto/wire/call_reading.hpp"
#include "proto/wire/call_writing.hpp"
#include "tests/support/wait_until.hpp"
#include "tools/grpc/http2_client.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <gmock/gmock.h>

#include <pthread.h>
#include <sys/socket.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <future>
#include <optional>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

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
              [](const net::BrokenRequest&, const net::Peer&) { return http::Response(); }) {
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
    response.headers.add("Trailer-X-Host", request.headers.first("Host").value());
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
        EXPECT_EQ(read.answer.trailers,
                  (wire::Metadata{{"x-path", "/pkg.Service/Method"}, {"x-host", gateway.authority()}}));
    }
}

/// Several APIs at one gateway are told apart by the name that the caller gives as its authority.
TEST(GrpcFront, PassesOnTheNameOfAnApi) {
    const Gateway gateway(echo);
    const auto front = open_before(gateway);
    auto request = wire::to_http_request({.dialect = kCall, .method = "pkg.Service/Method", .message = "\x08\x01"});
    request.headers.emplace_back("host", "HttpApi.execute-api.localhost");
    auto reply = exchange_http2(front->authority(), request, 20s);
    ASSERT_TRUE(reply) << reply.error().message();
    const auto read = wire::read_answer(kCall, wire::Compression::identity, *std::move(reply));
    EXPECT_THAT(read.answer.trailers, testing::Contains(testing::Pair("x-host", "HttpApi.execute-api.localhost")));
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

TEST(GrpcFront, RefusesAPageThatCallsUnderANameOfItsOwn) {
    std::atomic<int> asked = 0;
    const Gateway gateway([&asked](http::Request&& request, net::Responder responder) {
        ++asked;
        echo(std::move(request), std::move(responder));
    });
    const auto front = open_before(gateway);
    const auto request = wire::to_http_request({.dialect = kCall, .method = "a.B/C", .message = "\x08\x01"});
    client::HttpClient browser(*client::parse_url("http://" + front->authority()));
    auto headers = request.headers;
    headers.emplace_back("Host", "evil.example");
    headers.emplace_back("Origin", "http://evil.example");
    const auto reply = browser.exchange({request.method, request.target, headers, request.body}, 20s);
    ASSERT_TRUE(reply) << reply.error().message();
    EXPECT_EQ(reply->status, 403);
    EXPECT_EQ(asked, 0);
    EXPECT_EQ(call(front->authority()).answer.status.code(), wire::Code::ok);
    EXPECT_EQ(asked, 1);
}

TEST(GrpcFront, CallsBeyondTheMostAreRefusedAndThoseThatWaitAreDroppedAtTheEnd) {
    std::atomic<int> asked = 0;
    std::vector<net::Responder> kept;
    std::optional<Gateway> gateway(std::in_place, [&](http::Request&&, net::Responder responder) {
        kept.push_back(std::move(responder));
        ++asked;
    });
    auto front = open_before(*gateway);
    std::promise<wire::Status> refused;
    std::atomic<int> failed = 0;
    std::vector<std::thread> callers;
    for (std::size_t i = 0; i <= Front::kMostCalls; ++i) {
        callers.emplace_back([&, authority = front->authority()] {
            const auto request = wire::to_http_request({.dialect = kCall, .method = "a.B/C", .message = "\x08\x01"});
            auto reply = exchange_http2(authority, request, 60s);
            if (reply)
                refused.set_value(
                    wire::read_answer(kCall, wire::Compression::identity, *std::move(reply)).answer.status);
            else
                ++failed;
        });
    }
    EXPECT_EQ(refused.get_future().get(), wire::Status(wire::Code::resource_exhausted, "64 calls are under way"));
    test::wait_until("16 calls at the gateway", [&] { return asked == 16; });
    std::thread ending([&front] { front.reset(); });
    for (auto& caller : callers) caller.join();
    EXPECT_EQ(failed, 64);
    gateway.reset();
    ending.join();
    EXPECT_EQ(asked, 16);
}

TEST(GrpcFront, APortThatIsTakenIsAProblem) {
    const Gateway gateway(echo);
    const auto port = static_cast<std::uint16_t>(std::stoi(gateway.authority().substr(10)));
    const auto front = Front::open({.port = port, .gateway = "http://127.0.0.1:1"});
    ASSERT_FALSE(front);
    EXPECT_EQ(front.error().message(), "cannot listen on 127.0.0.1:" + std::to_string(port) +
                                           ": Address already in use; choose another port with --grpc-port (0 picks a "
                                           "free one)");
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

TEST(Http2Client, AReplyWithoutEndIsResourceExhausted) {
    const Gateway gateway(
        [](http::Request&&, net::Responder responder) {
            http::Response response;
            response.body = std::string(100'001, 'x');
            std::move(responder).send(std::move(response));
        },
        net::Versions::http1_and_http2);
    const auto request = wire::to_http_request({.dialect = kCall, .method = "a.B/C"});
    const auto whole = exchange_http2(gateway.authority(), request, 20s, 100'001);
    ASSERT_TRUE(whole);
    EXPECT_EQ(whole->body.size(), 100'001U);
    auto cut = exchange_http2(gateway.authority(), request, 20s, 100'000);
    ASSERT_TRUE(cut);
    EXPECT_EQ(wire::read_answer(kCall, wire::Compression::identity, *std::move(cut)).answer.status,
              wire::Status(wire::Code::resource_exhausted, "the reply's body has more than 100000 bytes"));
}

TEST(Http2Client, ARequestThatHttp2DoesNotCarryIsAProblem) {
    const Gateway gateway(echo, net::Versions::http1_and_http2);
    auto request = wire::to_http_request({.dialect = kCall, .method = "a.B/C"});
    request.headers.emplace_back("x-large", std::string(70'000, 'x'));
    const auto refused = exchange_http2(gateway.authority(), request, 20s);
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message(), HasSubstr("the request cannot be sent"));
}

TEST(Http2Client, ConnectingEndsInTimeToo) {
    boost::asio::io_context context;
    const boost::asio::ip::tcp::endpoint any(boost::asio::ip::make_address("127.0.0.1"), 0);
    boost::asio::ip::tcp::acceptor acceptor(context);
    acceptor.open(any.protocol());
    acceptor.bind(any);
    acceptor.listen(0);
    // Linux leaves unanswered what does not fit into the queue of a server that does not accept.
    std::vector<boost::asio::ip::tcp::socket> queued;
    for (int i = 0; i < 4; ++i) {
        auto& socket = queued.emplace_back(context, any.protocol());
        socket.non_blocking(true);
        const auto server = acceptor.local_endpoint();
        std::ignore = ::connect(socket.native_handle(), server.data(), static_cast<socklen_t>(server.size()));
    }
    const auto request = wire::to_http_request({.dialect = kCall, .method = "a.B/C"});
    const auto late = exchange_http2("127.0.0.1:" + std::to_string(acceptor.local_endpoint().port()), request, 50ms);
    ASSERT_FALSE(late);
    EXPECT_THAT(late.error().message(), HasSubstr("not in time"));
}

TEST(Http2Client, ASignalDoesNotEndTheWait) {
    struct sigaction ignored {};
    ignored.sa_handler = [](int) {};
    struct sigaction before {};
    ASSERT_EQ(sigaction(SIGUSR1, &ignored, &before), 0);
    const auto waiting = pthread_self();
    const Gateway gateway(
        [waiting](http::Request&& request, net::Responder responder) {
            for (int i = 0; i < 1000; ++i) {
                pthread_kill(waiting, SIGUSR1);
                std::this_thread::yield();
            }
            echo(std::move(request), std::move(responder));
        },
        net::Versions::http1_and_http2);
    const auto request = wire::to_http_request({.dialect = kCall, .method = "a.B/C"});
    const auto reply = exchange_http2(gateway.authority(), request, 20s);
    ASSERT_TRUE(reply) << reply.error().message();
    EXPECT_EQ(reply->status, 200);
    EXPECT_EQ(sigaction(SIGUSR1, &before, nullptr), 0);
}

}  // namespace
}  // namespace understudy::grpc
