#include "tests/support/program.hpp"
#include "tests/support/scripted_server.hpp"
#include "tests/support/terminal.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace understudy::client::logquery_program_test {
namespace {

using test::Ended;
using test::Peer;
using test::RawRequest;
using test::ScriptedServer;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

Ended run_logquery(std::vector<std::string> arguments) {
    return test::run_program("logquery", std::move(arguments), {});
}

struct Called {
    RawRequest request;
    Ended ended;
};

/// Runs the program against a server that gives one reply.
Called call_server(std::vector<std::string> arguments, const std::string& status, const std::string& type,
                   const std::string& body) {
    Called called;
    ScriptedServer server([&](ScriptedServer& me) {
        Peer peer = me.accept();
        called.request = peer.read_request();
        peer.reply(status, "Content-Type: " + type + "\r\n", body);
    });
    arguments.insert(arguments.end(), {"--url", "http://" + server.authority() + "/prod"});
    called.ended = run_logquery(std::move(arguments));
    server.wait();
    return called;
}

const std::vector<std::string> kCheck{"check", "--time", "2026-01-05T09:58:55.123Z", "--tolerance", "1m"};
const std::string kFound("\x08\x01", 2);

std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

TEST(LogqueryProgram, CheckExitsWith0WhereSomethingIsFound) {
    const Called called = call_server(kCheck, "200 OK", "application/proto", kFound);
    EXPECT_EQ(called.ended.exit_code, 0);
    EXPECT_EQ(called.ended.out, "found: messages within 60s of 2026-01-05T09:58:55.123Z\n");
    EXPECT_EQ(called.ended.err, "");
    EXPECT_EQ(called.request.first_line(), "POST /prod/logquery.v1.LogQueryService/CheckWindow HTTP/1.1");
    EXPECT_TRUE(called.request.has_line("Content-Type: application/proto"));
    EXPECT_TRUE(called.request.has_line("Accept: application/proto"));
    EXPECT_EQ(called.request.body, "\x0a\x0b\x08\xdf\x96\xee\xca\x06\x10\xc0\xa9\xd3\x3a\x12\x02\x08\x3c");
}

TEST(LogqueryProgram, CheckExitsWith5WhereNothingIsFound) {
    const Called called = call_server(kCheck, "200 OK", "application/proto", "");
    EXPECT_EQ(called.ended.exit_code, 5);
    EXPECT_THAT(called.ended.out, HasSubstr("not found"));
}

TEST(LogqueryProgram, AnswersProgramsInJson) {
    const auto arguments = with(kCheck, {"--output", "json", "--codec", "json"});
    const Called called = call_server(arguments, "200 OK", "application/json", "{}");
    EXPECT_EQ(called.ended.exit_code, 5);
    EXPECT_EQ(called.ended.out, "{\"found\":false}\n");
    EXPECT_TRUE(called.request.has_line("Accept: application/json"));
    EXPECT_EQ(called.request.body, R"({"time":"2026-01-05T09:58:55.123Z","tolerance":"60s"})");
}

TEST(LogqueryProgram, FindShowsTheMessages) {
    const Called called =
        call_server({"find", "--time", "2026-01-05 09:58:55", "--tolerance", "0", "--pattern", "b.om", "--limit", "5",
                     "--content-type", "application/json"},
                    "200 OK", "application/json",
                    R"({"messages":[{"time":"2026-01-05T09:58:55.123Z","level":"INFO","text":"boom"}]})");
    EXPECT_EQ(called.ended.exit_code, 0);
    EXPECT_EQ(called.ended.out,
              "2026-01-05T09:58:55.123Z INFO  boom\n"
              "found: 1 message within 0s of 2026-01-05T09:58:55Z that match b.om\n");
    EXPECT_EQ(called.request.body, R"({"time":"2026-01-05T09:58:55Z","tolerance":"0s","pattern":"b.om","limit":5})");
    const std::vector<std::string> everything{"find",      "--time", "2026-01-05 09:58:55", "--tolerance", "0",
                                              "--pattern", ""};
    const Called none = call_server(everything, "200 OK", "application/proto", "");
    EXPECT_EQ(none.ended.exit_code, 5);
    EXPECT_EQ(none.request.body, std::string("\x0a\x06\x08\xdf\x96\xee\xca\x06\x12\x00", 10));
}

TEST(LogqueryProgram, ExitsWith4WhereTheCallFails) {
    const std::tuple<const char*, const char*, const char*, const char*> rows[] = {
        {"400 Bad Request", "application/json", R"({"code":"failed_precondition","message":"no folder"})",
         "failed_precondition: no folder"},
        {"400 Bad Request", "application/json", R"({"code":"internal","message":"\u001b[31mred"})",
         "internal: ?[31mred"},
        {"403 Forbidden", "application/json", R"({"message":"Missing Authentication Token"})",
         "permission_denied: Missing Authentication Token"},
        {"502 Bad Gateway", "text/html", "<html>", "unavailable: HTTP status 502"},
        {"200 OK", "text/plain; charset=utf-8", "CAE=", "internal: "},
        {"200 OK", "application/proto", "CAE=", "base64"},
    };
    for (const auto& [status, type, body, expected] : rows) {
        const Called called = call_server(kCheck, status, type, body);
        EXPECT_EQ(called.ended.exit_code, 4) << status;
        EXPECT_EQ(called.ended.out, "");
        EXPECT_THAT(called.ended.err, HasSubstr(expected));
    }
}

TEST(LogqueryProgram, ExitsWith4WhereTheReplyIsLate) {
    Ended ended;
    {
        ScriptedServer server([](ScriptedServer& me) {
            Peer peer = me.accept();
            peer.read_request();
            EXPECT_EQ(peer.try_read_request(), std::nullopt);
        });
        ended = run_logquery(with(kCheck, {"--timeout", "50ms", "--url", "http://" + server.authority()}));
    }
    EXPECT_EQ(ended.exit_code, 4);
    EXPECT_THAT(ended.err, HasSubstr("deadline_exceeded"));
}

TEST(LogqueryProgram, ExitsWith3WhereThereIsNoServer) {
    std::string authority;
    {
        ScriptedServer server([](ScriptedServer&) {});
        authority = server.authority();
    }
    const Ended ended = run_logquery(with(kCheck, {"--url", "http://" + authority}));
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_THAT(ended.err, AllOf(HasSubstr("unavailable"), HasSubstr(authority)));
}

TEST(LogqueryProgram, ExitsWith1AndSendsNothingWhereTheInputIsWrong) {
    const std::pair<std::vector<std::string>, const char*> rows[] = {
        {{}, "subcommand"},
        {{"guess", "--time", "x"}, "there is no command 'guess'; the commands are check and find"},
        {{"check"}, "--time: missing; write it like 2026-01-05T09:58:55.123Z"},
        {{"check", "--time"}, "--time: missing; write it like 2026-01-05T09:58:55.123Z"},
        {{"check", "--time="}, "--time: missing; write it like 2026-01-05T09:58:55.123Z"},
        {{"check", "--time", "--tolerance", "5m"}, "--time: missing; write it like 2026-01-05T09:58:55.123Z"},
        {{"check", "--time", "2026-01-05 09:58:55"}, "--tolerance: missing; write it like 5m, 90s"},
        {{"check", "--time", "2026-01-05 09:58:55", "--tolerance"}, "--tolerance: missing; write it like 5m, 90s"},
        {{"find", "--time", "2026-01-05 09:58:55", "--tolerance", "5m"},
         "--pattern: missing; write it like ERROR|WARN, [a-z]+ or time(d )?out; an empty one matches everything"},
        {{"find", "--time", "2026-01-05 09:58:55", "--tolerance", "5m", "--pattern"}, "--pattern: missing; write it"},
        {{"check", "--url"}, "--url: missing; write it like http://127.0.0.1:3000"},
        {{"check", "--content-type"}, "missing; write it like proto or json"},
        {{"check", "--output"}, "--output: missing; write it like text or json"},
        {{"check", "--cacert"}, "--cacert: missing; write it like /etc/ssl"},
        {{"check", "--cacert", "/no/such.pem"}, "--cacert: '/no/such.pem' cannot be opened"},
        {{"check", "--cacert", "/dev/null"}, "--cacert: '/dev/null' holds no certificate in PEM form"},
        {{"check", "--time", "now"}, "'now' has no time of day; write it like"},
        {{"check", "--time", "2026-02-30 00:00:00"}, "no valid date"},
        {{"check", "--time", "2026-01-05 09:58:55", "--tolerance", "5"}, "'5' has no unit; write it like 5m"},
        {{"check", "--time", "2026-01-05 09:58:55", "--tolerance=-5m"}, "is negative"},
        {{"check", "--time", "2026-01-05 09:58:55", "--tolerance", "400d"}, "more than 366 days"},
        {{"check", "--time", "2026-01-05 09:58:55", "--url", "localhost:3000"}, "--url"},
        {{"check", "--time", "2026-01-05 09:58:55", "--codec", "xml"}, "--codec"},
        {{"check", "--time", "2026-01-05 09:58:55", "--output", "xml"}, "--output"},
        {{"check", "--time", "2026-01-05 09:58:55", "--timeout", "0"}, "--timeout"},
        {{"check", "--time", "2026-01-05 09:58:55", "--pattern", "x"}, "--pattern"},
        {{"find", "--time", "2026-01-05 09:58:55", "--tolerance", "0", "--pattern", "("}, "no regular expression"},
        {{"find", "--time", "2026-01-05 09:58:55", "--tolerance", "0", "--pattern", "", "--limit", "-1"}, "--limit"},
        {{"find", "--time", "2026-01-05 09:58:55", "--tolerance", "0", "--pattern", "", "--limit", "many"}, "--limit"},
    };
    for (const auto& [arguments, expected] : rows) {
        const Ended ended = run_logquery(arguments);
        EXPECT_EQ(ended.exit_code, 1) << expected;
        EXPECT_EQ(ended.out, "");
        EXPECT_THAT(ended.err, AllOf(StartsWith("logquery: "), HasSubstr(expected)));
    }
}

/// The examples that the help shows, as words.
std::vector<std::vector<std::string>> shown_examples() {
    std::istringstream lines(run_logquery({"--help"}).out);
    std::vector<std::vector<std::string>> examples;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("  logquery ")) continue;
        examples.emplace_back();
        std::string word;
        bool quoted = false;
        for (const char c : line.substr(std::string_view("  logquery ").size()) + ' ') {
            if (c == '\'') quoted = !quoted;
            if (c != '\'' && (quoted || c != ' ')) word += c;
            if (quoted || c != ' ') continue;
            examples.back().push_back(std::exchange(word, {}));
        }
    }
    return examples;
}

TEST(LogqueryProgram, WhatTheHelpShowsLacksNothing) {
    const auto examples = shown_examples();
    ASSERT_EQ(examples.size(), 3u);
    for (auto words : examples) {
        if (const auto url = std::ranges::find(words, "--url"); url != words.end()) words.erase(url, url + 2);
        words.insert(words.end(), {"--url", "http://127.0.0.1:1"});
        EXPECT_EQ(run_logquery(words).exit_code, 3) << testing::PrintToString(words);
    }
}

TEST(LogqueryProgram, AnAnswerThatCannotBeWrittenIsAFailure) {
    ScriptedServer server([](ScriptedServer& me) {
        Peer peer = me.accept();
        peer.read_request();
        peer.reply("200 OK", "Content-Type: application/proto\r\n", "");
    });
    const std::string check = " check --time '2026-01-05 09:58:55' --tolerance 5m --url http://" + server.authority();
    for (const std::string& words :
         {check, std::string(" --help"), std::string(" find --help"), std::string(" --version")}) {
        const Ended ended =
            test::run_file("/bin/sh", {"-c", UNDERSTUDY_PROGRAM_DIR "/logquery" + words + " >/dev/full"}, {});
        EXPECT_EQ(ended.exit_code, 4) << words;
        EXPECT_EQ(ended.err, "logquery: cannot write to standard output: No space left on device\n");
    }
}

TEST(LogqueryProgram, OnATerminalAsksForWhatIsMissingOrWrong) {
    RawRequest request;
    Ended ended;
    {
        ScriptedServer server([&](ScriptedServer& me) {
            Peer peer = me.accept();
            request = peer.read_request();
            peer.reply("200 OK", "Content-Type: application/proto\r\n", "");
        });
        ended =
            test::run_on_terminal("logquery", {"find", "--url", "http://" + server.authority(), "--time", "--output"},
                                  "text\nyesterday\n2026-01-05 09:58:55\n1m\nb.om\n");
    }
    EXPECT_EQ(ended.exit_code, 5) << ended.err;
    EXPECT_THAT(ended.out, HasSubstr("not found"));
    EXPECT_EQ(request.body, std::string("\x0a\x06\x08\xdf\x96\xee\xca\x06\x12\x02\x08\x3c\x1a\x04") + "b.om");
    for (const char* said : {"--output: missing; write it like text or json", "--time: missing", "'yesterday' has no",
                             "--tolerance: missing", "--pattern: missing"}) {
        EXPECT_THAT(ended.err, HasSubstr(said));
    }
}

TEST(LogqueryProgram, AnUnansweredQuestionEndsWith1) {
    const Ended ended = test::run_on_terminal("logquery", {"check"}, "\x04");
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_THAT(ended.err, HasSubstr("--time> "));
}

// The connection would have its number, and the server the answer.
TEST(LogqueryProgram, AStandardOutputThatIsClosedIsToldBeforeAnythingIsAsked) {
    for (const auto* words : {"check --time 2026-01-05T09:58:55Z --tolerance 1m", "--help"}) {
        const Ended ended = test::run_file(
            "/bin/sh", {"-c", std::string("\"$0\" ") + words + " >&-", UNDERSTUDY_PROGRAM_DIR "/logquery"}, {});
        EXPECT_EQ(ended.exit_code, 4) << words;
        EXPECT_EQ(ended.err, "logquery: standard output is closed; '>/dev/null' is for an answer that nobody reads\n");
    }
}

TEST(LogqueryProgram, ExplainsItself) {
    for (const auto& arguments :
         std::vector<std::vector<std::string>>{{"--help"}, {"check", "--help"}, {"--version"}}) {
        const Ended ended = run_logquery(arguments);
        EXPECT_EQ(ended.exit_code, 0);
        EXPECT_THAT(ended.out, HasSubstr("logquery"));
    }
    EXPECT_THAT(run_logquery({"--help"}).out,
                AllOf(HasSubstr("Exit codes: 0 found"), HasSubstr("logquery check --time")));
    EXPECT_THAT(run_logquery({"find", "--help"}).out, AllOf(HasSubstr("--pattern"), HasSubstr("--url")));
}

}  // namespace
}  // namespace understudy::client::logquery_program_test
