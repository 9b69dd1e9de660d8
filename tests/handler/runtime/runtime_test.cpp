#include "handler/runtime/runtime.hpp"

#include "tests/support/scripted_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace understudy::runtime {
namespace {

using test::Peer;
using test::RawRequest;
using test::ScriptedServer;
using testing::AllOf;
using testing::HasSubstr;

constexpr std::string_view kNextLine = "GET /2018-06-01/runtime/invocation/next HTTP/1.1";

std::string response_line(const std::string& id) {
    return "POST /2018-06-01/runtime/invocation/" + id + "/response HTTP/1.1";
}

/// Answers `next` with an event.
void deliver(Peer& peer, const std::string& id, std::string_view event, const std::string& header_lines) {
    ASSERT_EQ(peer.read_request().first_line(), kNextLine);
    peer.reply("200 OK", "Lambda-Runtime-Aws-Request-Id: " + id + "\r\n" + header_lines, event);
}
void deliver(Peer& peer, const std::string& id, std::string_view event) {
    deliver(peer, id, event, "Content-Type: application/json\r\n");
}

/// Takes a post and accepts it.
RawRequest accept_post(Peer& peer) {
    RawRequest request = peer.read_request();
    peer.reply("202 Accepted", "Content-Type: application/json\r\n", "{\"status\":\"OK\"}\n");
    return request;
}

/// Nobody serves any more: the runtime, parked in `next`, ends.
void leave(ScriptedServer& server, Peer& peer) {
    EXPECT_EQ(peer.read_request().first_line(), kNextLine);
    server.stop_listening();
    peer.close();
}

struct Ended {
    int exit_code;
    std::string stderr_text;
};

/// Runs the runtime against the script, to its end.
Ended run_against(const ScriptedServer::Script& script, const std::function<Handler()>& initialise) {
    ScriptedServer server(script);
    testing::internal::CaptureStderr();
    FunctionEnvironment function;
    function.runtime_api = server.authority();
    const int exit_code = run_after(initialise, function);
    return {exit_code, testing::internal::GetCapturedStderr()};
}

Ended run_against(const ScriptedServer::Script& script, Handler handler) {
    return run_against(script, [&handler] { return handler; });
}

Response echo(std::string_view event, const Context&) {
    return {.bytes = std::string(event), .content_type = "application/octet-stream"};
}

TEST(Runtime, ServesManyInvocationsOverOneConnection) {
    std::vector<RawRequest> posts;
    const auto ended = run_against(
        [&](ScriptedServer& server) {
            Peer peer = server.accept();
            for (const char* id : {"one", "two", "three"}) {
                deliver(peer, id, std::string("event of ") + id);
                posts.push_back(accept_post(peer));
            }
            leave(server, peer);
        },
        echo);
    ASSERT_EQ(posts.size(), 3U);
    EXPECT_EQ(posts[0].first_line(), response_line("one"));
    EXPECT_EQ(posts[2].first_line(), response_line("three"));
    EXPECT_EQ(posts[2].body, "event of three");
    EXPECT_TRUE(posts[0].has_line("Content-Type: application/octet-stream"));
    EXPECT_TRUE(posts[0].has_line("Content-Length: 12"));
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.stderr_text, HasSubstr("cannot connect to the Runtime API"));
}

TEST(Runtime, CarriesAnyBytesBothWays) {
    std::string all_bytes;
    for (int i = 0; i < 256; ++i) all_bytes.push_back(static_cast<char>(i));
    for (const std::string& event : {std::string(), all_bytes, std::string(1, '\0'), std::string("\r\n\r\n")}) {
        std::string answered;
        run_against(
            [&](ScriptedServer& server) {
                Peer peer = server.accept();
                deliver(peer, "id", event);
                answered = accept_post(peer).body;
                leave(server, peer);
            },
            echo);
        EXPECT_EQ(answered, event);
    }
}

TEST(Runtime, SendsAReplyForAFrontDoorThatStreamsInChunks) {
    std::string head, chunks;
    run_against(
        [&](ScriptedServer& server) {
            Peer peer = server.accept();
            deliver(peer, "id", "an event");
            head = peer.read_head();
            chunks = peer.read_head();  // They end in an empty line as well.
            peer.reply("202 Accepted", "", "{}");
            leave(server, peer);
        },
        [](std::string_view, const Context&) -> Response {
            return {.bytes = "0123456789abcdefgh", .content_type = kStreamedReply};
        });
    EXPECT_THAT(head, HasSubstr("Content-Type: application/vnd.awslambda.http-integration-response\r\n"));
    EXPECT_THAT(head, HasSubstr("Lambda-Runtime-Function-Response-Mode: streaming\r\n"));
    EXPECT_THAT(head, HasSubstr("Transfer-Encoding: chunked\r\n"));
    EXPECT_THAT(head, testing::Not(HasSubstr("Content-Length")));
    EXPECT_EQ(chunks, "12\r\n0123456789abcdefgh\r\n0\r\n\r\n");
}

TEST(Runtime, CarriesEventsAndResponsesOfMegabytes) {
    std::string event(6 * 1024 * 1024, 'a');
    for (std::size_t i = 0; i < event.size(); i += 1021) event[i] = static_cast<char>(i);
    std::string first;
    std::string second;
    run_against(
        [&](ScriptedServer& server) {
            Peer peer = server.accept();
            deliver(peer, "large", event);
            first = accept_post(peer).body;
            deliver(peer, "small", "x");
            second = accept_post(peer).body;
            leave(server, peer);
        },
        echo);
    EXPECT_TRUE(first == event);
    EXPECT_EQ(second, "x");
}

TEST(Runtime, ReadsAChunkedEventInPieces) {
    std::string answered;
    run_against(
        [&](ScriptedServer& server) {
            Peer peer = server.accept();
            peer.read_request();
            peer.write("HTTP/1.1 200 OK\r\nLambda-Runtime-Aws-");
            peer.write("Request-Id: id\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n");
            peer.write("2\r\nlo\r\n0\r\n\r\n");
            answered = accept_post(peer).body;
            leave(server, peer);
        },
        echo);
    EXPECT_EQ(answered, "hello");
}

TEST(Runtime, HandsTheContextToTheHandlerAndTheTraceToTheEnvironment) {
    std::vector<std::string> seen;
    run_against(
        [&](ScriptedServer& server) {
            Peer peer = server.accept();
            deliver(peer, "one", "", "Lambda-Runtime-Trace-Id: Root=1-a-b\r\n");
            accept_post(peer);
            deliver(peer, "two", "", "");
            accept_post(peer);
            leave(server, peer);
        },
        [&](std::string_view, const Context& context) -> Response {
            const char* variable = std::getenv("_X_AMZN_TRACE_ID");
            seen.push_back(context.request_id + " " + context.trace_id + " " +
                           (variable == nullptr ? "unset" : variable));
            return {};
        });
    EXPECT_EQ(seen, (std::vector<std::string>{"one Root=1-a-b Root=1-a-b", "two  unset"}));
}

TEST(Runtime, TheTracesOfManyInvocationsTakeTheMemoryOfOne) {
    std::set<const char*> places;
    std::string last;
    run_against(
        [&](ScriptedServer& server) {
            Peer peer = server.accept();
            for (const char* id : {"one", "two", "six"}) {
                deliver(peer, id, "",
                        std::string("Lambda-Runtime-Trace-Id: Root=1-67891233-abcdef01234567-") + id + "\r\n");
                accept_post(peer);
            }
            leave(server, peer);
        },
        [&](std::string_view, const Context&) -> Response {
            places.insert(std::getenv("_X_AMZN_TRACE_ID"));
            last = std::getenv("_X_AMZN_TRACE_ID");
            return {};
        });
    EXPECT_EQ(places.size(), 1U);
    EXPECT_EQ(last, "Root=1-67891233-abcdef01234567-six");
}

TEST(Runtime, PostsWhatTheHandlerThrowsAndGoesOn) {
    RawRequest error;
    RawRequest next_post;
    const auto ended = run_against(
        [&](ScriptedServer& server) {
            Peer peer = server.accept();
            deliver(peer, "bad", "throw");
            error = accept_post(peer);
            deliver(peer, "good", "fine");
            next_post = accept_post(peer);
            leave(server, peer);
        },
        [](std::string_view event, const Context&) -> Response {
            if (event == "throw") throw std::out_of_range("no such line");
            return {.bytes = std::string(event)};
        });
    EXPECT_EQ(error.first_line(), "POST /2018-06-01/runtime/invocation/bad/error HTTP/1.1");
    EXPECT_TRUE(error.has_line("Content-Type: application/json"));
    EXPECT_EQ(error.body, R"({"errorMessage":"no such line","errorType":"std::out_of_range","stackTrace":[]})");
    EXPECT_EQ(next_post.body, "fine");
    EXPECT_TRUE(next_post.has_line("Content-Type: application/json"));
    EXPECT_THAT(ended.stderr_text, HasSubstr("std::out_of_range: no such line"));
}

TEST(Runtime, GoesOnAfterAResponseThatIsTooLarge) {
    std::string second;
    const auto ended = run_against(
        [&](ScriptedServer& server) {
            Peer peer = server.accept();
            deliver(peer, "large", "x");
            peer.read_request();
            peer.reply("413 Request Entity Too Large", "", R"({"errorType":"RequestEntityTooLarge"})");
            deliver(peer, "small", "y");
            second = accept_post(peer).body;
            leave(server, peer);
        },
        echo);
    EXPECT_EQ(second, "y");
    EXPECT_THAT(ended.stderr_text, HasSubstr("RequestEntityTooLarge"));
}

TEST(Runtime, ReadsARefusalThatComesBeforeTheResponseIsThrough) {
    std::string second;
    run_against(
        [&](ScriptedServer& server) {
            {
                Peer peer = server.accept();
                deliver(peer, "large", "x");
                peer.read_head();
                peer.reply("413 Request Entity Too Large", "Connection: close\r\n", "too large");
            }
            Peer peer = server.accept();
            deliver(peer, "small", "y");
            second = accept_post(peer).body;
            leave(server, peer);
        },
        [](std::string_view event, const Context&) -> Response {
            return {.bytes = event == "x" ? std::string(8 * 1024 * 1024, 'x') : std::string(event)};
        });
    EXPECT_EQ(second, "y");
}

TEST(Runtime, EndsWhereAResponseIsRefusedForAnotherReason) {
    for (const char* status : {"400 Bad Request", "403 Forbidden", "500 Internal Server Error", "200 OK"}) {
        const auto ended = run_against(
            [&](ScriptedServer& server) {
                Peer peer = server.accept();
                deliver(peer, "id", "x");
                peer.read_request();
                peer.reply(status, "", "because");
                EXPECT_EQ(peer.try_read_request(), std::nullopt);
            },
            echo);
        EXPECT_EQ(ended.exit_code, 1);
        EXPECT_THAT(ended.stderr_text, AllOf(HasSubstr(std::string(status).substr(0, 3)), HasSubstr("because")));
    }
}

TEST(Runtime, EndsWhereAnEventIsRefusedOrHasNoRequestId) {
    const std::pair<const char*, const char*> rows[] = {{"403 Forbidden", "403"}, {"200 OK", "request id"}};
    for (const auto& [status, expected] : rows) {
        const auto ended = run_against(
            [&](ScriptedServer& server) {
                Peer peer = server.accept();
                peer.read_request();
                peer.reply(status, "", "{}");
                EXPECT_EQ(peer.try_read_request(), std::nullopt);
            },
            echo);
        EXPECT_EQ(ended.exit_code, 1);
        EXPECT_THAT(ended.stderr_text, HasSubstr(expected));
    }
}

TEST(Runtime, ConnectsAgainWhereTheParkedConnectionIsClosed) {
    std::string answered;
    run_against(
        [&](ScriptedServer& server) {
            {
                Peer parked = server.accept();
                EXPECT_EQ(parked.read_request().first_line(), kNextLine);
            }
            {
                Peer kept = server.accept();
                deliver(kept, "one", "1");
                accept_post(kept);
                EXPECT_EQ(kept.read_request().first_line(), kNextLine);
            }
            Peer peer = server.accept();
            deliver(peer, "two", "2");
            answered = accept_post(peer).body;
            leave(server, peer);
        },
        echo);
    EXPECT_EQ(answered, "2");
}

TEST(Runtime, HonoursConnectionClose) {
    std::string answered;
    run_against(
        [&](ScriptedServer& server) {
            {
                Peer peer = server.accept();
                deliver(peer, "one", "1", "Connection: close\r\n");
                EXPECT_EQ(peer.try_read_request(), std::nullopt);
            }
            Peer peer = server.accept();
            answered = accept_post(peer).body;
            leave(server, peer);
        },
        echo);
    EXPECT_EQ(answered, "1");
}

TEST(Runtime, GivesUpAfterThreeConnectionsWithoutAReply) {
    int connections = 0;
    const auto ended = run_against(
        [&](ScriptedServer& server) {
            for (; connections < 3; ++connections) server.accept().read_request();
        },
        echo);
    EXPECT_EQ(connections, 3);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.stderr_text, HasSubstr("Runtime API"));
}

TEST(Runtime, EndsWhereAReplyBreaksOff) {
    const auto ended = run_against(
        [&](ScriptedServer& server) {
            Peer peer = server.accept();
            peer.read_request();
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this");
        },
        echo);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.stderr_text, HasSubstr("broken"));
}

TEST(Runtime, ReportsAFailedInitialisationAndEnds) {
    RawRequest error;
    const auto ended = run_against(
        [&](ScriptedServer& server) {
            Peer peer = server.accept();
            error = accept_post(peer);
            EXPECT_EQ(peer.try_read_request(), std::nullopt);
        },
        []() -> Handler { throw std::runtime_error("no database"); });
    EXPECT_EQ(error.first_line(), "POST /2018-06-01/runtime/init/error HTTP/1.1");
    EXPECT_TRUE(error.has_line("Lambda-Runtime-Function-Error-Type: Runtime.InitError"));
    EXPECT_EQ(error.body, R"({"errorMessage":"no database","errorType":"std::runtime_error","stackTrace":[]})");
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.stderr_text, HasSubstr("no database"));
}

TEST(Runtime, WithoutALambdaAroundItSaysHowToRunIt) {
    testing::internal::CaptureStderr();
    EXPECT_EQ(run_after([]() -> Handler { return echo; }, FunctionEnvironment{}), 1);
    EXPECT_THAT(testing::internal::GetCapturedStderr(),
                AllOf(HasSubstr("AWS_LAMBDA_RUNTIME_API"), HasSubstr("understudy serve -- ")));
}

TEST(Runtime, RefusesAnAddressThatIsNone) {
    FunctionEnvironment function;
    function.runtime_api = "http://lambda";
    testing::internal::CaptureStderr();
    EXPECT_EQ(run_after([]() -> Handler { return echo; }, function), 1);
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("'http://lambda'"));
}

TEST(Runtime, AddsThePrefixOfTheAddressToEachPath) {
    std::string line;
    ScriptedServer server([&](ScriptedServer& me) {
        Peer peer = me.accept();
        line = peer.read_request().first_line();
        me.stop_listening();
    });
    FunctionEnvironment function;
    function.runtime_api = server.authority() + "/function";
    testing::internal::CaptureStderr();
    run_after([]() -> Handler { return echo; }, function);
    testing::internal::GetCapturedStderr();
    server.wait();
    EXPECT_EQ(line, "GET /function/2018-06-01/runtime/invocation/next HTTP/1.1");
}

}  // namespace
}  // namespace understudy::runtime
