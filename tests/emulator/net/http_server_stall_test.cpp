#include "emulator/net/stall_watch.hpp"
#include "tests/emulator/net/answering_servers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>

namespace understudy::net::http_server_test {
namespace {

/// Makes a server wait for a request's rest as long as a header says, in milliseconds, and for a head for ever.
void make_impatient(LoopbackServer& server) {
    server.run([&server] {
        server.server().on_stalled(
            [](const http::Request* head) -> std::optional<std::chrono::milliseconds> {
                const auto wait = head == nullptr ? std::nullopt : head->headers.last("Wait");
                if (!wait) return std::nullopt;
                return std::chrono::milliseconds(std::stoi(std::string(*wait)));
            },
            [](const http::Request* head, const Peer&) {
                return http::Response{408, {}, "waited for " + head->method + ' ' + head->body};
            });
    });
}

class ImpatientServer : public LoopbackServer {
  public:
    ImpatientServer() : LoopbackServer(echo) { make_impatient(*this); }
};

TEST(HttpServer, ARequestThatBeganBehindAnotherIsAnsweredWhereItStandsStill) {
    ParkingServer server;
    make_impatient(server);
    RawClient client(server.port());
    client.write("GET /1 HTTP/1.1\r\n\r\nPOST / HTTP/1.1\r\nWait: 20\r\nContent-Length: 5\r\n\r\nhalf");
    server.wait_for_parked(1);
    server.run([&] {
        std::move(server.parked().front()).send({200, {}, "first"});
        server.parked().clear();
    });
    EXPECT_EQ(client.read_reply().body, "first");
    EXPECT_EQ(client.read_reply().status, 408);
    EXPECT_TRUE(client.reads_end());
}

TEST(HttpServer, ARequestThatStandsStillIsAnsweredAndItsConnectionClosed) {
    ImpatientServer server;
    RawClient client(server.port());
    client.write("POST / HTTP/1.1\r\nWait: 60000\r\nContent-Length: 2\r\n\r\nab");
    EXPECT_EQ(client.read_reply().status, 200) << "a request that is whole is in nobody's way";
    client.write("POST / HTTP/1.1\r\nWait: 20\r\nContent-Length: 5\r\n\r\nhalf");
    const WireReply reply = client.read_reply();
    EXPECT_EQ(reply.status, 408);
    EXPECT_TRUE(reply.has_line("Connection: close")) << reply.head;
    EXPECT_EQ(reply.body, "waited for POST half");
    EXPECT_TRUE(client.reads_end());
    RawClient chunked(server.port());
    chunked.write("PUT / HTTP/1.1\r\nWait: 20\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
    EXPECT_EQ(chunked.read_reply().status, 408);
}

TEST(HttpServer, WhatHasGoneOnIsLookedAtAgainLater) {
    LoopbackServer server(echo);
    std::promise<void> looked;
    int asked = 0;
    server.run([&] {
        server.server().on_stalled(
            [&](const http::Request*) -> std::optional<std::chrono::milliseconds> {
                if (++asked == 2) looked.set_value();
                return asked == 1 ? std::chrono::milliseconds(1) : std::chrono::hours(1);
            },
            [](const http::Request*, const Peer&) {
                return http::Response{408, {}, ""};
            });
    });
    RawClient client(server.port());
    client.write("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\nha");
    looked.get_future().wait();
    client.write("lf");
    EXPECT_EQ(client.read_reply().status, 200) << "the look found that there was time left";
}

TEST(HttpServer, WhoMayPauseForEverIsWaitedFor) {
    ImpatientServer server;
    RawClient patient(server.port()), stalled(server.port());
    patient.write("POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n");
    stalled.write("POST / HTTP/1.1\r\nWait: 20\r\nContent-Length: 1\r\n\r\n");
    EXPECT_EQ(stalled.read_reply().status, 408);
    patient.write("rest");
    EXPECT_EQ(patient.read_reply().status, 200) << "nobody told the server to be impatient";
}

TEST(StallWatch, EachByteBeginsTheTimeAnew) {
    using std::chrono::milliseconds;
    const StallWatch::Clock::time_point begin{};
    StallWatch watch;
    watch.on_progress(begin);
    EXPECT_EQ(watch.left(milliseconds(1000), begin + milliseconds(400)), milliseconds(600));
    watch.on_progress(begin + milliseconds(900));
    EXPECT_EQ(watch.left(milliseconds(1000), begin + milliseconds(1800)), milliseconds(100));
    EXPECT_LE(watch.left(milliseconds(1000), begin + milliseconds(1900)).count(), 0);
}

}  // namespace
}  // namespace understudy::net::http_server_test
