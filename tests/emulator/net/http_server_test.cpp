#include "emulator/net/http_server.hpp"

#include "tests/emulator/net/answering_servers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace understudy::net::http_server_test {
namespace {

using testing::HasSubstr;

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
        EXPECT_EQ(ask_once(server), 200);
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

}  // namespace
}  // namespace understudy::net::http_server_test
