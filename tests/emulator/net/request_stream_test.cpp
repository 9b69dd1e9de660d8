// Requests whose body is read as it arrives, and what the Runtime API makes of them.

#include "emulator/net/runtime_api.hpp"
#include "tests/emulator/net/loopback.hpp"

#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

namespace understudy::net::request_stream_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// What a server's thread tells, in order, for the test to wait for.
class Told {
  public:
    void tell(std::string line) {
        const std::lock_guard lock(mutex_);
        lines_.push_back(std::move(line));
        changed_.notify_all();
    }
    std::string next() {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, std::chrono::seconds(20), [&] { return lines_.size() > read_; })) return "nothing";
        return lines_[read_++];
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> lines_;
    std::size_t read_ = 0;
};

class TellingReader : public BodyReader {
  public:
    explicit TellingReader(Told& told) : told_(told) {}
    ~TellingReader() override { told_.tell("destroyed"); }

    void on_body(std::string_view bytes) override { told_.tell("body " + std::string(bytes)); }
    void on_end(http::Request&& request, Responder responder) override {
        std::string line = "end " + request.target + request.body;
        if (const auto trailer = request.headers.first("T")) line += " T: " + std::string(*trailer);
        told_.tell(line);
        std::move(responder).send({200, {}, "read"});
    }
    void on_cut_off(Responder responder) override {
        told_.tell("cut off");
        std::move(responder).send({400, {}, "cut"});
    }

  private:
    Told& told_;
};

/// A server that reads bodies below /stream as they arrive and echoes all others.
class ReadingServer : public LoopbackServer {
  public:
    explicit ReadingServer(Told& told)
        : LoopbackServer([](http::Request&& request, Responder responder, const Peer&) {
              std::move(responder).send({200, {}, "whole " + request.body});
          }) {
        run([&] {
            server().on_head([&told](const http::Request& head) -> std::unique_ptr<BodyReader> {
                if (!head.target.starts_with("/stream")) return nullptr;
                return std::make_unique<TellingReader>(told);
            });
        });
    }
};

TEST(RequestStream, EachChunkIsHandedOnBeforeTheNextOneIsSent) {
    Told told;
    ReadingServer server(told);
    RawClient client(server.port());
    client.write("POST /stream HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
    EXPECT_EQ(told.next(), "body one");
    client.write("3\r\ntwo\r\n");
    EXPECT_EQ(told.next(), "body two");
    client.write("5\r\nth");
    EXPECT_EQ(told.next(), "body th");
    client.write("ree\r\n0\r\nT: u\r\n\r\n");
    EXPECT_EQ(told.next(), "body ree");
    EXPECT_EQ(told.next(), "end /stream T: u");
    EXPECT_EQ(client.read_reply().body, "read");
    client.write("POST /other HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");
    EXPECT_EQ(client.read_reply().body, "whole abc");
}

TEST(RequestStream, ABodyOfKnownLengthAndAnEmptyOneAreReadToo) {
    Told told;
    ReadingServer server(told);
    RawClient client(server.port());
    client.write("POST /stream HTTP/1.1\r\nContent-Length: 6\r\n\r\nabc");
    EXPECT_EQ(told.next(), "body abc");
    client.write("defPOST /stream/2 HTTP/1.1\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(told.next(), "body def");
    EXPECT_EQ(told.next(), "end /stream");
    EXPECT_EQ(told.next(), "destroyed");
    EXPECT_EQ(told.next(), "end /stream/2");
    EXPECT_EQ(client.read_reply().body, "read");
    EXPECT_EQ(client.read_reply().body, "read");
}

TEST(RequestStream, AHalfClosedPeerIsToldThatItsBodyIsCutOff) {
    for (const std::string framing :
         {"Transfer-Encoding: chunked\r\n\r\n3\r\none\r\n", "Content-Length: 9\r\n\r\none"}) {
        Told told;
        ReadingServer server(told);
        RawClient client(server.port());
        client.write("POST /stream HTTP/1.1\r\n" + framing);
        EXPECT_EQ(told.next(), "body one");
        client.end_writing();
        EXPECT_EQ(told.next(), "cut off");
        EXPECT_THAT(client.read_all(), HasSubstr("400 Bad Request"));
    }
}

TEST(RequestStream, ABrokenChunkAndAResetAreCuts) {
    Told told;
    ReadingServer server(told);
    RawClient client(server.port());
    client.write("POST /stream HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
    EXPECT_EQ(told.next(), "body one");
    client.write("x\r\n");
    EXPECT_EQ(told.next(), "cut off");
    EXPECT_EQ(client.read_reply().body, "cut");
    EXPECT_TRUE(client.reads_end());
    EXPECT_EQ(told.next(), "destroyed");

    RawClient other(server.port());
    other.write("POST /stream HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
    EXPECT_EQ(told.next(), "body one");
    other.reset();
    EXPECT_EQ(told.next(), "cut off");
}

/// A Runtime API on a loop of its own that tells its calls and answers as the test says.
class ServedRuntimeApi {
  public:
    explicit ServedRuntimeApi(bool streams)
        : api_(context_, {[this](lambda::RuntimeCall&& call, lambda::Ticket ticket) { on_call(call, ticket); },
                          [](lambda::Ticket) {}, [](lambda::Ticket) {}, [streams] { return streams; },
                          [](const std::function<void()>&) { return false; }}),
          port_(api_.listen().value().port),
          thread_([this] { context_.run(); }) {}
    ~ServedRuntimeApi() {
        boost::asio::post(context_, [this] { api_.close(); });
        thread_.join();
    }

    std::uint16_t port() const { return port_; }

    Told told;
    int head_status = 0;  ///< What the head of a stream is refused with; 0: not at all.

  private:
    void on_call(const lambda::RuntimeCall& call, lambda::Ticket ticket) {
        const std::string number = std::to_string(static_cast<std::uint64_t>(ticket));
        if (const auto* begin = std::get_if<lambda::StreamBegin>(&call)) {
            told.tell(number + " begin " + begin->id + ' ' + begin->content_type);
            if (head_status != 0) api_.reply(ticket, {head_status, {}, "early"});
        } else if (const auto* bytes = std::get_if<lambda::StreamBytes>(&call)) {
            told.tell(number + " bytes " + std::string(bytes->bytes));
        } else if (const auto* end = std::get_if<lambda::StreamEnd>(&call)) {
            told.tell(number + " end " + (end->error ? end->error->type + ' ' + end->error->body : "well"));
            api_.reply(ticket, {202, {}, "done"});
        } else if (std::holds_alternative<lambda::StreamCut>(call)) {
            told.tell(number + " cut");
            api_.reply(ticket, {400, {}, "cut"});
        } else if (const auto* response = std::get_if<lambda::InvocationResponse>(&call)) {
            told.tell(number + " whole " + response->body);
            api_.reply(ticket, {202, {}, "done"});
        } else if (const auto* failed = std::get_if<lambda::FailedUpload>(&call)) {
            const bool too_large = failed->reason == lambda::FailedUpload::Reason::too_large;
            const std::string reason = too_large ? "oversized" : "truncated";
            told.tell(number + ' ' + reason + ' ' + failed->id);
            api_.reply(ticket, {too_large ? 413 : 400, {}, reason});
        }
    }

    boost::asio::io_context context_{1};
    RuntimeApi api_;
    std::uint16_t port_;
    std::thread thread_;
};

const std::string kStreamHead =
    "POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\nContent-Type: a/b\r\n"
    "Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\r\n";

TEST(RuntimeApiStream, AResponseArrivesAsItIsWrittenUnderOneTicket) {
    ServedRuntimeApi api(true);
    RawClient client(api.port());
    client.write(kStreamHead);
    EXPECT_EQ(api.told.next(), "1 begin id a/b");
    client.write("2\r\nhi\r\n");
    EXPECT_EQ(api.told.next(), "1 bytes hi");
    client.write("0\r\nLambda-Runtime-Function-Error-Type: E\r\nLambda-Runtime-Function-Error-Body: e30=\r\n\r\n");
    EXPECT_EQ(api.told.next(), "1 end E {}");
    EXPECT_EQ(client.read_reply().body, "done");
}

TEST(RuntimeApiStream, WhatIsRefusedAtItsHeadIsAnsweredAtItsEnd) {
    ServedRuntimeApi api(true);
    api.head_status = 403;
    RawClient client(api.port());
    client.write(kStreamHead + "2\r\nhi\r\n0\r\n\r\n");
    EXPECT_EQ(client.read_reply().status, 403);
    EXPECT_EQ(api.told.next(), "1 begin id a/b");
}

TEST(RuntimeApiStream, AResponseComesWholeWhereNobodyTakesAStream) {
    ServedRuntimeApi api(false);
    RawClient client(api.port());
    client.write(kStreamHead + "2\r\nhi\r\n0\r\n\r\n");
    EXPECT_EQ(client.read_reply().body, "done");
    EXPECT_EQ(api.told.next(), "1 whole hi");
}

TEST(RuntimeApiStream, AChunkThatBreaksTheFramingCutsItsStreamOff) {
    ServedRuntimeApi api(true);
    RawClient client(api.port());
    client.write(kStreamHead + "2\r\nhi\r\n");
    EXPECT_EQ(api.told.next(), "1 begin id a/b");
    EXPECT_EQ(api.told.next(), "1 bytes hi");
    client.write("zz\r\nab");
    EXPECT_EQ(api.told.next(), "1 cut");
    EXPECT_EQ(client.read_reply().body, "cut");
}

TEST(RuntimeApiStream, AResponseOfAnySizeArrivesHoweverItIsFramed) {
    // Over what is read whole; what of it has arrived is passed on before the rest is sent.
    for (const std::string framing :
         {"Content-Length: 67108865\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n4000001\r\n"}) {
        SCOPED_TRACE(framing);
        ServedRuntimeApi api(true);
        RawClient client(api.port());
        client.write(
            "POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\n"
            "Lambda-Runtime-Function-Response-Mode: streaming\r\n" +
            framing + "first");
        EXPECT_EQ(api.told.next(), "1 begin id ");
        EXPECT_EQ(api.told.next(), "1 bytes first");
        client.write(",second");
        EXPECT_EQ(api.told.next(), "1 bytes ,second");
    }
}

TEST(RuntimeApi, AnAnswerThatCannotBeReadIsACallAllTheSame) {
    struct Row {
        const char* rest;
        const char* told;
        const char* reply;
    };
    for (const auto& [rest, told, reply] : {
             Row{"Transfer-Encoding: chunked\r\n\r\nzz\r\nab", "1 truncated id", "truncated"},
             Row{"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nno trailer\r\n\r\n", "1 truncated id", "truncated"},
             Row{"Content-Length: 67108865\r\n\r\n", "1 oversized id", "oversized"},
             Row{"Transfer-Encoding: chunked\r\n\r\n4000001\r\n", "1 oversized id", "oversized"},
         }) {
        SCOPED_TRACE(rest);
        ServedRuntimeApi api(false);
        RawClient client(api.port());
        client.write("POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\n" + std::string(rest));
        EXPECT_EQ(api.told.next(), told);
        EXPECT_EQ(client.read_reply().body, reply);
        EXPECT_TRUE(client.reads_end());
    }
}

TEST(RuntimeApi, OtherCallsThatCannotBeReadAreRefusedOnly) {
    ServedRuntimeApi api(false);
    for (const std::string head : {"POST /2018-06-01/runtime/init/error HTTP/1.1\r\nContent-Length: 67108865\r\n\r\n",
                                   "POST /elsewhere HTTP/1.1\r\nContent-Length: 67108865\r\n\r\n"}) {
        RawClient client(api.port());
        client.write(head);
        EXPECT_EQ(client.read_reply().status, 413);
    }
    RawClient client(api.port());
    client.write("POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\nContent-Length: -3\r\n\r\n");
    EXPECT_EQ(client.read_reply().status, 400);
    RawClient next(api.port());
    next.write("POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\nContent-Length: 1\r\n\r\nx");
    EXPECT_EQ(api.told.next(), "1 whole x");
}

TEST(RuntimeApi, AWebPageGetsNoEventAndEndsNothing) {
    ServedRuntimeApi api(true);
    for (const std::string mark : {"Host: evil.example\r\nUser-Agent: Mozilla/5.0\r\n",
                                   "Origin: http://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n"}) {
        SCOPED_TRACE(mark);
        for (const std::string& rest :
             {"GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n" + mark + "\r\n",
              "POST /2018-06-01/runtime/init/error HTTP/1.1\r\n" + mark + "Content-Length: 1\r\n\r\nx",
              "POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\n" + mark +
                  "Lambda-Runtime-Function-Response-Mode: streaming\r\nContent-Length: 1\r\n\r\nx"}) {
            RawClient client(api.port());
            client.write(rest);
            EXPECT_EQ(client.read_reply().status, 403);
        }
        RawClient client(api.port());
        client.write("POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\n" + mark +
                     "Content-Length: -3\r\n\r\n");
        EXPECT_EQ(client.read_reply().status, 400);
        RawClient gone(api.port());
        gone.write("POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\n" + mark +
                   "Content-Length: 3\r\n\r\nx");
        gone.close();
    }
    RawClient runtime(api.port());
    runtime.write("POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\nContent-Length: 1\r\n\r\nx");
    EXPECT_EQ(api.told.next(), "1 whole x");
}

TEST(RuntimeApiStream, ARuntimeThatHangsUpCutsItsStreamOff) {
    ServedRuntimeApi api(true);
    RawClient client(api.port());
    client.write(kStreamHead + "2\r\nhi\r\n");
    EXPECT_EQ(api.told.next(), "1 begin id a/b");
    EXPECT_EQ(api.told.next(), "1 bytes hi");
    client.close();
    EXPECT_EQ(api.told.next(), "1 cut");
}

}  // namespace
}  // namespace understudy::net::request_stream_test
