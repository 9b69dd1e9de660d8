// No form of report shows what a scenario calls secret, wherever it stands and however it is spelled.
#include "emulator/http/base64.hpp"
#include "proto/wire/call_reading.hpp"
#include "proto/wire/call_writing.hpp"
#include "tests/tools/scenario/fake_world.hpp"
#include "tests/tools/scenario/scenario_text.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/report/curl.hpp"
#include "tools/report/events.hpp"
#include "tools/report/github.hpp"
#include "tools/report/html.hpp"
#include "tools/report/human.hpp"
#include "tools/report/junit.hpp"
#include "tools/report/summary.hpp"
#include "tools/report/tap.hpp"
#include "tools/scenario/mask.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::scenario::secrets_test {
namespace {

using testing::HasSubstr;
using testing::Not;

// Neither may stand anywhere: quotes and blanks make JSON, URLs and shells spell them in other ways.
constexpr const char* kGiven = "giv\"en /s+cret";
constexpr const char* kCaptured = "capt'ured s&cret";

std::string quoted(const std::string& text) {
    std::string out;
    for (const char c : text) out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out;
}

Scenario secretive_scenario() {
    return load_good(
        "name: secrets of ${token}\n"
        "vars: { token: 'giv\"en /s+cret' }\n"
        "secrets: [token, session]\n" +
        shop_scenario(
            "  - name: log in with ${token}\n"
            "    http: { method: POST, target: '/login?token=giv%22en%20%2Fs%2Bcret&again=giv%22en+%2Fs%2Bcret' }\n"
            "    headers: { Authorization: 'Bearer ${token}' }\n"
            "    request: { token: '${token}' }\n"
            "    capture: { session: response.session }\n"
            "    expect: { body: 'giv\"en /s+cret' }\n"
            "  - name: use it\n"
            "    http: { method: POST, target: /use }\n"
            "    headers: { X-Session: '${session}' }\n"
            "    request_hex: 00ff\n"
            "    expect: { response: { all: '${token}' }, logs: ['${session}'], event: { a: '${token}' } }\n"));
}

struct Told {
    RunResult result;
    std::string events;
};

Told run_secretive() {
    const std::string given(kGiven);
    const std::string captured(kCaptured);
    FakeWorld fake;
    http::Response reply;
    reply.status = 400;
    reply.headers.add("Set-Cookie", "session=" + captured);
    reply.body = R"({"session":")" + captured + R"(","token":")" + quoted(given) + R"("})";
    fake.reply(reply);
    fake.reply(502, "text/plain", http::to_base64("before " + given + " and " + captured + " behind") + given);
    fake.log({"the token is " + given, "advice: " + given, "session " + captured});
    fake.event(R"({"body":"{\"token\":\")" + quoted(quoted(given)) + R"(\"}","cookies":[")" + captured + R"("]})");
    report::EventStream stream;
    std::string events;
    auto world = fake.world();
    world.on_begin = [&](const RunResult& begun) { events += stream.on_begin(begun); };
    world.on_step = [&](const RunResult& begun, const StepResult& step) { events += stream.on_step(begun, step); };
    auto result = run_scenario(secretive_scenario(), Front::http, world);
    events += stream.on_result(result);
    return {std::move(result), std::move(events)};
}

TEST(Secrets, NoFormOfReportShowsThem) {
    const auto told = run_secretive();
    ASSERT_EQ(told.result.steps.size(), 2U);
    EXPECT_FALSE(told.result.steps[1].differences.empty());
    auto flaky = told.result;
    flaky.earlier.push_back(told.result);
    const std::vector<RunResult> runs{told.result, flaky};
    const auto summary = report::to_summary(runs);
    const auto same = [](const std::string& file) { return file; };
    const std::pair<const char*, std::string> forms[] = {
        {"human", report::render_run(told.result, source::Colour::ansi)},
        {"human, again", report::render_run(flaky, source::Colour::none)},
        {"junit", report::render_junit(runs, summary)},
        {"tap", report::render_tap_point(told.result, 1) + report::render_tap_point(flaky, 2)},
        {"json", told.events},
        {"html", report::render_html(runs, summary)},
        {"annotations", report::render_annotations(told.result, same) + report::render_annotations(flaky, same)},
        {"markdown", report::render_markdown(runs, summary)},
    };
    // In any spelling that survives escaping, some of these letters stand beside each other.
    const std::string spellings[] = {"s+cret",
                                     "s%2Bcret",
                                     "s&cret",
                                     "s&amp;cret",
                                     "giv\"en",
                                     "giv\\\"en",
                                     "giv&quot;en",
                                     "capt'ured",
                                     "giv%22en",
                                     http::to_base64(std::string(kGiven)).substr(0, 12),
                                     http::to_base64("before " + std::string(kGiven)).substr(12, 10),
                                     http::to_base64(std::string(kCaptured)).substr(0, 12)};
    for (const auto& [form, text] : forms) {
        EXPECT_THAT(text, HasSubstr("***")) << form;
        for (const auto& spelling : spellings) EXPECT_THAT(text, Not(HasSubstr(spelling))) << form;
    }
}

// A call of gRPC-Web that failed with a secret in all that says so, masked.
Received masked_failure(const wire::Metadata& headers) {
    const auto scenario = load_good(
        "name: n\nvars: { token: 'p\u00e4ss one' }\nsecrets: [token]\n" +
        shop_scenario("  - name: a\n    http: { method: GET, target: / }\n    expect: { http_status: 200 }\n"));
    const wire::Status status(wire::Code::not_found, "no p\u00e4ss one", {{"pkg.Why", "\x0a\x09p\u00e4ss one"}});
    const wire::Dialect text{wire::Protocol::grpc_web_text, wire::Codec::proto};
    auto reply = wire::to_http_reply({.dialect = text}, {.status = status, .headers = headers});
    Received received;
    received.headers = reply.headers;
    received.body = reply.body;
    received.status = wire::read_answer(text, wire::Compression::identity, std::move(reply)).answer.status;
    EXPECT_EQ(received.status, status);
    auto result = run_secretive().result;
    result.steps.clear();
    result.steps.emplace_back().received = std::move(received);
    mask_secrets(scenario, result);
    return *result.steps[0].received;
}

TEST(Secrets, AnyOfTheirCharactersMayBeEscaped) {
    Variables variables;
    variables.set("key", "\"p&ss/w\u00f6rd \U0001F511\"");
    const auto secrets = to_secret_texts({"key"}, variables);
    for (const char* text : {
             R"({"k":"p\u0026ss/w\u00f6rd \uD83D\uDD11"})",
             R"({"k":"p&ss\/w\u00F6rd 🔑"})",
             R"({"k":"p\u0026ss/wörd\u0020\ud83d\udd11"})",
             R"({\"k\":\"p\\u0026ss\\/wörd 🔑\"})",
             "p%26ss/w%C3%B6rd 🔑",
             "p%26ss/w%c3%b6rd+%F0%9F%94%91",
             R"("?q=p\u002526ss%2Fw%C3%B6rd%20🔑")",
             "p%26ss/w%C3%B6rd%20%f0%9f%94%91",
         }) {
        EXPECT_THAT(mask(text, secrets), HasSubstr("***")) << text;
        EXPECT_THAT(mask(text, secrets), Not(HasSubstr("ss"))) << text;
    }
    EXPECT_EQ(mask(R"(a\nb "p\u0026ss\/wörd 🔑" 10% c\u00e4)", secrets), R"(a\nb "***" 10% c\u00e4)");
    EXPECT_EQ(mask_source(R"("p\u0026ss/w\u00f6rd 🔑" x)", secrets), "\"*********************\" x");
}

TEST(Secrets, OfSeveralLinesAreMaskedLineByLine) {
    const std::string secret = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nx\n-----END KEY-----\n";
    const auto scenario =
        load_good("vars: { pem: " + convert::to_quoted_text(secret) + " }\nsecrets: [pem]\n" +
                  shop_scenario("  - http: { target: /a }\n    expect: { body: x, response: $update }\n"));
    FakeWorld world;
    world.log({"key: -----BEGIN KEY-----", "MIIEvQIBADANBgkq", "x", "-----END KEY-----", "x", "2026 MIIEvQIBADANBgkq"});
    world.reply(200, "application/json", convert::to_quoted_text(secret));
    const auto run = run_scenario(scenario, Front::http, world.world());
    EXPECT_THAT(run.steps[0].log, testing::ElementsAre("key: ***", "x", "2026 ***"));
    EXPECT_TRUE(run.steps[0].snapshots[0].secret);
}

std::vector<std::string> secrets_of(const std::string& json) {
    Variables variables;
    variables.set("key", json);
    return to_secret_texts({"key"}, variables);
}

TEST(Secrets, InMappingsAndListsAreMaskedAlone) {
    const std::string whole = R"({"user":"bob","deep":[{"password":"in\"ner secret"}],"pin":98765432.5})";
    for (const auto& json :
         {whole, convert::to_quoted_text(whole), R"({"x":)" + convert::to_quoted_text(whole) + "}"}) {
        const auto secrets = secrets_of(json);
        for (const std::string& text :
             {std::string(R"({"user": "bob", "password": "in\"ner secret", "pin": 98765432.5})"),
              std::string(R"("{\"password\":\"in\\\"ner secret\"}")"),
              std::string("?p=in%22ner+secret&q=in%22ner%20secret"), convert::to_hex("in\"ner secret"),
              std::string("98765432.5"), std::string("user bob")}) {
            const auto masked = mask(text, secrets);
            EXPECT_THAT(masked, HasSubstr("***")) << json;
            for (const char* part : {"bob", "ner", "987", "secret", "6e6572"})
                EXPECT_THAT(masked, Not(HasSubstr(part))) << json << text;
        }
        for (std::size_t shift = 0; shift < 3; ++shift) {
            const auto base64 = http::to_base64(std::string(shift, 'x') + "in\"ner secret");
            EXPECT_THAT(mask(base64, secrets), HasSubstr("***")) << json << shift;
        }
        EXPECT_THAT(mask(whole, secrets), Not(HasSubstr("deep"))) << "the whole is one";
        EXPECT_THAT(mask(R"({"user":"x","deep":[]})", secrets), HasSubstr(R"({"user":"x","deep":[]})")) << json;
    }
}

TEST(Secrets, PartsThatStandEverywhereAreNone) {
    const auto secrets =
        secrets_of(R"({"a":"","b":"x","c":"ab","d":0,"e":12,"f":true,"g":false,"h":null,"i":[],"j":"ä"})");
    const std::string text = "x ab 0 12 true false null [] ä {} http_status 200 1210";
    EXPECT_EQ(mask(text, secrets), text);
    EXPECT_EQ(mask("a 123 200", secrets_of("[123,\"456\"]")), "a *** 200");
    EXPECT_EQ(mask("true 1", secrets_of("1")), "true ***") << "one that is such a value itself";
}

TEST(Secrets, OfAMappingThatIsCapturedAreMaskedInAllThatIsTold) {
    const auto scenario = load_good("name: n\nsecrets: [creds]\n" +
                                    shop_scenario("  - http: { target: /a }\n    capture: { creds: response }\n"
                                                  "    expect: { response: { user: x, password: y } }\n"));
    FakeWorld world;
    world.log({"the password is inner-secret-1"});
    world.reply(200, "application/json", R"({"user": "bobby", "password": "inner-secret-1"})");
    const auto run = run_scenario(scenario, Front::http, world.world());
    const auto human = report::render_run(run, source::Colour::none);
    EXPECT_THAT(human, HasSubstr("password: expected \"y\", got \"***\""));
    EXPECT_THAT(human, Not(HasSubstr("inner-secret-1")));
    EXPECT_THAT(human, Not(HasSubstr("bobby")));
}

TEST(Secrets, AreMaskedInWhatFailedCallsSay) {
    for (const auto& headers : {wire::Metadata(), wire::Metadata{{"x-a", "1"}}}) {
        const auto received = masked_failure(headers);
        EXPECT_EQ(received.body, headers.empty() ? "" : "***");
        EXPECT_EQ(received.status.message(), "no ***");
        EXPECT_EQ(received.status.details(), (std::vector<wire::Detail>{{"pkg.Why", ""}}));
        if (headers.empty()) {
            EXPECT_EQ(*wire::find_value(received.headers, "grpc-message"), "no ***");
        }
    }
}

TEST(Secrets, ACommandSaysWhatItLeavesOut) {
    const auto told = run_secretive();
    EXPECT_TRUE(told.result.steps[0].sent->masked);
    EXPECT_THAT(report::render_run(told.result, source::Colour::none), HasSubstr("*** stands for a secret"));
}

// What stands around a secret is known: how long all of it is would tell how long the secret is.
TEST(Secrets, NoReportTellsHowLongTheyAre) {
    RunResult result = run_secretive().result;
    StepResult& step = result.steps.emplace_back();
    const std::string secret(kGiven);
    const std::string size = std::to_string(secret.size()), sent_size = std::to_string(secret.size() + 6);
    step.sent = Sent{};
    step.sent->method = "POST";
    step.sent->headers = {{"content-length", sent_size}};
    step.sent->body = "token=" + secret;
    step.received = Received{};
    step.received->headers = {{"Content-Length", size}};
    step.received->body = secret;
    step.events = {R"({"headers":{"content-length":")" + sent_size + R"("},"multiValueHeaders":{"Content-Length":[")" +
                       sent_size + R"("]},"body":")" + quoted(secret) + "\"}",
                   R"({"content-length":"7"})"};
    step.differences.emplace_back();
    for (int again = 0; again < 2; ++again) mask_secrets(secretive_scenario(), result);
    ASSERT_EQ(step.received->body, "***");
    EXPECT_TRUE(step.sent->masked);
    EXPECT_EQ(step.sent->headers.at(0).second, "***");
    EXPECT_EQ(step.events.at(0),
              R"({"headers":{"content-length":"***"},"multiValueHeaders":{"Content-Length":["***"]},)"
              R"("body":"***"})");
    EXPECT_EQ(step.events.at(1), R"({"content-length":"7"})") << "it holds none";
    EXPECT_THAT(report::render_run(result, source::Colour::none), HasSubstr("HTTP 0 3 bytes as masked\n"));
    const std::vector<RunResult> runs{result};
    const auto html = report::render_html(runs, report::to_summary(runs));
    EXPECT_THAT(html, HasSubstr("POST , 9 bytes as masked"));
    EXPECT_THAT(html, HasSubstr("HTTP 0, 3 bytes as masked"));
    EXPECT_THAT(html, HasSubstr("<summary>" + std::to_string(step.events[0].size()) + " bytes as masked</summary>"));
    EXPECT_THAT(html, HasSubstr("<summary>22 bytes</summary>"));
    report::EventStream stream;
    for (const auto& text :
         {html, report::render_junit(runs, report::to_summary(runs)), report::render_tap_point(result, 1),
          stream.on_step(result, step), report::to_curl(step, 1).note}) {
        EXPECT_THAT(text, Not(HasSubstr(size + " byte")));
        EXPECT_THAT(text, Not(HasSubstr('"' + sent_size + '"')));
        EXPECT_THAT(text, Not(HasSubstr(sent_size + " byte")));
    }
}

TEST(Secrets, QuotedLinesKeepTheirColumns) {
    const auto told = run_secretive();
    const auto& where = told.result.steps[0].differences.back().where;
    const auto text = told.result.text_of(where.file());
    EXPECT_THAT(std::string(text), HasSubstr("vars: { token: '**************' }\n"));
    EXPECT_THAT(report::render_run(told.result, source::Colour::none),
                HasSubstr("expect: { body: '**************' }\n"));
}

TEST(Secrets, WhatWasCompressedIsHiddenInTheEventToo) {
    const Scenario scenario = secretive_scenario();
    const std::string compressed = "\x1f\x8b compressed to the byte";
    RunResult result = run_secretive().result;
    StepResult& step = result.steps.emplace_back();
    step.sent = Sent{};
    step.sent->packed = "what holds " + std::string(kGiven);
    step.sent->body = compressed;
    step.sent->target = "/get?encoding=proto&message=H4sIAAAAAAAAAxMSyijN";
    step.events = {R"({"body":")" + http::to_base64(compressed) +
                   R"(","message":"H4sIAAAAAAAAAxMSyijN","kept":"proto"})"};
    mask_secrets(scenario, result);
    EXPECT_EQ(step.events[0], R"({"body":"***","message":"***","kept":"proto"})");
    EXPECT_EQ(step.sent->body, "***");
}

}  // namespace
}  // namespace understudy::scenario::secrets_test
