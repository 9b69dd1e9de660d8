#include "emulator/record/read_line.hpp"

#include "emulator/record/write_line.hpp"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <understudy/v1/recording.pb.h>

namespace understudy::record {
namespace {

using std::chrono::microseconds;

Exchange read_exchange_text(std::string_view line) {
    auto read = read_line(line);
    if (const auto* bad = std::get_if<Unreadable>(&read)) ADD_FAILURE() << bad->reason << " at " << bad->column;
    auto* exchange = std::get_if<Exchange>(&read);
    return exchange == nullptr ? Exchange() : std::move(*exchange);
}

Unreadable read_unreadable(std::string_view line) {
    auto read = read_line(line);
    const auto* bad = std::get_if<Unreadable>(&read);
    return bad == nullptr ? Unreadable{"it was read", 0} : *bad;
}

Exchange make_full_exchange() {
    Exchange exchange;
    exchange.id = "id-1";
    exchange.started = microseconds(1'767'607'200'123'456);
    exchange.front = "rest";
    exchange.api = "abc";
    exchange.stage = "Prod";
    exchange.request =
        HttpMessage{"POST /a?b=c HTTP/1.1", {{"Host", "x"}, {"X-Two", "a: b"}}, std::string("\0\xff", 2)};
    exchange.response = HttpMessage{"HTTP/1.1 200 OK", {{"Content-Type", "text/plain"}}, "ü\n\"\\"};
    Invocation invocation;
    invocation.function = "f";
    invocation.request_id = "r";
    invocation.trace = "Root=1";
    invocation.function_arn = "arn";
    invocation.client_context = "{}";
    invocation.identity = "{\"a\":1}";
    invocation.tenant = "t";
    invocation.authorizer = true;
    invocation.event = R"({"body":"\u00e4"})";
    invocation.reply = R"({"statusCode":200})";
    invocation.reply_type = "application/json";
    invocation.streamed = true;
    invocation.outcome = Outcome::function_error;
    invocation.error_type = "Runtime.ExitError";
    invocation.queued_us = 7;
    invocation.handler_us = 4'294'967'295;
    exchange.invocations = {invocation, {}};
    exchange.total_us = 12;
    exchange.redacted = {"request.headers.authorization"};
    exchange.missing = "nothing";
    return exchange;
}

void fill(v1::HttpMessage& message, const HttpMessage& from) {
    message.set_start_line(from.start_line);
    for (const auto line : from.headers) message.add_headers(std::string(line.name) + ": " + std::string(line.value));
    message.mutable_body()->set_base64(from.body);
}

/// The line that protobuf's own printer makes of an exchange.
std::string print_by_protobuf(const Exchange& from, bool proto_names) {
    v1::Line line;
    auto& exchange = *line.mutable_exchange();
    exchange.set_id(from.id);
    exchange.mutable_started()->set_seconds(from.started.count() / 1'000'000);
    exchange.mutable_started()->set_nanos(static_cast<int>(from.started.count() % 1'000'000) * 1000);
    exchange.set_front(from.front);
    exchange.set_api(from.api);
    exchange.set_stage(from.stage);
    fill(*exchange.mutable_request(), *from.request);
    fill(*exchange.mutable_response(), *from.response);
    for (const auto& invocation : from.invocations) {
        auto& to = *exchange.add_invocations();
        to.set_function(invocation.function);
        to.set_request_id(invocation.request_id);
        to.set_trace(invocation.trace);
        to.set_function_arn(invocation.function_arn);
        to.set_client_context(invocation.client_context);
        to.set_identity(invocation.identity);
        to.set_tenant(invocation.tenant);
        to.set_authorizer(invocation.authorizer);
        to.mutable_event()->set_text(invocation.event);
        to.mutable_reply()->set_text(invocation.reply);
        to.set_reply_type(invocation.reply_type);
        to.set_streamed(invocation.streamed);
        to.set_outcome(static_cast<v1::Invocation::Outcome>(invocation.outcome));
        to.set_error_type(invocation.error_type);
        to.set_queued_us(invocation.queued_us);
        to.set_handler_us(invocation.handler_us);
    }
    exchange.set_total_us(from.total_us);
    for (const auto& path : from.redacted) exchange.add_redacted(path);
    exchange.set_missing(from.missing);
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = proto_names;
    std::string text;
    EXPECT_TRUE(google::protobuf::util::MessageToJsonString(line, &text, options).ok());
    return text;
}

TEST(ReadLine, AnEventThatStandsThereAsJsonComesBackToTheByte) {
    Exchange exchange{.invocations = {{.event = R"({ "a": 1.00, "b":["\u00e4",{}] })", .event_is_json = true}}};
    std::string line;
    append_line(line, exchange);
    EXPECT_EQ(read_exchange_text(line), exchange);
    EXPECT_EQ(read_exchange_text(R"({"exchange":{"invocations":[{"event":{"json": [1] }}]}})").invocations[0].event,
              "[1]");
}

TEST(ReadLine, AnExchangeOfProtobufsOwnPrinterIsReadInEitherSpelling) {
    const Exchange exchange = make_full_exchange();
    EXPECT_EQ(read_exchange_text(print_by_protobuf(exchange, true)), exchange);
    EXPECT_EQ(read_exchange_text(print_by_protobuf(exchange, false)), exchange);
}

TEST(ReadLine, ASessionIsRead) {
    const auto read = read_line(
        R"({"session":{"format":1,"program":"understudy 0.1.0","started":"2026-01-05T11:00:00.5+01:00",)"
        R"("seed":"18446744073709551615","templateSha256":"ab","functions":[{"name":"f","codeSha256":"cd",)"
        R"("environment":{"A":"1","B":"x=y"},"handler":"h","timeoutMs":3000,"memoryMb":128,"directory":"/srv"}],"apis":[{"id":"a",)"
        R"("kind":"rest","name":"Shop","stages":["prod"],"binaryMediaTypes":["*/*"],"streams":true,)"
        R"("multiValueHeaders":true}]}})");
    ASSERT_TRUE(std::holds_alternative<Session>(read));
    const auto& session = std::get<Session>(read);
    EXPECT_EQ(session.program, "understudy 0.1.0");
    EXPECT_EQ(session.started, microseconds(1'767'607'200'500'000));
    EXPECT_EQ(session.seed, 18'446'744'073'709'551'615U);
    EXPECT_EQ(session.template_sha256, "ab");
    EXPECT_EQ(session.functions,
              (std::vector<Function>{{"f", "cd", {{"A", "1"}, {"B", "x=y"}}, "h", 3000, 128, "/srv"}}));
    EXPECT_EQ(session.apis, (std::vector<Api>{{"a", "rest", "Shop", {"prod"}, {"*/*"}, true, true}}));
}

TEST(ReadLine, WhatThisVersionDoesNotKnowIsSkipped) {
    EXPECT_EQ(read_exchange_text(R"( {"later":[{"a":"]"},null,-1.5e3,true,false],"exchange":{"x":{},"id":"a",)"
                                 R"("invocations":[{"new":"\"","outcome":"postponed"}],"request":null}} )")
                  .invocations.at(0)
                  .outcome,
              Outcome::unknown);
}

TEST(ReadLine, EscapesBecomeUtf8) {
    EXPECT_EQ(read_exchange_text(R"({"exchange":{"id":"\"\\\/\b\f\n\r\t\u00e4\u20ac\ud83d\ude00\ud800x\udc00"}})").id,
              "\"\\/\b\f\n\r\tä€😀\xef\xbf\xbdx\xef\xbf\xbd");
}

TEST(ReadLine, ATextEndsAtItsQuoteWhereverInABlockThatStands) {
    for (std::size_t before = 0; before < 40; ++before) {
        for (std::size_t behind = 0; behind < 20; ++behind) {
            const std::string plain = std::string(before, 'a') + "\u00fc";
            const std::string rest(behind, 'b');
            const std::string written = '"' + plain + R"(\")" + rest + '"';
            const std::string line =
                R"({"exchange":{"id":)" + written + R"(,"unknown":)" + written + R"(,"stage":"s"}})";
            const Exchange exchange = read_exchange_text(line);
            EXPECT_EQ(exchange.id, plain + '"' + rest);
            EXPECT_EQ(exchange.stage, "s");
        }
    }
}

TEST(ReadLine, AControlCharacterIsToldWhereverInABlockItStands) {
    for (std::size_t before = 0; before < 40; ++before) {
        const std::string start = R"({"exchange":{"id":")" + std::string(before, 'a');
        EXPECT_EQ(read_unreadable(start + "\x1f" + std::string(20, 'b') + "\"}}").column, start.size() + 1);
    }
}

TEST(ReadLine, Base64IsReadInBothAlphabets) {
    const auto read = [](const std::string& text) {
        return read_exchange_text(R"({"exchange":{"request":{"body":{"base64":")" + text + "\"}}}}").request->body;
    };
    EXPECT_EQ(read("+/8="), "\xfb\xff");
    EXPECT_EQ(read("-_8"), "\xfb\xff");
}

TEST(ReadLine, WhatIsWrongIsToldWithItsPlace) {
    EXPECT_EQ(read_unreadable("{}"), (Unreadable{"the line is neither a session nor an exchange", 0}));
    EXPECT_EQ(read_unreadable(R"({"exchange":{"id":1}})"), (Unreadable{"this is no text", 19}));
    EXPECT_EQ(read_unreadable(R"({"exchange":{"id":"a"})"),
              (Unreadable{"the line ends, and there is no ',' here", 23}));
    EXPECT_EQ(read_unreadable(R"({"exchange":{"total_us":4294967296}})"),
              (Unreadable{"this number is above 4294967295", 25}));
    EXPECT_EQ(read_unreadable(R"({"exchange":{"total_us":-1}})"),
              (Unreadable{"this is no whole number from 0 on", 25}));
    EXPECT_EQ(read_unreadable(R"({"exchange":{"id":"\x"}})"), (Unreadable{"this is no escape of JSON", 20}));
    EXPECT_EQ(read_unreadable(R"({"exchange":{}} x)"), (Unreadable{"something follows the value", 17}));
    EXPECT_EQ(read_unreadable(R"({"exchange":{"started":"yesterday"}})").reason,
              "'yesterday' is no time like 2026-01-05T10:00:00.125Z");
    EXPECT_EQ(read_unreadable(R"({"exchange":{"request":{"headers":["x"]}}})").reason,
              "a header line is written 'Name: value'");
    EXPECT_EQ(read_unreadable(R"({"exchange":{"request":{"body":{"base64":"%"}}}})").reason, "this is no base64");
    EXPECT_EQ(read_unreadable(std::string(200, '[')).column, 1U);
    EXPECT_EQ(read_unreadable(R"({"x":)" + std::string(200, '[')).reason, "the values are nested too deeply");
}

TEST(ReadLine, EachBeginningOfALineIsUnreadable) {
    const std::string line = print_by_protobuf(make_full_exchange(), true);
    for (std::size_t length = 0; length < line.size(); ++length)
        ASSERT_TRUE(std::holds_alternative<Unreadable>(read_line(std::string_view(line).substr(0, length)))) << length;
}

}  // namespace
}  // namespace understudy::record
