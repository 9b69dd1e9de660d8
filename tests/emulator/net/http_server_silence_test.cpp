// Connections on which nothing moves.

#include "tests/emulator/net/answering_servers.hpp"
#include "tests/emulator/net/http2_client.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>

namespace understudy::net::http_server_test {
namespace {

using std::chrono::milliseconds;

constexpr ServerLimits kBothVersions{.versions = Versions::http1_and_http2};

void end_silent(LoopbackServer& server, milliseconds silence) {
    server.run([&] { server.server().end_silent(silence); });
}

/// Lets the time pass after which silent connections are closed.
void outwait_silence(const LoopbackServer& server) {
    for (int times = 0; times < 3; ++times) {
        RawClient silent(server.port());
        EXPECT_TRUE(silent.reads_end());
    }
}

TEST(HttpServer, ConnectionsOnWhichNothingMovesAreClosed) {
    LoopbackServer server(echo, kBothVersions);
    end_silent(server, milliseconds(20));
    RawClient silent(server.port()), preface(server.port()), head(server.port()), body(server.port());
    preface.write("PRI * HTTP/2.0\r\n");
    head.write("GET / HTTP/1.1\r\nHost: h\r\n");
    body.write("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhalf");
    for (RawClient* client : {&silent, &preface, &head, &body}) EXPECT_TRUE(client->reads_end());
    RawClient answered(server.port());
    answered.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(answered.read_reply().status, 200);
    EXPECT_TRUE(answered.reads_end());
}

TEST(HttpServer, ARequestThatIsUnderWayIsNoSilence) {
    ParkingServer server;
    end_silent(server, milliseconds(20));
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_parked(1);
    outwait_silence(server);
    EXPECT_EQ(server.gone(), 0);
    server.run([&] {
        std::move(server.parked().front()).send({200, {}, "late"});
        server.parked().clear();
    });
    EXPECT_EQ(client.read_reply().body, "late");
}

TEST(HttpServer, AClientThatDoesNotReadItsReplyIsLeft) {
    constexpr std::size_t kSize = 64 << 20;
    LoopbackServer server([](http::Request&&, Responder responder, const Peer&) {
        std::move(responder).send({200, {}, std::string(kSize, 'x')});
    });
    end_silent(server, milliseconds(20));
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    outwait_silence(server);
    EXPECT_LT(client.read_all().size(), kSize);
}

TEST(HttpServer, AConnectionOnWhichBytesMoveIsKept) {
    LoopbackServer server(echo);
    end_silent(server, milliseconds(500));
    RawClient busy(server.port());
    auto ended = std::async(std::launch::async, [&server] { return RawClient(server.port()).reads_end(); });
    do {
        busy.write("GET / HTTP/1.1\r\n\r\n");
        ASSERT_EQ(busy.read_reply().status, 200);
    } while (ended.wait_for(milliseconds(1)) != std::future_status::ready);
    busy.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(busy.read_reply().status, 200);
}

TEST(Http2, AConnectionWithoutRequestsIsToldToGoAway) {
    LoopbackServer server(echo, kBothVersions);
    end_silent(server, milliseconds(20));
    Http2Client client(server.port());
    EXPECT_EQ(client.wait_closed(client.ask("GET", "/")).header(":status"), "200");
    EXPECT_TRUE(client.wait_goaway());
}

TEST(Http2, AConnectionWithARequestUnderWayIsKept) {
    Parking parking;
    LoopbackServer server(
        [&parking](http::Request&&, Responder responder, const Peer&) { parking.park(std::move(responder)); },
        kBothVersions);
    end_silent(server, milliseconds(20));
    Http2Client client(server.port());
    const auto stream = client.ask("GET", "/");
    parking.wait_for_parked(1);
    outwait_silence(server);
    server.run([&] {
        std::move(parking.parked().front()).send({200, {}, "late"});
        parking.parked().clear();
    });
    EXPECT_EQ(client.wait_closed(stream).body, "late");
}

TEST(Http2, AClientThatDoesNotReadItsRepliesIsLeft) {
    LoopbackServer server(
        [](http::Request&&, Responder responder, const Peer&) {
            std::move(responder).send({200, {}, std::string(8 << 20, 'x')});
        },
        kBothVersions);
    end_silent(server, milliseconds(20));
    Http2Client client(server.port());
    client.take_data(false);
    client.ask("GET", "/");
    EXPECT_TRUE(client.wait_goaway());
}

}  // namespace
}  // namespace understudy::net::http_server_test
