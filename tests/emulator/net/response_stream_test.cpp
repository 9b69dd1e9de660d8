#include "tests/emulator/net/loopback.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace understudy::net::response_stream_test {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

/// A server whose replies the test writes, bit by bit, on the server's thread.
class StreamingServer : public LoopbackServer {
  public:
    explicit StreamingServer(http::Response head = {200, {}, ""})
        : LoopbackServer([this](http::Request&&, Responder responder, const Peer&) {
              stream.emplace(std::move(responder).start(head_));
              started_.set_value();
          }),
          head_(std::move(head)) {}

    ~StreamingServer() {
        run([this] { stream.reset(); });
    }

    void wait_for_stream() { started_.get_future().wait(); }
    void write(std::string_view bytes) {
        run([&] { stream->write(bytes); });
    }
    void finish(const http::Headers& trailers = {}) {
        run([&] { std::move(*stream).finish(trailers); });
    }
    void abort() {
        run([&] { std::move(*stream).abort(); });
    }

    std::optional<ResponseStream> stream;

  private:
    http::Response head_;
    std::promise<void> started_;
};

TEST(ResponseStream, EveryWriteIsReadBeforeTheNextOneIsMade) {
    StreamingServer server({200, {{"X-A", "b"}}, ""});
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_EQ(client.read_through("\r\n\r\n"), "HTTP/1.1 200 OK\r\nX-A: b\r\nTransfer-Encoding: chunked\r\n\r\n");
    server.write("hello");
    EXPECT_EQ(client.read_through("hello\r\n"), "5\r\nhello\r\n");
    server.write("");
    server.write(std::string(17, 'x'));
    EXPECT_EQ(client.read_through("x\r\n"), "11\r\n" + std::string(17, 'x') + "\r\n");
    server.finish({{"T", "u\r\nv"}});
    EXPECT_EQ(client.read_through("\r\n\r\n"), "0\r\nT: u  v\r\n\r\n");
}

TEST(ResponseStream, TheFirstBytesMayComeWithTheHead) {
    StreamingServer server({201, {}, "first"});
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    EXPECT_THAT(client.read_through("first\r\n"), EndsWith("chunked\r\n\r\n5\r\nfirst\r\n"));
    server.finish();
    EXPECT_EQ(client.read_through("\r\n\r\n"), "0\r\n\r\n");
}

TEST(ResponseStream, TheConnectionGoesOnBehindTheLastChunk) {
    int count = 0;
    LoopbackServer server([&](http::Request&& request, Responder responder, const Peer&) {
        ++count;
        if (request.target == "/plain") return std::move(responder).send({200, {}, "plain"});
        ResponseStream stream = std::move(responder).start({200, {}, ""});
        stream.write(request.target);
        std::move(stream).finish({});
    });
    RawClient client(server.port());
    client.write("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /plain HTTP/1.1\r\n\r\n");
    EXPECT_THAT(client.read_through("0\r\n\r\n"), EndsWith("\r\n\r\n2\r\n/1\r\n0\r\n\r\n"));
    EXPECT_THAT(client.read_through("0\r\n\r\n"), EndsWith("\r\n\r\n2\r\n/2\r\n0\r\n\r\n"));
    EXPECT_EQ(client.read_reply().body, "plain");
    EXPECT_EQ(count, 3);
}

TEST(ResponseStream, TheEndIsToldAsVersionAndLengthAllow) {
    struct Row {
        std::string request;
        http::Response head;
        std::string expected;
    };
    const std::vector<Row> rows{
        {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", {200, {}, ""}, "Connection: close\r\n\r\nabcdef"},
        {"GET / HTTP/1.1\r\n\r\n", {200, {{"Connection", "close"}}, ""}, "chunked\r\n\r\n6\r\nabcdef\r\n0\r\n\r\n"},
        {"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
         {200, {{"Content-Length", "6"}}, ""},
         "Content-Length: 6\r\nConnection: close\r\n\r\nabcdef"},
        {"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", {200, {{"Content-Length", "4"}}, ""}, "close\r\n\r\nabcd"},
        {"GET / HTTP/1.1\r\n\r\n", {200, {{"Content-Length", "9"}}, ""}, "Content-Length: 9\r\n\r\nabcdef"},
        {"HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n", {200, {}, ""}, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"},
        {"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
         {204, {}, ""},
         "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"},
    };
    for (const Row& row : rows) {
        StreamingServer server(row.head);
        RawClient client(server.port());
        client.write(row.request);
        server.wait_for_stream();
        server.write("abcdef");
        server.finish();
        EXPECT_THAT(client.read_all(), EndsWith(row.expected)) << row.request;
    }
}

TEST(ResponseStream, AnAbortedOneEndsBeforeItsLastChunk) {
    StreamingServer server;
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_stream();
    server.write("some");
    server.abort();
    EXPECT_THAT(client.read_all(), EndsWith("\r\n\r\n4\r\nsome\r\n"));
}

TEST(ResponseStream, ADestroyedOneIsAborted) {
    StreamingServer server;
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_stream();
    server.run([&] { server.stream.reset(); });
    EXPECT_THAT(client.read_all(), EndsWith("chunked\r\n\r\n"));
}

TEST(ResponseStream, WhatTheClientDoesNotReadWaitsAndTheWriterIsToldWhenItIsGone) {
    StreamingServer server;
    RawClient client(server.port());
    client.write("GET / HTTP/1.0\r\n\r\n");
    server.wait_for_stream();
    const std::string piece(1024 * 1024, 'p');
    std::promise<void> drained;
    std::size_t written = 0;
    server.run([&] {
        while (server.stream->backlog() < 8 * piece.size()) {
            server.stream->write(piece);
            written += piece.size();
        }
        server.stream->on_drained([&] {
            EXPECT_EQ(server.stream->backlog(), 0u);
            server.stream->write("end");
            std::move(*server.stream).finish({});
            drained.set_value();
        });
    });
    const std::string all = client.read_all();
    drained.get_future().wait();
    EXPECT_EQ(all.size() - all.find("\r\n\r\n") - 4, written + 3);
    EXPECT_THAT(all.substr(all.size() - 8), "pppppend");
}

TEST(ResponseStream, DrainedIsToldFromTheLoopWhereNothingWaits) {
    StreamingServer server;
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_stream();
    std::promise<void> drained;
    bool at_once = true;
    server.run([&] {
        server.stream->on_drained([&] {
            EXPECT_FALSE(at_once);
            drained.set_value();
        });
        at_once = false;
    });
    drained.get_future().wait();
}

TEST(ResponseStream, TheWriterLearnsThatItsPeerIsGone) {
    for (const bool reset : {false, true}) {
        StreamingServer server;
        RawClient client(server.port());
        client.write("GET / HTTP/1.1\r\n\r\n");
        server.wait_for_stream();
        std::promise<void> gone;
        server.run([&] { server.stream->on_peer_gone([&] { gone.set_value(); }); });
        reset ? client.reset() : client.close();
        gone.get_future().wait();
        server.run([&] {
            EXPECT_FALSE(server.stream->open());
            for (int i = 0; i < 100; ++i) server.stream->write("into the void");
            std::move(*server.stream).finish({});
        });
    }
}

TEST(ResponseStream, AHalfClosedPeerGetsTheRest) {
    StreamingServer server;
    RawClient client(server.port());
    client.write("GET / HTTP/1.1\r\n\r\n");
    server.wait_for_stream();
    client.end_writing();
    server.write("rest");
    server.finish();
    EXPECT_THAT(client.read_all(), EndsWith("4\r\nrest\r\n0\r\n\r\n"));
}

TEST(ResponseStream, OutlivesItsServer) {
    std::optional<ResponseStream> stream;
    {
        StreamingServer server;
        RawClient client(server.port());
        client.write("GET / HTTP/1.1\r\n\r\n");
        server.wait_for_stream();
        server.run([&] {
            stream = std::move(server.stream);
            server.server().close();
        });
        EXPECT_THAT(client.read_all(), Not(HasSubstr("0\r\n\r\n")));
    }
    stream->write("nobody");
    EXPECT_EQ(stream->backlog(), 0u);
    EXPECT_FALSE(stream->open());
    std::move(*stream).finish({});
}

}  // namespace
}  // namespace understudy::net::response_stream_test
