#include "client/url.hpp"
#include "tests/emulator/net/loopback.hpp"
#include "tests/emulator/served.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace understudy::stream_test {
namespace {

using app::FrontKind;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// Holds the handler up until it is opened.
class Gate {
  public:
    Gate() : path_(testing::TempDir() + "gate-" + std::to_string(::getpid())) {
        ::unlink(path_.c_str());
        EXPECT_EQ(::mkfifo(path_.c_str(), 0600), 0);
        file_ = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    }
    ~Gate() {
        ::close(file_);
        ::unlink(path_.c_str());
    }
    Gate(const Gate&) = delete;
    Gate& operator=(const Gate&) = delete;

    const std::string& path() const { return path_; }
    void open() const { EXPECT_EQ(::write(file_, "!", 1), 1); }

  private:
    std::string path_;
    int file_ = -1;
};

/// The scripted handler behind a route that streams.
Settings streamed(FrontKind front) {
    Settings settings = scripted(front);
    for (app::Route& route : settings.application.apis[0].routes) {
        std::get<app::LambdaIntegration>(route.integration).transfer = app::TransferMode::stream;
    }
    return settings;
}

void ask(const net::RawClient& client, const std::string& query) {
    client.write("GET /?" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
}

/// What chunks hold, up to the last one.
std::string join_chunks(std::string_view wire) {
    std::string body;
    while (true) {
        const auto size = std::strtoull(std::string(wire.substr(0, wire.find("\r\n"))).c_str(), nullptr, 16);
        if (size == 0 || size > wire.size()) break;
        body += wire.substr(wire.find("\r\n") + 2, size);
        wire.remove_prefix(wire.find("\r\n") + 4 + size);
    }
    EXPECT_EQ(wire, "0\r\n\r\n");
    return body;
}

TEST(EmulatorStreams, TheFirstBytesArriveBeforeTheFunctionGoesOn) {
    for (const FrontKind front : {FrontKind::rest, FrontKind::url}) {
        SCOPED_TRACE(app::front_name(front));
        const Gate gate;
        const Served served(streamed(front));
        net::RawClient client(served.port());
        ask(client, "do=stream&gate=" + gate.path());
        const std::string head = client.read_through("\r\n\r\n");
        EXPECT_THAT(head, StartsWith("HTTP/1.1 201 "));
        EXPECT_THAT(head, HasSubstr("\r\nX-Kind: stream\r\n"));
        EXPECT_THAT(head, HasSubstr("\r\nx-amzn-RequestId: "));
        EXPECT_THAT(head, HasSubstr("\r\nTransfer-Encoding: chunked\r\n"));
        EXPECT_THAT(head, Not(HasSubstr("Content-Length")));
        const std::string first = client.read_through("first,");
        gate.open();
        EXPECT_EQ(join_chunks(first + client.read_all()), std::string("first,\0\xff,second", 15));
        EXPECT_EQ(served.order("echo").status, front == FrontKind::url ? 200 : 500);
        EXPECT_EQ(served.record().statuses().front(), 201);
    }
}

/// As aws-lambda-go sends it.
TEST(EmulatorStreams, AResponseInChunksStreamsWithoutNamingTheMode) {
    for (const FrontKind front : {FrontKind::rest, FrontKind::url}) {
        SCOPED_TRACE(app::front_name(front));
        const Gate gate;
        const Served served(streamed(front));
        net::RawClient client(served.port());
        ask(client, "do=stream-unnamed&gate=" + gate.path());
        EXPECT_THAT(client.read_through("\r\n\r\n"), StartsWith("HTTP/1.1 201 "));
        const std::string first = client.read_through("first,");
        gate.open();
        EXPECT_EQ(join_chunks(first + client.read_all()), std::string("first,\0\xff,second", 15));
    }
}

TEST(EmulatorStreams, TheFirstBytesArriveOverHttp2Too) {
    const Gate gate;
    const Served served(streamed(FrontKind::url));
    const std::string command = "/usr/bin/curl --silent --http2-prior-knowledge --no-buffer '" +
                                served.endpoints().gateway + "/?do=stream&gate=" + gate.path() + "'";
    FILE* const curl = ::popen(command.c_str(), "r");
    ASSERT_NE(curl, nullptr);
    std::string body;
    for (int byte; body != "first," && (byte = std::fgetc(curl)) != EOF;) body += static_cast<char>(byte);
    gate.open();
    for (int byte; (byte = std::fgetc(curl)) != EOF;) body += static_cast<char>(byte);
    EXPECT_EQ(::pclose(curl), 0);
    EXPECT_EQ(body, std::string("first,\0\xff,second", 15));
}

TEST(EmulatorStreams, AnErrorInMidStreamCutsTheAnswerOff) {
    struct Row {
        std::string order, told;
    };
    for (const auto& [order, told] :
         {Row{"stream-error", "Oops"}, {"stream-told", "Oops"}, {"stream-crash", "Runtime."}}) {
        SCOPED_TRACE(order);
        const Gate gate;
        const Served served(streamed(FrontKind::url));
        net::RawClient client(served.port());
        ask(client, "do=" + order + "&gate=" + gate.path());
        EXPECT_THAT(client.read_through("first,"), StartsWith("HTTP/1.1 201 "));
        gate.open();
        EXPECT_EQ(client.read_all(), "\r\n");
        EXPECT_THAT(served.record().wait_for_cut(), StartsWith(told)) << "whoever reads the log sees it, too";
    }
}

TEST(EmulatorStreams, ATimeoutInMidStreamCutsTheAnswerOff) {
    Settings settings = streamed(FrontKind::url);
    settings.application.functions[0].timeout = std::chrono::milliseconds(300);
    const Gate gate;
    const Served served(settings);
    net::RawClient client(served.port());
    ask(client, "do=stream&gate=" + gate.path());
    EXPECT_THAT(client.read_all(), HasSubstr("first,"));
    EXPECT_EQ(served.record().wait_for_cut(), "Sandbox.Timedout");
}

TEST(EmulatorStreams, AnEndThatLeavesMuchUnreadCutsTheAnswerOffAndNothingElse) {
    const Served served(streamed(FrontKind::url));
    for (int round = 0; round < 5; ++round) {
        net::RawClient client(served.port());
        ask(client, "do=stream-burst");
        EXPECT_THAT(client.read_through("first,"), StartsWith("HTTP/1.1 201 "));
        const std::string rest = client.read_all();
        EXPECT_EQ(std::ranges::count(rest, 'x'), 0x100000) << "what it wrote arrives";
        EXPECT_TRUE(rest.ends_with("x\r\n")) << "and no last chunk";
    }
    EXPECT_EQ(served.order("echo").status, 200);
}

TEST(EmulatorStreams, ARuntimeMayAskForItsNextEventRightBehindABreakOff) {
    Settings settings = streamed(FrontKind::url);
    settings.max_environments = 1;
    for (int round = 0; round < 5; ++round) {
        const Served served(settings);
        net::RawClient client(served.port());
        ask(client, "do=stream-cut");
        EXPECT_THAT(client.read_all(), StartsWith("HTTP/1.1 201 "));
        served.invoke("{}");
        EXPECT_EQ(served.record().wait_for_log("next answered HTTP/1.1 "), "200");
    }
}

TEST(EmulatorStreams, WithoutAHeadTheFrontAnswers) {
    struct Row {
        FrontKind front;
        std::string order;
        int status;
        std::string body;
    };
    const std::string bytes =
        R"({"statusCode":200,"headers":{"Content-Type":"application/proto"},"isBase64Encoded":true,"body":"AP8B"})";
    const std::string rest_error = R"({"message": "Internal server error"})";
    const Row rows[] = {
        {FrontKind::url, "bytes", 200, bytes},
        {FrontKind::url, "throw", 502, "Internal Server Error"},
        {FrontKind::url, "stream-nothing", 502, "Internal Server Error"},
        {FrontKind::url, "stream-without-prelude", 502, "Internal Server Error"},
        {FrontKind::rest, "bytes", 500, rest_error},
        {FrontKind::rest, "stream-nothing", 502, rest_error},
        {FrontKind::rest, "stream-without-prelude", 500, rest_error},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.order);
        const Served served(streamed(row.front));
        const auto exchange = served.order(row.order);
        EXPECT_EQ(exchange.status, row.status);
        EXPECT_EQ(exchange.body, row.body);
    }
}

TEST(EmulatorStreams, TheGatewayWaitsNoLongerForAHeadThanForAReply) {
    Settings settings = streamed(FrontKind::rest);
    for (app::Route& route : settings.application.apis[0].routes) {
        std::get<app::LambdaIntegration>(route.integration).timeout = std::chrono::milliseconds(50);
    }
    const Gate gate;
    const Served served(settings);
    EXPECT_EQ(served.get("/?do=stream-nothing&gate=" + gate.path()).status, 504);
    gate.open();
}

TEST(EmulatorStreams, AClientThatDoesNotReadHoldsTheFunctionUp) {
    for (const bool reads_on : {true, false}) {
        Settings settings = streamed(FrontKind::url);
        settings.application.functions[0].timeout = std::chrono::minutes(10);
        settings.max_environments = 1;
        const Served served(settings);
        net::RawClient client(served.port());
        ask(client, "do=stream-much");
        EXPECT_THAT(client.read_through("\r\n\r\n"), StartsWith("HTTP/1.1 200 "));
        EXPECT_THAT(served.record().wait_for_log("held up "), StartsWith("behind "));
        if (reads_on) {
            EXPECT_EQ(join_chunks(client.read_all()).size(), std::size_t{1024} * 0x10000);
        } else {
            client.reset();
            EXPECT_EQ(served.order("pid").status, 200) << "the function goes on without its client";
        }
    }
}

TEST(EmulatorStreams, AnEdgeApiCutsOffAStreamThatPauses) {
    Settings settings = streamed(FrontKind::rest);
    settings.clock_scale = 100;  // 30 seconds are 300 ms
    app::Api& api = settings.application.apis[0];
    api.endpoint = app::EndpointType::edge;
    settings.application.functions[0].timeout = std::chrono::hours(1);
    for (app::Route& route : api.routes) {
        std::get<app::LambdaIntegration>(route.integration).timeout = std::chrono::hours(1);
    }
    const Gate gate;
    const Served served(settings);
    net::RawClient client(served.port());
    ask(client, "do=stream&gate=" + gate.path());
    const std::string wire = client.read_all();
    EXPECT_THAT(wire, HasSubstr("first,"));
    EXPECT_THAT(wire, Not(HasSubstr("\r\n0\r\n")));
    EXPECT_EQ(served.record().wait_for_cut(), "a pause of more than 30 s");
    gate.open();
}

TEST(EmulatorStreams, AStreamThatNeverPausesEndsAtFifteenMinutes) {
    Settings settings = streamed(FrontKind::rest);
    settings.clock_scale = 600;  // 15 minutes are 1500 ms, and the 5 of a pause 500 ms
    app::Api& api = settings.application.apis[0];
    settings.application.functions[0].timeout = std::chrono::hours(100);
    for (app::Route& route : api.routes) {
        std::get<app::LambdaIntegration>(route.integration).timeout = std::chrono::hours(100);
    }
    const Served served(settings);
    net::RawClient client(served.port());
    const auto begin = std::chrono::steady_clock::now();
    ask(client, "do=stream-on");
    EXPECT_THAT(client.read_through("first,"), StartsWith("HTTP/1.1 201 "));
    const std::string wire = client.read_all();
    const auto took = std::chrono::steady_clock::now() - begin;
    EXPECT_GE(took, std::chrono::milliseconds(1500)) << "nothing else ends it";
    EXPECT_THAT(wire, HasSubstr("on,"));
    EXPECT_THAT(wire, Not(HasSubstr("\r\n0\r\n"))) << "cut off, not ended";
    EXPECT_EQ(served.record().wait_for_cut(), "the limit of 900 s");
}

TEST(EmulatorStreams, AUrlsInvokeModeIsAnOption) {
    Settings settings = scripted(FrontKind::url);
    settings.application.apis = {
        app::to_single_function_api(FrontKind::url, {.transfer = app::TransferMode::stream}, "function")};
    const Served served(settings);
    const auto exchange = served.order("stream");
    EXPECT_EQ(exchange.status, 201);
    EXPECT_EQ(exchange.body, std::string("first,\0\xff,second", 15));
}

}  // namespace
}  // namespace understudy::stream_test
