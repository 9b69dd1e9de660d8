#include "tools/scenario/http_sender.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>

namespace understudy::scenario::http_sender_test {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::chrono::seconds kPatience{10};

// Accepts one connection, reads a request whose body ends in `!`, and answers it with `reply`.
class OneReply {
  public:
    explicit OneReply(std::string reply)
        : acceptor_(context_, {asio::ip::address_v4::loopback(), 0}),
          url_("http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port())),
          thread_([this, text = std::move(reply)] {
              tcp::socket socket = acceptor_.accept();
              asio::read_until(socket, asio::dynamic_buffer(received_), '!');
              asio::write(socket, asio::buffer(text));
          }) {}
    ~OneReply() {
        if (thread_.joinable()) thread_.join();
    }

    const std::string& url() const { return url_; }
    const std::string& received() {
        thread_.join();
        return received_;
    }

  private:
    asio::io_context context_;
    tcp::acceptor acceptor_;
    std::string url_;
    std::string received_;
    std::thread thread_;
};

http::Request post() {
    http::Request request;
    request.method = "POST";
    request.target = "/shop.Shop/Order";
    request.headers = {{"Content-Type", "application/proto"}, {"X-A", "1"}, {"X-A", "2"}};
    request.body = std::string("\0\xFF!", 3);
    return request;
}

TEST(HttpSender, ARequestAndItsReplyKeepTheirBytes) {
    OneReply server(
        "HTTP/1.1 404 Not Found\r\nX-b: 1\r\nX-B: 2\r\nContent-Length: 3\r\n\r\n\xFF"
        "ab");
    HttpSender sender;
    const auto reply = sender.send(server.url(), post(), kPatience);
    ASSERT_TRUE(reply) << reply.error();
    EXPECT_EQ(reply->status, 404);
    EXPECT_EQ(reply->headers, (http::Headers{{"X-b", "1"}, {"X-B", "2"}, {"Content-Length", "3"}}));
    EXPECT_EQ(reply->body.view(),
              "\xFF"
              "ab");
    const auto& received = server.received();
    EXPECT_THAT(received, StartsWith("POST /shop.Shop/Order HTTP/1.1\r\n"));
    EXPECT_THAT(received, HasSubstr("Content-Type: application/proto\r\nX-A: 1\r\nX-A: 2\r\n"));
    EXPECT_THAT(received, EndsWith(std::string("\r\n\r\n\0\xFF!", 7)));
}

TEST(HttpSender, EachBaseUrlHasAConnectionOfItsOwn) {
    const std::string reply = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n";
    OneReply first(reply + '1');
    OneReply second(reply + '2');
    HttpSender sender;
    EXPECT_EQ(sender.send(first.url(), post(), kPatience).value().body.view(), "1");
    EXPECT_EQ(sender.send(second.url(), post(), kPatience).value().body.view(), "2");
}

TEST(HttpSender, WithoutAServerThereIsAProblemThatNamesTheUrl) {
    asio::io_context context;
    std::string url;
    {
        const tcp::acceptor closed(context, {asio::ip::address_v4::loopback(), 0});
        url = "http://127.0.0.1:" + std::to_string(closed.local_endpoint().port());
    }
    HttpSender sender;
    const auto reply = sender.send(url, post(), kPatience);
    ASSERT_FALSE(reply);
    EXPECT_THAT(reply.error().message(), StartsWith("no reply to POST " + url + "/shop.Shop/Order: "));
}

TEST(HttpSender, AnotherTextIsNoUrl) {
    HttpSender sender;
    const auto reply = sender.send("127.0.0.1:80", post(), kPatience);
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code(), source::ProblemCode::invalid);
}

}  // namespace
}  // namespace understudy::scenario::http_sender_test
