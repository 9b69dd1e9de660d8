// HTTP/2 on the port of HTTP/1.1 (RFC 9113; nghttp2 is the client).

#include "tests/emulator/net/http2_client.hpp"
#include "tests/emulator/net/loopback.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace understudy::net::http2_test {
namespace {

using testing::EndsWith;

constexpr ServerLimits kLimits{.header_bytes = 16 * 1024,
                               .body_bytes = 2 * 1024 * 1024,
                               .trailers = Trailers::dropped,
                               .versions = Versions::http1_and_http2};

/// Answers with the request as text, so that a client sees what the server saw.
void echo(http::Request&& request, Responder responder, const Peer&) {
    std::string text = request.method + ' ' + request.target + '\n';
    for (const auto& [name, value] : request.headers) text += std::string(name) + '|' + std::string(value) + '\n';
    std::move(responder).send({200, {{"X-Size", std::to_string(request.body.size())}}, text + request.body});
}

/// Keeps what it is asked; the test answers on the server's thread.
class KeepingServer : public LoopbackServer {
  public:
    KeepingServer()
        : LoopbackServer(
              [this](http::Request&&, Responder responder, const Peer&) {
                  responders.push_back(std::move(responder));
                  if (responders.size() == expected_) arrived_.set_value();
              },
              kLimits) {}

    ~KeepingServer() {
        run([this] { responders.clear(); });
    }

    void wait_for(std::size_t count) {
        bool there = false;
        run([&] {
            there = responders.size() >= count;
            expected_ = count;
            arrived_ = {};
        });
        if (!there) arrived_.get_future().wait();
    }
    ResponseStream start(http::Response head) {
        wait_for(1);
        std::optional<ResponseStream> stream;
        run([&] { stream.emplace(std::move(responders.front()).start(std::move(head))); });
        return std::move(*stream);
    }

    std::vector<Responder> responders;

  private:
    std::size_t expected_ = 0;
    std::promise<void> arrived_;
};

TEST(Http2, ARequestArrivesAsOneOfHttp1) {
    LoopbackServer server(echo, kLimits);
    Http2Client client(server.port());
    const auto& answer = client.wait_closed(
        client.ask("POST", "/a%2Fb?q=1",
                   {{"x-b", "2"}, {"cookie", "a=1"}, {"x-a", "3"}, {"cookie", "b=2"}, {"x-b", "4"}}, "body"));
    EXPECT_EQ(answer.body, "POST /a%2Fb?q=1\nhost|host\nx-b|2\ncookie|a=1; b=2\nx-a|3\nx-b|4\nbody");
    EXPECT_EQ(answer.header("x-size"), "4");
    EXPECT_EQ(answer.header("content-length"), std::to_string(answer.body.size()));
    EXPECT_EQ(answer.header(":status"), "200");
}

TEST(Http2, TheSamePortSpeaksHttp1) {
    LoopbackServer server(echo, kLimits);
    RawClient client(server.port());
    client.write("P");
    client.write("RI /x HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "PRI /x\nHost|h\n");
    client.write("PUT / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "PUT /\n");
}

TEST(Http2, ThePrefaceMayComeByteByByteAndIsRefusedWhereOnlyHttp1IsSpoken) {
    const std::string preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    LoopbackServer server(echo, kLimits);
    RawClient client(server.port());
    for (const char c : preface) client.write(std::string_view(&c, 1));
    EXPECT_EQ(client.read_through(std::string_view("\x04\0\0\0\0\0", 6)).size(), 9u);  // SETTINGS
    LoopbackServer old(echo);
    RawClient other(old.port());
    other.write(preface);
    EXPECT_EQ(other.read_reply().status, 400);
}

TEST(Http2, LinesOfTheConnectionAreLeftOutAndNamesAreLowerCase) {
    LoopbackServer server(
        [](http::Request&&, Responder responder, const Peer&) {
            std::move(responder).send({201,
                                       {{"Connection", "keep-alive"},
                                        {"X-UPPER", "Value"},
                                        {"Transfer-Encoding", "chunked"},
                                        {"Bad Name", "x"},
                                        {"Content-Length", "99"},
                                        {"X-Lines", "a\r\nb"}},
                                       "abc"});
        },
        kLimits);
    Http2Client client(server.port());
    const auto& answer = client.wait_closed(client.ask("GET", "/"));
    EXPECT_EQ(
        answer.headers,
        (Http2Client::Lines{{":status", "201"}, {"x-upper", "Value"}, {"content-length", "3"}, {"x-lines", "a  b"}}));
}

TEST(Http2, NoLineOfAReplyCostsItsClientTheAnswer) {
    LoopbackServer server(
        [](http::Request&&, Responder responder, const Peer&) {
            std::move(responder).send({200,
                                       {{"TE", "t"},
                                        {":status", "500"},
                                        {"X-Control", "a\x01\x7f\tb"},
                                        {"X-Blank", " \t a b\n"},
                                        {"X-Empty", " "}},
                                       "hi"});
        },
        kLimits);
    Http2Client client(server.port());
    const auto& answer = client.wait_closed(client.ask("GET", "/"));
    EXPECT_EQ(answer.error, 0u);
    EXPECT_EQ(answer.body, "hi");
    EXPECT_EQ(answer.headers, (Http2Client::Lines{{":status", "200"},
                                                  {"x-control", "a  \tb"},
                                                  {"x-blank", "a b"},
                                                  {"x-empty", ""},
                                                  {"content-length", "2"}}));
}

TEST(Http2, RepliesWithoutABodyHaveNone) {
    struct Row {
        std::string method;
        http::Response response;
        std::string length;
    };
    const std::vector<Row> rows{
        {"HEAD", {200, {}, "abc"}, "3"},
        {"GET", {204, {}, ""}, "(absent)"},
        {"GET", {304, {{"Content-Length", "7"}}, ""}, "7"},
        {"GET", {200, {}, ""}, "0"},
    };
    for (const Row& row : rows) {
        LoopbackServer server(
            [&](http::Request&&, Responder responder, const Peer&) { std::move(responder).send(row.response); },
            kLimits);
        Http2Client client(server.port());
        const auto& answer = client.wait_closed(client.ask(row.method, "/"));
        EXPECT_EQ(answer.header("content-length"), row.length) << row.response;
        EXPECT_EQ(answer.body, "") << row.response;
        EXPECT_EQ(answer.error, 0u);
    }
}

TEST(Http2, ManyStreamsAreAnsweredInAnyOrder) {
    KeepingServer server;
    Http2Client client(server.port());
    std::vector<std::int32_t> streams;
    for (int i = 0; i < 100; ++i) streams.push_back(client.ask("GET", "/" + std::to_string(i)));
    server.wait_for(100);
    server.run([&] {
        for (std::size_t i = 100; i-- > 0;) std::move(server.responders[i]).send({200, {}, std::to_string(i)});
    });
    for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(client.wait_closed(streams[i]).body, std::to_string(i));
}

TEST(Http2, BigBodiesPassBothWays) {
    LoopbackServer server(
        [](http::Request&& request, Responder responder, const Peer&) {
            std::move(responder).send({200, {}, std::move(request.body)});
        },
        kLimits);
    Http2Client client(server.port());
    std::string body(2 * 1024 * 1024, '\0');
    for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>(i * 31 + i / 251);
    const auto& answer = client.wait_closed(client.ask("POST", "/", {}, body));
    EXPECT_TRUE(answer.body == body);
}

TEST(Http2, RequestsOverTheLimitsGetTheServersOwnReply) {
    LoopbackServer server(echo, kLimits);
    Http2Client client(server.port());
    const auto& big_head = client.wait_closed(client.ask("GET", "/", {{"x", std::string(20 * 1024, 'x')}}));
    EXPECT_EQ(big_head.header(":status") + big_head.body, "431headers");
    const auto stream = client.ask("POST", "/", {}, std::string(2 * 1024 * 1024 + 1, 'x'));
    EXPECT_EQ(client.wait_closed(stream).body, "body");
    EXPECT_EQ(client.wait_closed(stream).header("x-head"), "POST /") << "its head was read";
    EXPECT_THAT(client.wait_closed(client.ask("GET", "/after")).body, EndsWith("host|host\n"));
}

TEST(Http2, AStreamedReplyIsReadAsItIsWrittenAndEndsWithTrailers) {
    KeepingServer server;
    Http2Client client(server.port());
    const auto stream = client.ask("GET", "/");
    ResponseStream reply = server.start({200, {{"X-A", "b"}}, "first"});
    EXPECT_EQ(client.wait_body(stream, 5).body, "first");
    server.run([&] { reply.write("second"); });
    EXPECT_EQ(client.wait_body(stream, 11).body, "firstsecond");
    EXPECT_FALSE(client.answer(stream).closed);
    server.run([&] { std::move(reply).finish({{"Trailer-T", "u"}}); });
    const auto& answer = client.wait_closed(stream);
    EXPECT_EQ(answer.headers, (Http2Client::Lines{{":status", "200"}, {"x-a", "b"}, {"trailer-t", "u"}}));
    EXPECT_EQ(answer.error, 0u);
}

TEST(Http2, AnAbortedOrUnansweredStreamIsReset) {
    KeepingServer server;
    Http2Client client(server.port());
    const auto cut = client.ask("GET", "/");
    ResponseStream reply = server.start({200, {}, ""});
    server.run([&] {
        reply.write("some");
        std::move(reply).abort();
        server.responders.clear();
    });
    EXPECT_EQ(client.wait_closed(cut).body, "some");
    EXPECT_EQ(client.answer(cut).error, 2u);  // INTERNAL_ERROR
    const auto dropped = client.ask("GET", "/");
    server.wait_for(1);
    server.run([&] { server.responders.clear(); });
    EXPECT_EQ(client.wait_closed(dropped).error, 2u);
}

TEST(Http2, AStreamThatFallsShortOfItsLengthIsReset) {
    KeepingServer server;
    Http2Client client(server.port());
    const auto stream = client.ask("GET", "/");
    ResponseStream reply = server.start({200, {{"Content-Length", "9"}}, ""});
    server.run([&] {
        reply.write("some");
        std::move(reply).finish({});
    });
    EXPECT_EQ(client.wait_closed(stream).error, 2u);
}

TEST(Http2, WhatTheClientDoesNotTakeWaitsAndOtherStreamsGoOn) {
    KeepingServer server;
    Http2Client client(server.port());
    client.take_data(false);
    const auto stream = client.ask("GET", "/");
    ResponseStream reply = server.start({200, {}, ""});
    std::promise<void> drained;
    server.run([&] {
        reply.write(std::string(200'000, 'x'));
        EXPECT_GT(reply.backlog(), 100'000u);
        reply.on_drained([&] {
            EXPECT_EQ(reply.backlog(), 0u);
            std::move(reply).finish({});
            drained.set_value();
        });
        server.responders.clear();
    });
    client.wait_body(stream, 65'535);
    const auto other = client.ask("HEAD", "/");
    server.wait_for(1);
    server.run([&] { std::move(server.responders.front()).send({204, {}, ""}); });
    EXPECT_EQ(client.wait_closed(other).header(":status"), "204");
    client.take_data(true);
    EXPECT_EQ(client.wait_closed(stream).body.size(), 200'000u);
    drained.get_future().wait();
}

TEST(Http2, AResetStreamTellsThatThePeerIsGone) {
    for (const bool whole_connection : {false, true}) {
        KeepingServer server;
        Http2Client client(server.port());
        const auto stream = client.ask("GET", "/");
        server.wait_for(1);
        std::promise<void> gone;
        server.run([&] {
            EXPECT_TRUE(server.responders.front().open());
            server.responders.front().on_peer_gone([&] { gone.set_value(); });
        });
        whole_connection ? client.close() : client.reset(stream);
        gone.get_future().wait();
        server.run([&] {
            EXPECT_FALSE(server.responders.front().open());
            std::move(server.responders.front()).send({200, {}, "nobody"});
        });
    }
}

TEST(Http2, AClosingServerSaysGoaway) {
    KeepingServer server;
    Http2Client client(server.port());
    client.ask("GET", "/");
    server.wait_for(1);
    server.run([&] { server.server().close(); });
    EXPECT_TRUE(client.wait_goaway());
    server.run([&] { server.responders.clear(); });
}

TEST(Http2, GarbageBehindThePrefaceEndsTheConnection) {
    LoopbackServer server(echo, kLimits);
    RawClient client(server.port());
    client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + std::string(64, 'x'));
    client.read_all();
    EXPECT_TRUE(client.reads_end());
}

TEST(Http2, ARespondersLifeMayBeLongerThanItsServers) {
    std::optional<Responder> kept;
    std::optional<ResponseStream> stream;
    {
        KeepingServer server;
        Http2Client client(server.port());
        client.ask("GET", "/1");
        client.ask("GET", "/2");
        server.wait_for(2);
        server.run([&] {
            kept = std::move(server.responders[0]);
            stream = std::move(server.responders[1]).start({200, {}, ""});
        });
    }
    stream->write("nobody");
    std::move(*stream).finish({});
    std::move(*kept).send({200, {}, ""});
}

/// A frame of HTTP/2, as RFC 9113, 4.1 has it.
std::string raw_frame(char type, char flags, char stream, const std::string& payload) {
    const std::string head{
        0, static_cast<char>(payload.size() >> 8), static_cast<char>(payload.size()), type, flags, 0, 0, 0, stream};
    return head + payload;
}

constexpr char kHeaders = 1, kData = 0, kReset = 3, kSettings = 4, kGoAway = 7, kEndHeaders = 4, kEndStream = 1;
const std::string kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + raw_frame(kSettings, 0, 0, "");
/// POST http / and the begin of its authority, of four bytes.
const std::string kPost = std::string("\x83\x86\x84", 3) + std::string("\x41\x04", 2);
const std::string kNoError(4, '\0');

/// Waits 30 ms for requests to `slow`, and for heads; others may take their time.
class ImpatientServer : public LoopbackServer {
  public:
    ImpatientServer() : LoopbackServer(echo, kLimits) {
        run([this] {
            server().on_stalled(
                [](const http::Request* head) -> std::optional<std::chrono::milliseconds> {
                    if (head != nullptr && head->headers.last("host") != "slow") return std::nullopt;
                    return std::chrono::milliseconds(30);
                },
                [](const http::Request* head, const Peer&) {
                    return http::Response{408, {}, "waited for " + (head == nullptr ? "a head" : head->body)};
                });
        });
    }
};

TEST(Http2, ARequestThatStandsStillIsAnsweredAndItsStreamReset) {
    ImpatientServer server;
    RawClient client(server.port());
    client.write(kPreface + raw_frame(kHeaders, kEndHeaders, 1, kPost + "slow") + raw_frame(kData, 0, 1, "half") +
                 raw_frame(kHeaders, kEndHeaders, 3, kPost + "calm"));
    client.read_through("waited for half");
    client.read_through(raw_frame(kReset, 0, 1, kNoError));
    client.write(raw_frame(kData, 0, 1, "late") + raw_frame(kData, kEndStream, 3, "rest"));
    client.read_through("host|calm\nrest");
}

TEST(Http2, AConnectionThatStandsStillInAHeaderBlockIsClosed) {
    for (const std::string& part : {raw_frame(kHeaders, 0, 1, kPost + "slow"),
                                    raw_frame(kHeaders, kEndHeaders, 1, kPost + "slow").substr(0, 12)}) {
        ImpatientServer server;
        RawClient client(server.port());
        client.write(kPreface + part);
        const std::string all = client.read_all();
        EXPECT_THAT(all, testing::HasSubstr("waited for a head"));
        EXPECT_THAT(all, testing::HasSubstr(std::string("\x08", 1) + kGoAway)) << "eight bytes of GOAWAY";
    }
}

/// A little less than a connection may send.
std::string idle_frames(char stream) {
    std::string frames;
    for (int i = 0; i < 980; ++i) frames += raw_frame(kData, 0, stream, "");
    return frames;
}

TEST(Http2, AConnectionFullOfIdleFramesIsClosed) {
    LoopbackServer server(echo, kLimits);
    RawClient client(server.port());
    client.write(kPreface + raw_frame(kHeaders, kEndHeaders, 1, kPost + "host") + raw_frame(kData, 0, 1, "some"));
    client.write(idle_frames(1) + raw_frame(kData, kEndStream, 1, "thing"));
    client.read_through("host\nsomething");
    client.write(raw_frame(kHeaders, kEndHeaders, 3, kPost + "host") + idle_frames(3));
    EXPECT_THAT(client.read_all(), testing::HasSubstr(std::string("\0\0\x08", 3) + kGoAway));
}

TEST(Http2, AnEmptyFrameMayEndEveryStream) {
    LoopbackServer server(echo, kLimits);
    RawClient client(server.port());
    client.write(kPreface + raw_frame(kHeaders, kEndHeaders, 1, kPost + "host") + idle_frames(1));
    client.write(raw_frame(kData, kEndStream, 1, ""));
    client.read_through("host|host\n");
    for (char stream = 3; stream < 127; stream = static_cast<char>(stream + 2)) {
        client.write(raw_frame(kHeaders, kEndHeaders, stream, kPost + "host") + raw_frame(kData, 0, stream, "some") +
                     raw_frame(kData, kEndStream, stream, ""));
        client.read_through("host\nsome");
    }
}

/// Data of at least so many bytes.
std::string data_frames(char stream, std::size_t least) {
    const std::string frame = raw_frame(kData, 0, stream, std::string(16'000, 'x'));
    std::string frames;
    for (std::size_t sent = 0; sent < least; sent += 16'000) frames += frame;
    return frames;
}

TEST(Http2, AClientThatSendsOnBehindItsAnswerIsNotReset) {
    LoopbackServer server(echo, kLimits);
    RawClient client(server.port());
    client.write(kPreface + raw_frame(kHeaders, kEndHeaders, 1, kPost + "host") +
                 data_frames(1, kLimits.body_bytes + 1));
    client.read_through("body");
    client.write(data_frames(1, 4 * kLimits.body_bytes) + raw_frame(kData, kEndStream, 1, "end"));
    client.write(raw_frame(kHeaders, kEndHeaders, 3, kPost + "host") + raw_frame(kData, kEndStream, 3, "next"));
    EXPECT_THAT(client.read_through("host\nnext"), testing::Not(testing::HasSubstr(raw_frame(kReset, 0, 1, kNoError))));
}

TEST(Http2, AClientThatSendsOnForTooLongBehindItsAnswerIsReset) {
    ServerLimits less = kLimits, shorter = kLimits;
    less.linger_bytes = kLimits.body_bytes;
    shorter.linger = std::chrono::milliseconds(1);
    for (const ServerLimits& limits : {less, shorter}) {
        LoopbackServer server(echo, limits);
        RawClient client(server.port());
        client.write(kPreface + raw_frame(kHeaders, kEndHeaders, 1, kPost + "host") +
                     data_frames(1, kLimits.body_bytes + 1));
        client.read_through("body");
        if (limits.linger_bytes == less.linger_bytes) client.write(data_frames(1, less.linger_bytes + 1));
        client.read_through(raw_frame(kReset, 0, 1, kNoError));
    }
}

}  // namespace
}  // namespace understudy::net::http2_test
