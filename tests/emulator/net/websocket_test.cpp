#include "emulator/net/websocket.hpp"

#include "tests/emulator/net/loopback.hpp"
#include "tests/emulator/net/websocket_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace understudy::net::websocket_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string kUpgrade = handshake("/prod?x=1", "h");

/// Makes a WebSocket of each request, after `wait`, and keeps the newest.
class SocketServer : public LoopbackServer {
  public:
    explicit SocketServer(WebSocketTerms terms = {})
        : LoopbackServer([this, terms](http::Request&& request, Responder responder, const Peer&) {
              const auto offer = parse_websocket_offer(request);
              if (!offer) return std::move(responder).send({426, {}, "not a WebSocket"});
              if (request.target == "/refused?") return std::move(responder).send({403, {}, "refused"});
              socket.emplace(std::move(responder).accept_websocket(
                  *offer, {{"Sec-WebSocket-Protocol", "p"}}, terms,
                  {[this](std::string&& text) { socket->send_text("echo " + text); },
                   [this](std::uint16_t code, const std::string& reason) {
                       closed.set_value(std::to_string(code) + ' ' + reason);
                   }}));
          }) {}

    ~SocketServer() {
        run([this] { socket.reset(); });
    }

    std::optional<WebSocket> socket;
    std::promise<std::string> closed;
};

std::string upgrade(RawClient& client) {
    client.write(kUpgrade);
    return client.read_through("\r\n\r\n");
}

TEST(WebSocketOffer, IsThereOnlyWhereARequestAsksRightly) {
    struct Row {
        std::string name;
        std::string value;
        bool valid;
    };
    const std::vector<Row> rows{
        {"", "", true},
        {"Upgrade", "h2c, WebSocket", true},
        {"Upgrade", "h2c", false},
        {"Connection", "close", false},
        {"Sec-WebSocket-Version", "8", false},
        {"Sec-WebSocket-Key", "c2hvcnQ=", false},
        {"Sec-WebSocket-Key", "no base64", false},
    };
    for (const Row& row : rows) {
        http::Request request{"GET", "/", 1, {}, {}};
        if (!row.name.empty()) request.headers.add(row.name, row.value);
        const http::Headers usual{{"Upgrade", "websocket"},
                                  {"Connection", "Upgrade"},
                                  {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                                  {"Sec-WebSocket-Version", "13"}};
        for (const auto [name, value] : usual) {
            if (name != row.name) request.headers.add(name, value);
        }
        EXPECT_EQ(parse_websocket_offer(request).has_value(), row.valid) << row.name << ' ' << row.value;
    }
    EXPECT_FALSE(parse_websocket_offer({"GET", "/", 1, {}, {}}));
}

TEST(WebSocket, AnAcceptedRequestSpeaksInMessages) {
    SocketServer server;
    RawClient client(server.port());
    EXPECT_EQ(upgrade(client),
              "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\nSec-WebSocket-Protocol: p\r\n\r\n");
    client.write(frame(0x81, "hi"));
    EXPECT_EQ(client.read_through("hi"),
              "\x81\x07"
              "echo hi");
    server.run([&] { server.socket->send_text("pushed"); });
    EXPECT_EQ(client.read_through("pushed"), "\x81\x06pushed");
    client.write(frame(0x89, "p"));
    EXPECT_EQ(client.read_through("p"), "\x8a\x01p");
}

TEST(WebSocket, ARefusedRequestIsAnsweredAsAnyOther) {
    SocketServer server;
    RawClient client(server.port());
    std::string refused = kUpgrade;
    client.write(refused.replace(4, 9, "/refused?"));
    EXPECT_EQ(client.read_reply().status, 403);
    client.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read_reply().status, 426);
    EXPECT_THAT(upgrade(client), HasSubstr("101 Switching"));
}

TEST(WebSocket, FramesBehindTheRequestAreNotLost) {
    SocketServer server;
    RawClient client(server.port());
    client.write(kUpgrade + frame(0x81, "early"));
    client.read_through("\r\n\r\n");
    EXPECT_EQ(client.read_through("early"),
              "\x81\x0a"
              "echo early");
}

TEST(WebSocket, AResponderMayWaitBeforeItAccepts) {
    std::optional<Responder> waiting;
    std::optional<WebSocketOffer> offer;
    std::promise<void> arrived;
    LoopbackServer server([&](http::Request&& request, Responder responder, const Peer&) {
        offer = parse_websocket_offer(request);
        waiting.emplace(std::move(responder));
        arrived.set_value();
    });
    std::optional<WebSocket> socket;
    RawClient client(server.port());
    client.write(kUpgrade);
    arrived.get_future().wait();
    server.run([&] {
        socket.emplace(std::move(*waiting).accept_websocket(
            *offer, {}, {}, {[&](std::string&& text) { socket->send_text(text); }, {}}));
    });
    client.read_through("\r\n\r\n");
    client.write(frame(0x81, "one"));
    EXPECT_EQ(client.read_through("one"), "\x81\x03one");
    server.run([&] { socket.reset(); });
    EXPECT_EQ(client.read_through("Going away"), "\x88\x0c\x03\xe9Going away");
}

TEST(WebSocket, TheCloseIsToldByWhoeverBeganIt) {
    struct Row {
        std::string name;
        std::function<void(SocketServer&, RawClient&)> act;
        std::string wire;
        std::string told;
    };
    const std::vector<Row> rows{
        {"client",
         [](SocketServer&, RawClient& client) {
             client.write(frame(0x88,
                                "\x03\xe8"
                                "bye"));
         },
         "\x88\x05\x03\xe8"
         "bye",
         "1000 bye"},
        {"client without a code", [](SocketServer&, RawClient& client) { client.write(frame(0x88, "")); },
         std::string("\x88\x00", 2), "1005 "},
        {"server",
         [](SocketServer& server, RawClient& client) {
             server.run([&] { server.socket->close(http::WebSocketClose::normal, "done"); });
             client.write(frame(0x88, "\x03\xe8"));
         },
         "\x88\x06\x03\xe8"
         "done",
         "1000 done"},
        {"binary frame",
         [](SocketServer&, RawClient& client) {
             client.write(frame(0x82, "x"));
             client.end_writing();
         },
         "\x88\x21\x03\xeb"
         "binary frames are not supported",
         "1003 binary frames are not supported"},
        {"gone", [](SocketServer&, RawClient& client) { client.end_writing(); }, "", "1006 "},
    };
    for (const Row& row : rows) {
        SocketServer server;
        RawClient client(server.port());
        upgrade(client);
        row.act(server, client);
        const std::string wire = client.read_all();
        EXPECT_EQ(wire, row.wire) << row.name;
        EXPECT_EQ(server.closed.get_future().get(), row.told) << row.name;
        server.run([&] {
            EXPECT_FALSE(server.socket->open());
            server.socket->send_text("nobody");
        });
    }
}

TEST(WebSocket, IdleAndOldConnectionsAreToldToGoAway) {
    for (const bool idle : {false, true}) {
        WebSocketTerms terms;
        (idle ? terms.idle : terms.lifetime) = std::chrono::milliseconds(20);
        SocketServer server(terms);
        RawClient client(server.port());
        upgrade(client);
        EXPECT_EQ(client.read_through("away"), "\x88\x0c\x03\xe9Going away");
        client.write(frame(0x88, "\x03\xe9"));
        EXPECT_EQ(server.closed.get_future().get(), "1001 Going away");
    }
}

TEST(WebSocket, MessagesThatTheClientDoesNotReadWait) {
    SocketServer server;
    RawClient client(server.port());
    upgrade(client);
    const std::string text(100'000, 'x');
    server.run([&] {
        for (int i = 0; i < 100; ++i) server.socket->send_text(text);
        server.socket->send_text("last");
    });
    EXPECT_EQ(client.read_through("last").size(), 100 * (text.size() + 10) + 6);
}

/// Keeps what it hears, and pauses where it is told to. What is no handshake is answered as any request.
class HearingServer : public LoopbackServer {
  public:
    HearingServer()
        : LoopbackServer([this](http::Request&& request, Responder responder, const Peer&) {
              const auto offer = parse_websocket_offer(request);
              if (!offer) return std::move(responder).send({200, {}, "idle"});
              socket.emplace(std::move(responder).accept_websocket(*offer, {}, {},
                                                                   {[this](std::string&& text) {
                                                                        if (text == "pause") socket->pause();
                                                                        heard.push_back(std::move(text));
                                                                    },
                                                                    {}}));
          }) {}

    ~HearingServer() {
        run([this] { socket.reset(); });
    }

    /// What was heard, after whoever wrote before had the time to be read.
    std::vector<std::string> listen() {
        RawClient other(port());
        other.write("GET / HTTP/1.1\r\n\r\n");
        EXPECT_EQ(other.read_reply().body, "idle");
        std::vector<std::string> now;
        run([&] { now = heard; });
        return now;
    }

    std::optional<WebSocket> socket;
    std::vector<std::string> heard;
};

TEST(WebSocket, APausedConnectionIsReadOnOnceItIsResumed) {
    HearingServer server;
    RawClient client(server.port());
    client.write(kUpgrade + frame(0x81, "pause") + frame(0x81, "one") + frame(0x89, "p"));
    client.read_through("\r\n\r\n");
    client.write(frame(0x81, "two"));
    EXPECT_THAT(server.listen(), ElementsAre("pause"));
    server.run([&] { server.socket->resume(); });
    EXPECT_EQ(client.read_through("p"), "\x8a\x01p");
    client.write(frame(0x81, "pause") + frame(0x89, "q") + frame(0x88, "\x03\xe8"));
    EXPECT_THAT(server.listen(), ElementsAre("pause", "one", "two", "pause"));
    server.run([&] { server.socket->close(http::WebSocketClose::normal, "done"); });
    EXPECT_EQ(client.read_all(),
              "\x88\x06\x03\xe8"
              "done");
}

TEST(WebSocket, AClientThatDoesNotReadIsNotReadEither) {
    HearingServer server;
    RawClient client(server.port());
    upgrade(client);
    const std::string text(100'000, 'x');
    server.run([&] {
        for (int i = 0; i < 300; ++i) server.socket->send_text(text);
    });
    client.write(frame(0x81, "hi") + frame(0x89, "p"));
    EXPECT_THAT(server.listen(), ElementsAre());
    EXPECT_EQ(client.read_through("\x8a\x01p").size(), 300 * (text.size() + 10) + 3);
    EXPECT_THAT(server.listen(), ElementsAre("hi"));
}

TEST(WebSocket, OutlivesItsServer) {
    std::optional<WebSocket> socket;
    {
        SocketServer server;
        RawClient client(server.port());
        upgrade(client);
        server.run([&] {
            socket = std::move(server.socket);
            server.server().close();
        });
        EXPECT_TRUE(client.reads_end());
    }
    EXPECT_FALSE(socket->open());
    socket->send_text("nobody");
}

TEST(WebSocket, AllThatWasAskedBeforeTheCloseIsAnsweredBeforeIt) {
    SocketServer server;
    RawClient client(server.port());
    upgrade(client);
    std::string asked, answered;
    for (int i = 0; i < 5000; ++i) {
        asked += frame(0x89, "");
        answered += std::string("\x8a\0", 2);
    }
    client.write(asked + frame(0x81, "hi") + frame(0x88, "\x03\xe8"));
    EXPECT_EQ(client.read_all(), answered +
                                     "\x81\x07"
                                     "echo hi" +
                                     "\x88\x02\x03\xe8");
    EXPECT_EQ(server.closed.get_future().get(), "1000 ");
}

}  // namespace
}  // namespace understudy::net::websocket_test
