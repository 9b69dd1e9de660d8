#include "emulator/net/http_server.hpp"

#include "emulator/net/stall_watch.hpp"
#include "tests/emulator/net/loopback.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <list>
#include <optional>
#include <string>
#include <vector>

namespace understudy::net::http_server_test {
namespace {

using testing::HasSubstr;

/// Answers with the request as text, so that a client sees what the server saw.
std::string to_text(const http::Request& request) {
    std::string text = request.method + ' ' + request.target + '\n';
    for (const auto& [name, value] : request.headers) text += std::string(name) + '|' + std::string(value) + '\n';
    return text + '\n' + request.body;
}

void echo(http::Request&& request, Responder responder, const Peer&) {
    std::move(responder).send({200, {}, to_text(request)});
}

void echo_body(http::Request&& request, Responder responder, const Peer&) {
    std::move(responder).send({200, {}, std::move(request.body)});
}

std::string make_bytes(std::size_t size) {
    std::string bytes(size, '\0');
    std::uint32_t state = 1;
    for (char& c : bytes) {
        state = state * 1664525 + 1013904223;
        c = static_cast<char>(state >> 24);
    }
    return bytes;
}

/// Keeps responders, as parked `/next` calls are kept, and tells the test about each.
class Parking {
  public:
    void park(Responder responder) {
        responder.on_peer_gone([this] {
            ++gone_;
            gone_.notify_all();
        });
        parked_.push_back(std::move(responder));
        ++count_;
        count_.notify_all();
    }
    void wait_for_parked(int count) {
        for (int now; (now = count_) < count;) count_.wait(now);
    }
    void wait_for_gone(int count) {
        for (int now; (now = gone_) < count;) gone_.wait(now);
    }
    std::list<Responder>& parked() { return parked_; }
    int gone() const { return gone_; }

  private:
    std::list<Responder> parked_;
    std::atomic<int> count_ = 0;
    std::atomic<int> gone_ = 0;
};

class ParkingServer : public Parking, public LoopbackServer {
  public:
    ParkingServer()
        : LoopbackServer([this](http::Request&&, Responder responder, const Peer&) { park(std::move(responder)); }) {}
};

TEST(HttpServer, HeaderLinesKeepOrderSpellingAndRepetition) {
    LoopbackServer server(echo);
    RawClient client(server.port());
    client.write(
        "GET /a%2Fb/../c?q=%zz+1 HTTP/1.1\r\nhOsT: x\r\nX-B: 2\r\nX-a:  padded \t\r\nX-B: 1\r\nEmpty:\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "GET /a%2Fb/../c?q=%zz+1\nhOsT|x\nX-B|2\nX-a|padded\nX-B|1\nEmpty|\n\n");
}

TEST(HttpServer, TargetsInOtherFormsAndRawBytesAreLeftUntouched) {
    LoopbackServer server(echo);
    RawClient client(server.port());
    for (const std::string target : {"http://h:1/p?q", "*", "/\xc3\xa9?\xff", "//x", "/?", "/a?b?c#d"}) {
        client.write("GET " + target + " HTTP/1.1\r\n\r\n");
        EXPECT_EQ(client.read_reply().body, "GET " + target + "\n\n");
    }
}

TEST(HttpServer, PeerIsTheClientsAddress) {
    std::promise<Peer> peer;
    LoopbackServer server([&peer](http::Request&&, Responder responder, const Peer& from) {
        peer.set_value(from);
        std::move(responder).send({});
    });
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    client.read_reply();
    const Peer from = peer.get_future().get();
    EXPECT_EQ(from.address, "127.0.0.1");
    EXPECT_NE(from.port, 0);
}

TEST(HttpServer, HeaderOfOneMebibyteArrivesWhole) {
    LoopbackServer server(echo, {2 * 1024 * 1024, 1024});
    const std::string value(1024 * 1024, 'x');
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\nBig: " + value + "\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "GET /\nBig|" + value + "\n\n");
    client.write("GET /again HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "GET /again\n\n");
}

TEST(HttpServer, HeaderOverTheLimitIsRefusedReadably) {
    LoopbackServer server(echo, {64 * 1024, 1024});
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\nBig: " + std::string(300 * 1024, 'x') + "\r\n\r\n");
    const WireReply reply = client.read_reply();
    EXPECT_EQ(reply.status, 431);
    EXPECT_TRUE(reply.has_line("Connection: close"));
    EXPECT_EQ(reply.body, "headers");
    EXPECT_TRUE(client.reads_end());
}

TEST(HttpServer, ChunkedBodyIsJoinedAndTrailersFollowTheHeaders) {
    LoopbackServer server(echo);
    RawClient client(server.port());
    client.write(
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;ext=1\r\nhello\r\n7\r\n, world\r\n0\r\nTrailer-B: "
        "2\r\ntrailer-A: 1\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "POST /\nTransfer-Encoding|chunked\nTrailer-B|2\ntrailer-A|1\n\nhello, world");
}

TEST(HttpServer, TrailersAreDroppedWhereTheyMustNotPassForHeaders) {
    LoopbackServer server(echo, {64 * 1024, 1024, Trailers::dropped});
    RawClient client(server.port());
    client.write(
        "POST / HTTP/1.1\r\nX-Role: user\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-Role: admin\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "POST /\nX-Role|user\nTransfer-Encoding|chunked\n\nhi");
    client.write("GET /next HTTP/1.1\r\nA: b\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "GET /next\nA|b\n\n");
}

TEST(HttpServer, RequestsWrittenByteByByteAreTheSame) {
    LoopbackServer server(echo);
    RawClient client(server.port());
    const std::string requests =
        "POST /1 HTTP/1.1\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\nT: u\r\n\r\n"
        "POST /2 HTTP/1.1\r\nContent-Length: 4\r\n\r\nwxyz";
    for (const char c : requests) client.write(std::string_view(&c, 1));
    EXPECT_EQ(client.read_reply().body, "POST /1\nA|b\nTransfer-Encoding|chunked\nT|u\n\nabc0123456789");
    EXPECT_EQ(client.read_reply().body, "POST /2\nContent-Length|4\n\nwxyz");
}

TEST(HttpServer, PipelinedRequestsAreAnsweredInOrder) {
    LoopbackServer server(echo);
    RawClient client(server.port());
    std::string requests;
    for (int i = 0; i < 3000; ++i) {
        requests += "POST /" + std::to_string(i) + " HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc";
    }
    std::thread writer([&] { client.write(requests); });
    for (int i = 0; i < 3000; ++i) {
        ASSERT_THAT(client.read_reply().body, HasSubstr("POST /" + std::to_string(i) + "\n"));
    }
    writer.join();
}

TEST(HttpServer, OnePipelinedRequestIsHandedOutAtATime) {
    ParkingServer server;
    RawClient client(server.port());
    client.write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
    server.wait_for_parked(1);
    server.run([&] {
        EXPECT_EQ(server.parked().size(), 1u);
        std::move(server.parked().front()).send({200, {}, "one"});
        server.parked().pop_front();
        EXPECT_EQ(server.parked().size(), 1u);
        std::move(server.parked().front()).send({200, {}, "two"});
        server.parked().clear();
    });
    EXPECT_EQ(client.read_reply().body, "one");
    EXPECT_EQ(client.read_reply().body, "two");
}

TEST(HttpServer, RequestsPipelinedBehindAParkedOneWaitInTheKernel) {
    std::optional<Responder> first;
    std::promise<void> arrived;
    LoopbackServer server([&](http::Request&& request, Responder responder, const Peer&) {
        if (request.target != "/0") return std::move(responder).send({200, {}, request.target});
        first.emplace(std::move(responder));
        arrived.set_value();
    });
    RawClient client(server.port());
    const std::string padding(1000, 'x');
    std::thread writer([&] {
        for (int i = 0; i < 5000; ++i) {
            client.write("GET /" + std::to_string(i) + " HTTP/1.1\r\nPadding: " + padding + "\r\n\r\n");
        }
    });
    arrived.get_future().wait();
    server.run([&] { std::move(*first).send({200, {}, "/0"}); });
    for (int i = 0; i < 5000; ++i) ASSERT_EQ(client.read_reply().body, "/" + std::to_string(i));
    writer.join();
}

TEST(HttpServer, ExpectationIsMetBeforeTheBodyIsSent) {
    LoopbackServer server(echo_body);
    RawClient client(server.port());
    client.write("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    EXPECT_EQ(client.read_reply().head, "HTTP/1.1 100 Continue");
    client.write("body");
    EXPECT_EQ(client.read_reply().body, "body");
    client.write("POST / HTTP/1.1\r\nexpect: 100-Continue\r\nTransfer-Encoding: chunked\r\n\r\n");
    EXPECT_EQ(client.read_reply().head, "HTTP/1.1 100 Continue");
    client.write("2\r\nhi\r\n0\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "hi");
}

TEST(HttpServer, ExpectationIsNotMetWhereItIsPointless) {
    LoopbackServer server(echo_body, {1024, 10});
    RawClient here(server.port());
    here.write("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\nbody");
    EXPECT_EQ(here.read_reply().body, "body");
    RawClient too_large(server.port());
    too_large.write("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
    EXPECT_EQ(too_large.read_reply().status, 413);
}

TEST(HttpServer, WhoAnswersAMalformedRequestIsGivenWhatWasReadOfItsHead) {
    LoopbackServer server(echo_body, {1024, 10});
    for (const std::string_view rest :
         {"Content-Length: 11\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nno size\r\n"}) {
        RawClient client(server.port());
        client.write("PUT /a HTTP/1.1\r\n" + std::string(rest));
        const WireReply reply = client.read_reply();
        EXPECT_TRUE(reply.has_line("X-Head: PUT /a")) << reply.head;
    }
    const std::pair<std::string, std::string> unfinished[] = {
        {"PUT /a HTTP/1.1\r\nno header line\r\n\r\n", "X-Begun: PUT /a "},
        {"PUT /a HTTP/1.1\r\nHost: h\r\nBad Name: 1\r\nA: b\r\n\r\n", "X-Begun: PUT /a h"},
        {"PUT /a HTTP/1.1\r\nHost: h\r\nLong: " + std::string(1024, 'x') + "\r\n", "X-Begun: PUT /a h"},
        {"no HTTP\r\n\r\n", "X-Begun:   "},
    };
    for (const auto& [bytes, line] : unfinished) {
        RawClient client(server.port());
        client.write(bytes);
        const WireReply reply = client.read_reply();
        EXPECT_TRUE(reply.has_line(line)) << reply.head;
    }
}

TEST(HttpServer, ReplyToHeadHasALengthAndNoBody) {
    LoopbackServer server([](http::Request&&, Responder responder, const Peer&) {
        std::move(responder).send({200, {{"A", "b"}}, "four"});
    });
    RawClient client(server.port());
    client.write("HEAD / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    const WireReply head = client.read_reply(RawClient::BodyOf::head_request);
    EXPECT_TRUE(head.has_line("Content-Length: 4"));
    EXPECT_EQ(client.read_reply().body, "four");
}

TEST(HttpServer, ConnectionStaysOpenAsVersionAndHeaderSay) {
    struct Row {
        std::string request;
        bool open;
        std::string connection_line;
    };
    const std::vector<Row> rows{
        {"GET / HTTP/1.1\r\n\r\n", true, ""},
        {"GET / HTTP/1.1\r\nConnection: keep-alive\r\n\r\n", true, ""},
        {"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", false, "Connection: close"},
        {"GET / HTTP/1.1\r\nConnection: x, Close\r\n\r\n", false, "Connection: close"},
        {"GET / HTTP/1.0\r\n\r\n", false, "Connection: close"},
        {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true, "Connection: keep-alive"},
    };
    LoopbackServer server(echo);
    for (const Row& row : rows) {
        SCOPED_TRACE(row.request);
        RawClient client(server.port());
        client.write(row.request);
        const WireReply reply = client.read_reply();
        if (row.connection_line.empty()) {
            EXPECT_EQ(reply.head.find("Connection:"), std::string::npos);
        } else {
            EXPECT_TRUE(reply.has_line(row.connection_line));
        }
        if (row.open) {
            client.write(row.request);
            EXPECT_EQ(client.read_reply().status, 200);
        } else {
            EXPECT_TRUE(client.reads_end());
        }
    }
}

TEST(HttpServer, ReplyThatSaysCloseCloses) {
    LoopbackServer server([](http::Request&&, Responder responder, const Peer&) {
        std::move(responder).send({200, {{"connection", "close"}}, "bye"});
    });
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "bye");
    EXPECT_TRUE(client.reads_end());
}

TEST(HttpServer, WhatIsNoRequestIsRefusedReadablyAndTheNextClientServed) {
    struct Row {
        std::string bytes;
        std::string fault;
    };
    const std::vector<Row> rows{
        {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03garbage", 18), "garbage"},
        {"GARBAGE\r\n\r\n", "garbage"},
        {"GET / HTTP/2.0\r\n\r\n", "garbage"},
        {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "garbage"},
        {"GET /a b HTTP/1.1\r\n\r\n", "garbage"},
        {"GET / HTTP/1.1\r\nno colon\r\n\r\n", "garbage"},
        {"GET / HTTP/1.1\r\nname : v\r\n\r\n", "garbage"},
        {"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "framing"},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n", "framing"},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", "framing"},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked, gzip\r\n\r\n", "framing"},
        {"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na", "framing"},
        {"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "framing"},
        {"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", "framing"},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "framing"},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcdef\r\n", "framing"},
        {"POST / HTTP/1.1\r\nContent-Length: 10485761\r\n\r\n", "body"},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nA00001\r\n", "body"},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nT: " + std::string(70'000, 'x'), "headers"},
        {"GET /" + std::string(70'000, 'x'), "headers"},
    };
    LoopbackServer server(echo);
    for (const Row& row : rows) {
        SCOPED_TRACE(row.bytes.substr(0, 80));
        RawClient client(server.port());
        client.write(row.bytes);
        const WireReply reply = client.read_reply();
        EXPECT_TRUE(reply.has_line("X-Fault: " + row.fault)) << reply.head;
        EXPECT_TRUE(client.reads_end());
        RawClient next(server.port());
        next.write("GET / HTTP/1.1\r\n\r\n");
        EXPECT_EQ(next.read_reply().status, 200);
    }
}

TEST(HttpServer, EmptyLinesBeforeARequestAreIgnored) {
    LoopbackServer server(echo);
    RawClient client(server.port());
    client.write("\r\n\r\nGET /1 HTTP/1.1\r\n\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "GET /1\n\n");
    client.write("GET /2 HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "GET /2\n\n");
}

TEST(HttpServer, BodyOverTheLimitIsRefusedReadablyAlthoughTheClientSendsOn) {
    LoopbackServer server(echo);
    RawClient client(server.port());
    client.write("POST / HTTP/1.1\r\nContent-Length: 10485761\r\n\r\n");
    client.write(std::string(10 * 1024 * 1024 + 1, 'x'));
    EXPECT_EQ(client.read_reply().body, "body");
}

TEST(HttpServer, BodyAtTheLimitIsServed) {
    LoopbackServer server(echo_body);
    const std::string body = make_bytes(10 * 1024 * 1024);
    RawClient client(server.port());
    client.write("POST / HTTP/1.1\r\nContent-Length: 10485760\r\n\r\n" + body);
    EXPECT_TRUE(client.read_reply().body == body);
}

TEST(HttpServer, SixMebibytesPassBothWaysIntactAndTheConnectionIsReused) {
    LoopbackServer server(echo_body);
    const std::string body = make_bytes(6 * 1024 * 1024 + 13);
    RawClient client(server.port());
    for (int i = 0; i < 3; ++i) {
        client.write("POST / HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
        EXPECT_TRUE(client.read_reply().body == body);
        client.write("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (std::size_t at = 0; at < body.size(); at += 0x10001) {
            const std::string part = body.substr(at, 0x10001);
            std::array<char, 16> size{};
            const int length = std::snprintf(size.data(), size.size(), "%zx\r\n", part.size());
            client.write(std::string(size.data(), static_cast<std::size_t>(length)) + part + "\r\n");
        }
        client.write("0\r\n\r\n");
        EXPECT_TRUE(client.read_reply().body == body);
    }
}

TEST(HttpServer, HalfRequestsAndVanishingClientsAreDroppedQuietly) {
    LoopbackServer server(echo);
    const std::vector<std::string> halves{
        "",
        "G",
        "GET / HT",
        "GET / HTTP/1.1\r\nA: b",
        "GET / HTTP/1.1\r\nA: b\r\n\r",
        "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha",
        "POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n" + std::string(900'000, 'x')};
    for (const std::string& half : halves) {
        SCOPED_TRACE(half.substr(0, 80));
        RawClient half_closed(server.port());
        half_closed.write(half);
        half_closed.end_writing();
        EXPECT_EQ(half_closed.read_all(), "");
        RawClient closed(server.port());
        closed.write(half);
        closed.close();
        RawClient torn(server.port());
        torn.write(half);
        torn.reset();
        RawClient next(server.port());
        next.write("GET / HTTP/1.1\r\n\r\n");
        EXPECT_EQ(next.read_reply().status, 200);
    }
}

TEST(HttpServer, BodiesThatBreakOffAreHandedOutWhereSomebodyWantsThem) {
    LoopbackServer server(echo);
    std::atomic<int> count = 0;
    server.run([&] {
        server.server().on_truncated([&](http::Request&& request, Responder responder, const Peer&) {
            EXPECT_FALSE(responder.open());
            ++count;
            std::move(responder).send({400, {}, "cut: " + request.target + ' ' + request.body.substr(0, 10)});
        });
    });
    struct Case {
        std::string bytes;
        std::string reply;
    };
    const std::string long_body(900'000, 'x');
    const std::vector<Case> cases{
        {"POST /a HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf", "cut: /a half"},
        {"POST /b HTTP/1.1\r\nContent-Length: 9\r\n\r\n", "cut: /b "},
        {"POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "cut: /c hello"},
        {"POST /d HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n0\r\n", "cut: /d he"},
        {"POST /e HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n" + long_body, "cut: /e xxxxxxxxxx"},
        {"POST /f HTTP/1.1\r\nContent-Length: 1\r\n", ""},
        {"GET /g HT", ""},
        {"", ""},
    };
    int expected = 0;
    for (const auto& [bytes, reply] : cases) {
        SCOPED_TRACE(bytes.substr(0, 80));
        expected += reply.empty() ? 0 : 1;
        RawClient half_closed(server.port());
        half_closed.write(bytes);
        half_closed.end_writing();
        if (reply.empty()) {
            EXPECT_EQ(half_closed.read_all(), "");
        } else {
            const WireReply answer = half_closed.read_reply();
            EXPECT_EQ(answer.status, 400);
            EXPECT_EQ(answer.body, reply);
            EXPECT_TRUE(half_closed.reads_end());
        }
        EXPECT_EQ(count, expected);
    }
    RawClient torn(server.port());
    torn.write(cases.front().bytes);
    torn.reset();
    RawClient next(server.port());
    next.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(next.read_reply().status, 200);
}

TEST(HttpServer, HalfClosedClientStillGetsAllItsReplies) {
    LoopbackServer server(echo);
    RawClient client(server.port());
    client.write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
    client.end_writing();
    const std::string all = client.read_all();
    EXPECT_THAT(all, HasSubstr("GET /1\n"));
    EXPECT_THAT(all, HasSubstr("GET /2\n"));
}

TEST(HttpServer, PendingReplyOfAHalfClosedClientIsWritten) {
    ParkingServer server;
    RawClient client(server.port());
    client.write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n");
    client.end_writing();
    server.wait_for_gone(1);
    server.run([&] {
        EXPECT_FALSE(server.parked().front().open());
        std::move(server.parked().front()).send({200, {}, "late"});
        std::move(server.parked().back()).send({200, {}, "later"});
        server.parked().clear();
    });
    EXPECT_EQ(client.read_reply().body, "late");
    EXPECT_EQ(client.read_reply().body, "later");
    EXPECT_TRUE(client.reads_end());
}

/// Replies that their peers did not read, as the server was told.
class UnreadReplies {
  public:
    /// Answers the only request that is parked.
    void answer(ParkingServer& server, std::size_t size = 5) {
        server.parked().front().on_unread([this] {
            ++count_;
            count_.notify_all();
        });
        std::move(server.parked().front()).send({200, {}, std::string(size, 'x')});
        server.parked().pop_front();
    }
    void wait_for(int count) const {
        for (int now; (now = count_) < count;) count_.wait(now);
    }
    int count() const { return count_; }

  private:
    std::atomic<int> count_ = 0;
};

TEST(HttpServer, AReplyWhosePeerClosedWithoutReadingItIsTold) {
    UnreadReplies unread;
    ParkingServer server;
    int parked = 0;
    for (const char* request : {"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.0\r\n\r\n"}) {
        for (const std::size_t size : {5, 16 << 20}) {
            RawClient late(server.port());
            late.write(request);
            server.wait_for_parked(++parked);
            server.run([&] { unread.answer(server, size); });
            late.close();
            unread.wait_for(parked);

            RawClient early(server.port());
            early.write(request);
            server.wait_for_parked(++parked);
            // The server is kept from noticing.
            server.run([&] {
                early.close();
                unread.answer(server, size);
            });
            unread.wait_for(parked);
            EXPECT_EQ(unread.count(), parked);
        }
    }
}

TEST(HttpServer, AReplyThatWasReadIsNotToldAsUnread) {
    UnreadReplies unread;
    ParkingServer server;
    RawClient client(server.port());
    client.write("GET /1 HTTP/1.1\r\n\r\n");
    server.wait_for_parked(1);
    server.run([&] { unread.answer(server); });
    EXPECT_EQ(client.read_reply().body, "xxxxx");
    client.write("GET /2 HTTP/1.1\r\n\r\n");
    server.wait_for_parked(2);
    server.run([&] { unread.answer(server); });
    EXPECT_EQ(client.read_reply().body, "xxxxx");
    client.end_writing();
    EXPECT_TRUE(client.reads_end());
    EXPECT_EQ(unread.count(), 0);
}

TEST(HttpServer, ClientThatVanishesWhileItsReplyIsDueIsNoticed) {
    ParkingServer server;
    RawClient stays(server.port());
    stays.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_parked(1);
    RawClient closes(server.port());
    closes.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_parked(2);
    RawClient resets(server.port());
    resets.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_parked(3);
    closes.close();
    server.wait_for_gone(1);
    resets.reset();
    server.wait_for_gone(2);
    server.run([&] {
        std::vector<bool> open;
        for (const Responder& responder : server.parked()) open.push_back(responder.open());
        EXPECT_THAT(open, testing::ElementsAre(true, false, false));
        for (Responder& responder : server.parked()) std::move(responder).send({200, {}, "here"});
        server.parked().clear();
    });
    EXPECT_EQ(stays.read_reply().body, "here");
}

TEST(HttpServer, ClientThatClosesRightBehindItsRequestIsNoticed) {
    ParkingServer server;
    for (int i = 1; i <= 50; ++i) {
        RawClient client(server.port());
        client.write("GET / HTTP/1.1\r\n\r\n");
        client.close();
        server.wait_for_gone(i);
    }
    server.run([&] { server.parked().clear(); });
}

TEST(HttpServer, PeerCallbackMayDropTheResponder) {
    std::optional<Responder> kept;
    std::promise<void> gone;
    LoopbackServer server([&](http::Request&&, Responder responder, const Peer&) {
        kept.emplace(std::move(responder));
        kept->on_peer_gone([&] {
            kept.reset();
            gone.set_value();
        });
    });
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    client.close();
    gone.get_future().wait();
}

TEST(HttpServer, UnansweredResponderClosesTheConnection) {
    LoopbackServer server([](http::Request&&, Responder, const Peer&) {});
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(client.reads_end());
}

TEST(HttpServer, ReplyMayTakeManyWrites) {
    const std::string body = make_bytes(20 * 1024 * 1024);
    const auto shared = std::make_shared<const std::string>(body);
    LoopbackServer server([&](http::Request&&, Responder responder, const Peer&) {
        std::move(responder).send({200, {}, shared});
    });
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(client.read_reply().body == body);
    EXPECT_TRUE(client.read_reply().body == body);
}

TEST(HttpServer, CloseEndsParkedAndIdleConnectionsAndTheirRespondersAnswerNobody) {
    ParkingServer server;
    RawClient parked(server.port());
    parked.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_parked(1);
    RawClient idle(server.port());
    idle.write("GET ");
    server.run([&] {
        server.server().close();
        EXPECT_FALSE(server.parked().front().open());
        std::move(server.parked().front()).send({200, {}, "too late"});
        server.parked().clear();
    });
    EXPECT_TRUE(parked.reads_end());
    EXPECT_TRUE(idle.reads_end());
    EXPECT_THROW(RawClient{server.port()}, std::runtime_error);
    EXPECT_EQ(server.gone(), 0);
}

TEST(HttpServer, CallbackMayCloseTheServer) {
    LoopbackServer* self = nullptr;
    LoopbackServer server([&](http::Request&&, Responder responder, const Peer&) {
        self->server().close();
        std::move(responder).send({});
    });
    self = &server;
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(client.reads_end());
}

TEST(HttpServer, ResponderMayOutliveServerAndContext) {
    std::promise<Responder> promise;
    std::optional<Responder> kept;
    {
        LoopbackServer server(
            [&](http::Request&&, Responder responder, const Peer&) { promise.set_value(std::move(responder)); });
        RawClient client(server.port());
        client.write("GET / HTTP/1.1\r\n\r\n");
        kept.emplace(promise.get_future().get());
    }
    EXPECT_FALSE(kept->open());
    std::move(*kept).send({200, {}, "nobody"});
}

TEST(HttpServer, TakenPortIsToldFromOtherErrors) {
    LoopbackServer server(echo);
    boost::asio::io_context context;
    HttpServer second(context, {}, echo, [](const BrokenRequest&, const Peer&) { return http::Response{}; });
    EXPECT_EQ(second.listen("127.0.0.1", server.port()).error(), std::errc::address_in_use);
    EXPECT_EQ(second.listen("no address", 0).error(), std::errc::invalid_argument);
    EXPECT_EQ(second.listen("192.0.2.1", 0).error(), std::errc::address_not_available);
    EXPECT_NE(second.listen("127.0.0.1", 0).value().port, 0);
}

TEST(HttpServer, AcceptingGoesOnAfterFileDescriptorsRanOut) {
    LoopbackServer server(echo);
    RawClient first(server.port());
    first.write("GET / HTTP/1.1\r\n\r\n");
    first.read_reply();
    RawClient early(server.port());  // has its descriptor before they run out; is accepted after
    rlimit old{};
    ::getrlimit(RLIMIT_NOFILE, &old);
    RawClient late(server.port());
    const int next = ::dup(0);
    ::close(next);
    const rlimit tight{static_cast<rlim_t>(next), old.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &tight);
    first.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(first.read_reply().status, 200);
    ::setrlimit(RLIMIT_NOFILE, &old);
    early.write("GET / HTTP/1.1\r\n\r\n");
    late.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(early.read_reply().status, 200);
    EXPECT_EQ(late.read_reply().status, 200);
}

TEST(HttpServer, ManyClientsAtOnceGetTheirOwnReplies) {
    LoopbackServer server(echo_body);
    std::vector<std::thread> clients;
    std::atomic<int> good = 0;
    for (int i = 0; i < 32; ++i) {
        clients.emplace_back([&, i] {
            RawClient client(server.port());
            for (int j = 0; j < 50; ++j) {
                const std::string body = std::to_string(i) + '/' + std::to_string(j);
                client.write("POST / HTTP/1.1\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
                if (client.read_reply().body == body) ++good;
            }
        });
    }
    for (std::thread& client : clients) client.join();
    EXPECT_EQ(good, 32 * 50);
}

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
