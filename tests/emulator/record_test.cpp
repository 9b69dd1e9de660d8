// What is written of traffic that a real handler answered.
#include "emulator/http/base64.hpp"
#include "emulator/recording_settings.hpp"
#include "tests/emulator/net/loopback.hpp"
#include "tests/emulator/net/websocket_bytes.hpp"
#include "tests/emulator/served.hpp"
#include "tests/support/scratch_folder.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "understudy/v1/recording.pb.h"

namespace understudy::record_test {
namespace {

using app::FrontKind;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::StartsWith;

/// A recording of the test's own, and what it holds.
class TestRecording {
  public:
    TestRecording() : path_(testing::TempDir() + "record-" + std::to_string(::getpid()) + ".jsonl") {
        std::filesystem::remove(path_);
    }
    ~TestRecording() { std::filesystem::remove(path_); }
    TestRecording(const TestRecording&) = delete;
    TestRecording& operator=(const TestRecording&) = delete;

    Settings on(Settings settings, record::Redaction redaction = {}) const {
        settings.recording = std::make_shared<const RecordingSettings>(
            RecordingSettings{path_, 0, std::move(redaction), "understudy 1.2.3", "abc"});
        return settings;
    }
    /// Every line, as the format reads it: nothing in it is unknown.
    std::vector<v1::Line> lines() const {
        std::vector<v1::Line> lines;
        std::ifstream in(path_);
        for (std::string text; std::getline(in, text);) {
            const auto status = google::protobuf::util::JsonStringToMessage(text, &lines.emplace_back());
            EXPECT_TRUE(status.ok()) << status.ToString() << '\n' << text;
        }
        return lines;
    }
    std::vector<v1::Exchange> exchanges() const {
        std::vector<v1::Exchange> exchanges;
        for (const v1::Line& line : lines()) {
            if (line.has_exchange()) exchanges.push_back(line.exchange());
        }
        return exchanges;
    }
    const std::string& path() const { return path_; }

  private:
    std::string path_;
};

/// Serves, and records until `use` has returned and everything is over.
template <class Use>
std::vector<v1::Exchange> record_of(Settings settings, Use use) {
    const TestRecording recording;
    {
        const Served served(recording.on(std::move(settings)));
        use(served);
    }
    return recording.exchanges();
}

TEST(EmulatorRecord, BothEdgesOfARequestAreWrittenAsTheyWere) {
    const auto exchanges = record_of(scripted(FrontKind::http), [](const Served& served) {
        served.ask({"POST", "/a%20b?do=reply", {{"X-One", "1"}, {"x-one", "2"}, {"Cookie", "c=hidden"}}, "body \xff"});
    });
    ASSERT_THAT(exchanges, SizeIs(1));
    const v1::Exchange& exchange = exchanges[0];
    EXPECT_EQ(exchange.front(), "http");
    EXPECT_EQ(exchange.stage(), "$default");
    EXPECT_EQ(exchange.api().size(), 10u);
    EXPECT_EQ(exchange.request().start_line(), "POST /a%20b?do=reply HTTP/1.1");
    EXPECT_THAT(exchange.request().headers(), Contains("X-One: 1"));
    EXPECT_THAT(exchange.request().headers(), Contains("x-one: 2"));
    EXPECT_THAT(exchange.request().headers(), Contains("Cookie: [redacted]"));
    EXPECT_EQ(exchange.request().body().base64(), "body \xff");
    EXPECT_THAT(exchange.response().start_line(), StartsWith("HTTP/1.1 "));
    EXPECT_THAT(exchange.response().headers(), Contains(StartsWith("Content-Length: ")));
    ASSERT_EQ(exchange.invocations_size(), 1);
    const v1::Invocation& invocation = exchange.invocations(0);
    EXPECT_EQ(invocation.request_id(), exchange.id());
    EXPECT_EQ(invocation.function(), "function");
    EXPECT_THAT(invocation.function_arn(), HasSubstr(":function:function"));
    EXPECT_THAT(invocation.trace(), StartsWith("Root="));
    const auto& event = invocation.event().json().struct_value().fields();
    EXPECT_EQ(event.at("rawPath").string_value(), "/a b");
    EXPECT_THAT(event.at("cookies").ShortDebugString(), HasSubstr("[redacted]"));
    EXPECT_GT(invocation.queued_us(), 0u);
    EXPECT_GT(invocation.handler_us(), 0u);
    EXPECT_GE(exchange.total_us(), invocation.handler_us());
    EXPECT_GT(exchange.started().seconds(), 1'700'000'000);
    EXPECT_THAT(exchange.redacted(), Contains("request.headers.Cookie"));
}

TEST(EmulatorRecord, TheSessionSaysWhatIsRunning) {
    const TestRecording recording;
    Settings settings = scripted(FrontKind::rest);
    settings.application.functions[0].environment = {{"API_KEY", "hidden"}, {"MODE", "test"}};
    settings.application.apis[0].binary_media_types = {"*/*"};
    { const Served served(recording.on(std::move(settings))); }
    const auto lines = recording.lines();
    ASSERT_THAT(lines, SizeIs(1));
    const v1::Session& session = lines[0].session();
    EXPECT_EQ(session.program() + ' ' + session.template_sha256(), "understudy 1.2.3 abc");
    EXPECT_EQ(session.seed(), 1u);
    ASSERT_EQ(session.functions_size(), 1);
    EXPECT_EQ(session.functions(0).code_sha256().size(), 64u);
    EXPECT_EQ(session.functions(0).environment().at("API_KEY"), "[redacted]");
    EXPECT_EQ(session.functions(0).environment().at("MODE"), "test");
    EXPECT_EQ(session.functions(0).timeout_ms(), 3000u);
    EXPECT_EQ(session.functions(0).memory_mb(), 128u);
    ASSERT_EQ(session.apis_size(), 1);
    EXPECT_EQ(session.apis(0).id().size(), 10u);
    EXPECT_EQ(session.apis(0).kind(), "rest");
    EXPECT_THAT(session.apis(0).stages(), testing::ElementsAre("prod"));
    EXPECT_THAT(session.apis(0).binary_media_types(), testing::ElementsAre("*/*"));
}

TEST(EmulatorRecord, AReplacedApplicationBeginsASession) {
    const TestRecording recording;
    {
        Settings settings = scripted(FrontKind::http);
        app::Application next = settings.application;
        next.functions[0].environment = {{"MODE", "next"}};
        Served served(recording.on(std::move(settings)));
        served.order("pid");
        ASSERT_TRUE(served.replace(next));
        served.order("pid");
    }
    const auto lines = recording.lines();
    ASSERT_THAT(lines, SizeIs(4));
    EXPECT_TRUE(lines[1].has_exchange());
    EXPECT_EQ(lines[2].session().functions(0).environment().at("MODE"), "next");
    EXPECT_TRUE(lines[3].has_exchange());
}

TEST(EmulatorRecord, EachFrontIsCalledByItsName) {
    for (const FrontKind front : app::all_fronts()) {
        const auto exchanges = record_of(scripted(front), [](const Served& served) { served.order("pid"); });
        ASSERT_THAT(exchanges, SizeIs(1));
        EXPECT_EQ(exchanges[0].front(), app::front_name(front));
    }
}

TEST(EmulatorRecord, ARequestOfHttp2IsCalledThat) {
    const auto exchanges = record_of(scripted(FrontKind::http), [](const Served& served) {
        const std::string command = "/usr/bin/curl --silent --output /dev/null --http2-prior-knowledge '" +
                                    served.endpoints().gateway + "/a?b=c'";
        EXPECT_EQ(std::system(command.c_str()), 0);
        served.get("/a?b=c");
    });
    ASSERT_THAT(exchanges, SizeIs(2));
    EXPECT_EQ(exchanges[0].request().start_line(), "GET /a?b=c HTTP/2.0");
    EXPECT_EQ(exchanges[1].request().start_line(), "GET /a?b=c HTTP/1.1");
}

TEST(EmulatorRecord, AStreamIsWrittenInWhole) {
    Settings settings = scripted(FrontKind::url);
    std::get<app::LambdaIntegration>(settings.application.apis[0].routes[0].integration).transfer =
        app::TransferMode::stream;
    const auto exchanges = record_of(std::move(settings), [](const Served& served) {
        EXPECT_EQ(served.order("stream").body, std::string("first,\0\xff,second", 15));
    });
    ASSERT_THAT(exchanges, SizeIs(1));
    const v1::Invocation& invocation = exchanges[0].invocations(0);
    EXPECT_TRUE(invocation.streamed());
    EXPECT_EQ(invocation.reply_type(), "application/vnd.awslambda.http-integration-response");
    EXPECT_THAT(invocation.reply().base64(), HasSubstr(std::string("first,\0\xff,second", 15)));
    EXPECT_EQ(exchanges[0].response().body().base64(), std::string("first,\0\xff,second", 15));
    EXPECT_THAT(exchanges[0].response().headers(), Contains("Transfer-Encoding: chunked"));
}

TEST(EmulatorRecord, AStreamThatBreaksOffSaysSo) {
    Settings settings = scripted(FrontKind::url);
    std::get<app::LambdaIntegration>(settings.application.apis[0].routes[0].integration).transfer =
        app::TransferMode::stream;
    const auto exchanges = record_of(std::move(settings), [](const Served& served) {
        EXPECT_THROW(served.order("stream-error"), std::runtime_error);
    });
    ASSERT_THAT(exchanges, SizeIs(1));
    EXPECT_EQ(exchanges[0].invocations(0).outcome(), v1::Invocation::function_error);
    EXPECT_EQ(exchanges[0].invocations(0).error_type(), "Oops");
    EXPECT_TRUE(exchanges[0].response().cut_off());
    EXPECT_EQ(exchanges[0].missing(), "") << "it is all that there was";
}

TEST(EmulatorRecord, AFunctionsErrorHasItsTypeAndItsDocument) {
    const auto exchanges = record_of(scripted(FrontKind::http), [](const Served& served) { served.order("exit3"); });
    ASSERT_THAT(exchanges, SizeIs(1));
    EXPECT_EQ(exchanges[0].invocations(0).outcome(), v1::Invocation::function_error);
    EXPECT_EQ(exchanges[0].invocations(0).error_type(), "Runtime.ExitError");
    EXPECT_THAT(exchanges[0].invocations(0).reply().text(), StartsWith("{\"errorType\":"));
    EXPECT_THAT(exchanges[0].response().start_line(), HasSubstr("500"));
}

TEST(EmulatorRecord, WhatTheGatewayAnswersByItselfHasNoInvocation) {
    Settings settings = scripted(FrontKind::http);
    settings.application.apis[0].routes[0].path = "/only";
    const auto exchanges = record_of(std::move(settings), [](const Served& served) { served.get("/other"); });
    ASSERT_THAT(exchanges, SizeIs(1));
    EXPECT_EQ(exchanges[0].invocations_size(), 0);
    EXPECT_EQ(exchanges[0].response().start_line(), "HTTP/1.1 404 Not Found");
}

TEST(EmulatorRecord, WhatIsRefusedBeforeItsEndIsWrittenWithoutItsBody) {
    struct Row {
        FrontKind front;
        const char* name;
        const char* rest;
        const char* status;
    };
    for (const Row& row :
         {Row{FrontKind::http, "http", "Content-Length: 10485761\r\n\r\nabc", "HTTP/1.1 413 "},
          Row{FrontKind::rest, "rest", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nno chunk\r\n", "HTTP/1.1 400 "},
          Row{FrontKind::alb, "alb", "Content-Length: 4\r\n\r\nabc", "HTTP/1.1 408 "}}) {
        Settings settings = scripted(row.front);
        if (row.front == FrontKind::alb) settings.clock_scale = 2000;  // a load balancer's minute is 30 ms
        const auto exchanges = record_of(std::move(settings), [&](const Served& served) {
            net::RawClient client(served.port());
            client.write(std::string("POST /a?X-Amz-Signature=hidden HTTP/1.1\r\nHost: x\r\nCookie: c=hidden\r\n") +
                         row.rest);
            client.read_reply();
        });
        ASSERT_THAT(exchanges, SizeIs(1)) << row.name;
        const v1::Exchange& exchange = exchanges[0];
        EXPECT_EQ(exchange.front(), row.name);
        EXPECT_FALSE(exchange.id().empty() || exchange.api().empty()) << row.name;
        EXPECT_EQ(exchange.request().start_line(), "POST /a?X-Amz-Signature=[redacted] HTTP/1.1");
        EXPECT_THAT(exchange.request().headers(), Contains("Cookie: [redacted]"));
        EXPECT_FALSE(exchange.request().has_body()) << row.name;
        EXPECT_THAT(exchange.response().start_line(), StartsWith(row.status));
        EXPECT_THAT(exchange.response().headers(), Contains(StartsWith("Content-Length: ")));
        EXPECT_EQ(exchange.invocations_size(), 0) << row.name;
        EXPECT_EQ(exchange.missing(), "the request's body: it was refused before its end");
    }
}

TEST(EmulatorRecord, OfAHeadThatIsBrokenTheStartLineIsWritten) {
    const auto record_head = [](const std::string& head) {
        return record_of(scripted(FrontKind::http), [&head](const Served& served) {
            net::RawClient client(served.port());
            client.write(head);
            client.read_reply();
        });
    };
    const std::string begin = "POST /a?X-Amz-Signature=hidden HTTP/1.1\r\nCookie: c=hidden\r\n";
    for (const auto& [rest, status] : {std::pair<std::string, const char*>("no header\r\n\r\n", "HTTP/1.1 400 "),
                                       {"X: " + std::string(300'000, 'x'), "HTTP/1.1 431 "}}) {
        const auto exchanges = record_head(begin + rest);
        ASSERT_THAT(exchanges, SizeIs(1)) << status;
        const v1::Exchange& exchange = exchanges[0];
        EXPECT_EQ(exchange.front(), "http");
        EXPECT_EQ(exchange.stage(), "");
        EXPECT_EQ(exchange.request().start_line(), "POST /a?X-Amz-Signature=[redacted] HTTP/1.1");
        EXPECT_EQ(exchange.request().headers_size(), 0);
        EXPECT_THAT(exchange.response().start_line(), StartsWith(status));
        EXPECT_EQ(exchange.missing(), "the request but for its start line: its head was refused");
    }
    EXPECT_THAT(record_head("GET /b Authorization: hidden HTTP/1.1\r\n\r\n"), SizeIs(0)) << "no start line";
}

TEST(EmulatorRecord, ACallOfInvokeIsRequestEventReplyAndAnswer) {
    const auto exchanges = record_of(scripted(FrontKind::http), [](const Served& served) {
        const std::string context = http::to_base64(R"({"client":{"a":"b"}})");
        served.invoke(R"({"do":"context"})", {{"X-Amz-Client-Context", context}});
    });
    ASSERT_THAT(exchanges, SizeIs(1));
    EXPECT_EQ(exchanges[0].front(), "invoke");
    EXPECT_THAT(exchanges[0].request().start_line(), StartsWith("POST /2015-03-31/functions/function/invocations"));
    EXPECT_EQ(exchanges[0].request().body().text(), R"({"do":"context"})");
    ASSERT_EQ(exchanges[0].invocations_size(), 1);
    EXPECT_EQ(exchanges[0].invocations(0).event().text(), R"({"do":"context"})");
    EXPECT_EQ(exchanges[0].invocations(0).client_context(), R"({"client":{"a":"b"}})");
    EXPECT_EQ(exchanges[0].invocations(0).reply_type(), "text/plain");
    EXPECT_EQ(exchanges[0].response().body().text(), exchanges[0].invocations(0).reply().text());
}

TEST(EmulatorRecord, AnEventThatNobodyWaitsForIsWrittenWithItsFirstAttempt) {
    const auto exchanges = record_of(scripted_alone(FrontKind::http), [](const Served& served) {
        served.invoke(R"({"do":"pid"})", {{"X-Amz-Invocation-Type", "Event"}});
        served.invoke(R"({"do":"pid"})");
    });
    ASSERT_THAT(exchanges, SizeIs(2));
    EXPECT_THAT(exchanges[0].response().start_line(), HasSubstr("202"));
    ASSERT_EQ(exchanges[0].invocations_size(), 1);
    EXPECT_NE(exchanges[0].invocations(0).reply().text(), "");
}

TEST(EmulatorRecord, EachEventOfAWebSocketIsAnExchange) {
    Settings settings = scripted(FrontKind::http);
    app::Application& application = settings.application;
    app::Api api{.id = "chat000000", .kind = app::ApiKind::websocket, .name = "Chat", .stages = {{.name = "prod"}}};
    application.functions[0].environment = {{"ORDER", "reply"}, {"REPLY", R"({"statusCode":200,"body":"yes"})"}};
    for (const char* key : {"$connect", "$disconnect", "$default"}) {
        api.routes.push_back({.path = key,
                              .integration = app::LambdaIntegration{.function = "function"},
                              .replies = std::string_view(key) == "$default"});
    }
    application.apis.push_back(api);
    const auto exchanges = record_of(std::move(settings), [](const Served& served) {
        net::RawClient client(served.port());
        client.write(net::handshake("/_apis/Chat/prod", "localhost"));
        EXPECT_THAT(client.read_through("\r\n\r\n"), StartsWith("HTTP/1.1 101"));
        client.write(net::frame(0x81, "hello"));
        client.read_through("yes");
    });
    ASSERT_GE(exchanges.size(), 2u);
    EXPECT_EQ(exchanges[0].front() + exchanges[0].api() + exchanges[0].stage(), "websocketchat000000prod");
    EXPECT_THAT(exchanges[0].response().start_line(), HasSubstr("101"));
    EXPECT_THAT(exchanges[0].invocations(0).event().json().ShortDebugString(), HasSubstr("CONNECT"));
    EXPECT_FALSE(exchanges[1].has_request());
    EXPECT_EQ(exchanges[1].front(), "websocket");
    EXPECT_THAT(exchanges[1].invocations(0).event().json().ShortDebugString(), HasSubstr("hello"));
    EXPECT_THAT(exchanges[1].invocations(0).reply().text(), HasSubstr("yes"));
}

TEST(EmulatorRecord, WhatIsUnderWayWhenTheEmulatorStopsHasNoOutcome) {
    const TestRecording recording;
    {
        Settings settings = scripted(FrontKind::http);
        Served served(recording.on(std::move(settings)));
        net::RawClient client(served.port());
        client.write("GET /?do=hang HTTP/1.1\r\nHost: localhost\r\n\r\n");
        served.record().wait_for_log("hanging");
        served.stop();
        client.read_all();
    }
    const auto exchanges = recording.exchanges();
    ASSERT_THAT(exchanges, SizeIs(1));
    EXPECT_EQ(exchanges[0].invocations(0).outcome(), v1::Invocation::unknown);
    EXPECT_EQ(exchanges[0].missing(), "the emulator was stopped");
}

TEST(EmulatorRecord, ADiskThatIsFullIsToldOnceAndServedOn) {
    Settings settings = scripted(FrontKind::http);
    settings.recording = std::make_shared<const RecordingSettings>(RecordingSettings{.path = "/dev/full"});
    const Served served(std::move(settings));
    EXPECT_EQ(served.order("pid").status, 200);
    EXPECT_EQ(served.order("pid").status, 200);
    EXPECT_THAT(served.record().advice(), ElementsAre(HasSubstr("/dev/full cannot be written: No space left")));
}

TEST(EmulatorRecord, AFileThatOthersMayReadIsTold) {
    const test::ScratchFolder folder;
    const std::string path = folder.file("traffic.jsonl");
    for (const bool is_told : {false, true}) {
        Settings settings = scripted(FrontKind::http);
        settings.recording = std::make_shared<const RecordingSettings>(RecordingSettings{.path = path});
        const Served served(std::move(settings));
        if (is_told) {
            EXPECT_THAT(served.record().advice(), ElementsAre(HasSubstr("others may read it: chmod go-r " + path)));
        } else {
            EXPECT_THAT(served.record().advice(), testing::IsEmpty());
        }
        std::filesystem::permissions(path, std::filesystem::perms(0640));
    }
}

TEST(EmulatorRecord, NoSecretOfARequestReachesTheDisk) {
    const TestRecording recording;
    const std::string secret = "hunter2hunter2hunter2";
    {
        const Served served(recording.on(scripted(FrontKind::rest), {.fields = {"password"}, .query = {"token"}}));
        const std::string body = R"({"password":")" + secret + R"(","n":1})";
        served.ask({"POST",
                    "/?do=reply&token=" + secret,
                    {{"Authorization", "Bearer " + secret},
                     {"Cookie", secret},
                     {"X-Api-Key", secret},
                     {"Content-Type", "application/json"}},
                    body});
        served.invoke(R"({"do":"pid","headers":{"cookie":")" + secret + R"("}})");
    }
    std::ifstream in(recording.path(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    EXPECT_THAT(recording.exchanges(), SizeIs(2));
    EXPECT_EQ(text.find(secret), std::string::npos);
    for (std::size_t shift = 0; shift < 3; ++shift) {
        const std::string coded = http::to_base64(std::string(shift, 'x') + secret);
        EXPECT_EQ(text.find(coded.substr(4, secret.size())), std::string::npos) << shift;
    }
}

}  // namespace
}  // namespace understudy::record_test
