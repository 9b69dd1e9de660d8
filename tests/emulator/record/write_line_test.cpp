#include "emulator/record/write_line.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/util/json_util.h>

#include "understudy/v1/recording.pb.h"

namespace understudy::record {
namespace {

using testing::HasSubstr;
using v1::Line;

std::string every_byte() {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    return bytes;
}

std::string every_ascii() {
    return every_byte().substr(0, 128);
}

/// Reads a line as protobuf itself does, and refuses fields that the format does not have.
Line read(const std::string& line) {
    Line read;
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    const auto status = google::protobuf::util::JsonStringToMessage(line, &read);
    EXPECT_TRUE(status.ok()) << status.ToString() << '\n' << line;
    return read;
}

template <class Value>
std::string line_of(const Value& value) {
    std::string line;
    append_line(line, value);
    return line;
}

Exchange full_exchange() {
    Exchange exchange{.id = "id-1", .started = std::chrono::microseconds(1'700'000'000'000'042), .front = "rest"};
    exchange.api = "shop";
    exchange.stage = "prod";
    exchange.request = HttpMessage{"POST /a?b=c HTTP/1.1", {{"Host", "x"}, {"X-b", "\"1\""}, {"x-B", ""}}, "grüße"};
    exchange.response = HttpMessage{"HTTP/1.1 200 OK", {{"A", "1"}}, every_byte(), {{"grpc-status", "0"}}};
    Invocation invocation{.function = "f", .request_id = "r", .trace = "Root=1", .function_arn = "arn"};
    invocation.client_context = "{}";
    invocation.identity = "{\"a\":1}";
    invocation.tenant = "blue";
    invocation.authorizer = true;
    invocation.event = "{\"k\":\"v\\n\"}";
    invocation.reply = every_ascii();
    invocation.reply_type = "application/json";
    invocation.streamed = true;
    invocation.outcome = Outcome::function_error;
    invocation.error_type = "Runtime.ExitError";
    invocation.queued_us = 4'294'967'295;
    invocation.handler_us = 7;
    exchange.invocations = {invocation, {.function = "g", .outcome = Outcome::throttled}};
    exchange.total_us = 1234;
    exchange.redacted = {"request.headers.cookie"};
    exchange.missing = "a piece of the log";
    return exchange;
}

TEST(Recording, EveryFieldOfAnExchangeIsWrittenAsTheFormatSaysIt) {
    const Line line = read(line_of(full_exchange()));
    const v1::Exchange& exchange = line.exchange();
    EXPECT_EQ(exchange.id(), "id-1");
    EXPECT_EQ(exchange.started().seconds(), 1'700'000'000);
    EXPECT_EQ(exchange.started().nanos(), 42'000);
    EXPECT_EQ(exchange.front() + exchange.api() + exchange.stage(), "restshopprod");
    EXPECT_EQ(exchange.request().start_line(), "POST /a?b=c HTTP/1.1");
    EXPECT_THAT(exchange.request().headers(), testing::ElementsAre("Host: x", "X-b: \"1\"", "x-B: "));
    EXPECT_EQ(exchange.request().body().text(), "grüße");
    EXPECT_EQ(exchange.response().body().base64(), every_byte());
    EXPECT_THAT(exchange.response().trailers(), testing::ElementsAre("grpc-status: 0"));
    EXPECT_EQ(exchange.total_us(), 1234u);
    EXPECT_THAT(exchange.redacted(), testing::ElementsAre("request.headers.cookie"));
    EXPECT_EQ(exchange.missing(), "a piece of the log");
    EXPECT_EQ(exchange.invocations_size(), 2);
    EXPECT_EQ(exchange.invocations(1).outcome(), v1::Invocation::throttled);
}

TEST(Recording, EveryFieldOfAnInvocationIsWrittenAsTheFormatSaysIt) {
    const Line line = read(line_of(full_exchange()));
    const v1::Invocation& invocation = line.exchange().invocations(0);
    EXPECT_EQ(invocation.function() + invocation.request_id() + invocation.trace() + invocation.function_arn(),
              "frRoot=1arn");
    EXPECT_EQ(invocation.client_context() + invocation.identity() + invocation.tenant(), "{}{\"a\":1}blue");
    EXPECT_TRUE(invocation.authorizer());
    EXPECT_EQ(invocation.event().text(), "{\"k\":\"v\\n\"}");
    EXPECT_EQ(invocation.reply().base64(), every_ascii()) << "it has control characters";
    EXPECT_EQ(invocation.reply_type(), "application/json");
    EXPECT_TRUE(invocation.streamed());
    EXPECT_EQ(invocation.outcome(), v1::Invocation::function_error);
    EXPECT_EQ(invocation.error_type(), "Runtime.ExitError");
    EXPECT_EQ(invocation.queued_us(), 4'294'967'295u);
    EXPECT_EQ(invocation.handler_us(), 7u);
}

TEST(Recording, ASessionIsWrittenAsTheFormatSaysIt) {
    Session session{.program = "understudy 1", .started = std::chrono::microseconds(1'000'000), .seed = 1ull << 63};
    session.template_sha256 = "ab";
    session.functions = {{"f", "cd", {{"A", "1"}, {"B \"", "2\n"}}, "h", 3000, 128, "/srv/f"}, {.name = "g"}};
    session.apis = {{"a", "rest", "Shop", {"prod", "test"}, {"*/*"}, true, true}, {.id = "b", .kind = "url"}};
    const Line line = read(line_of(session));
    EXPECT_EQ(line.session().format(), 1u);
    EXPECT_EQ(line.session().program(), "understudy 1");
    EXPECT_EQ(line.session().started().seconds(), 1);
    EXPECT_EQ(line.session().seed(), 1ull << 63);
    EXPECT_EQ(line.session().template_sha256(), "ab");
    ASSERT_EQ(line.session().functions_size(), 2);
    const v1::Function& function = line.session().functions(0);
    EXPECT_EQ(function.name() + function.code_sha256() + function.handler(), "fcdh");
    EXPECT_EQ(function.environment().at("B \""), "2\n");
    EXPECT_EQ(function.timeout_ms(), 3000u);
    EXPECT_EQ(function.memory_mb(), 128u);
    EXPECT_EQ(function.directory(), "/srv/f");
    ASSERT_EQ(line.session().apis_size(), 2);
    const v1::Api& api = line.session().apis(0);
    EXPECT_EQ(api.id() + api.kind() + api.name(), "arestShop");
    EXPECT_THAT(api.stages(), testing::ElementsAre("prod", "test"));
    EXPECT_THAT(api.binary_media_types(), testing::ElementsAre("*/*"));
    EXPECT_TRUE(api.streams());
    EXPECT_TRUE(api.multi_value_headers());
}

TEST(Recording, ASeedOfZeroIsThere) {
    EXPECT_TRUE(read(line_of(Session{.seed = 0})).session().has_seed());
    EXPECT_FALSE(read(line_of(Session{})).session().has_seed());
}

TEST(Recording, WhatHasItsDefaultIsLeftOut) {
    EXPECT_EQ(line_of(Exchange{.id = "a"}), "{\"exchange\":{\"id\":\"a\"}}\n");
    EXPECT_EQ(line_of(Exchange{.request = HttpMessage{}, .invocations = {{}}}),
              "{\"exchange\":{\"request\":{},\"invocations\":[{}]}}\n");
    EXPECT_EQ(line_of(Session{}), "{\"session\":{\"format\":1}}\n");
}

TEST(Recording, TimesKeepTheirMicroseconds) {
    const Exchange exchange{.started = std::chrono::microseconds(951'782'400'000'000 - 1)};
    EXPECT_EQ(line_of(exchange), "{\"exchange\":{\"started\":\"2000-02-28T23:59:59.999999Z\"}}\n");
}

TEST(Recording, AHeaderThatIsNotUtf8IsMadeReadable) {
    const Line line =
        read(line_of(Exchange{.request = HttpMessage{"GET /\xff HTTP/1.1", {{"a", "\xe4\xc3\xa4"}}, ""}}));
    EXPECT_EQ(line.exchange().request().start_line(), "GET /\xEF\xBF\xBD HTTP/1.1");
    EXPECT_EQ(line.exchange().request().headers(0), "a: \xEF\xBF\xBD\xc3\xa4");
}

TEST(Recording, ABodyOfAnyLengthWithAnyByteAnywhereComesBack) {
    for (std::size_t length = 1; length < 20; ++length) {
        for (const char* part :
             {"\"", "\\", "\x01", "\x1f", "\n", "\t", "\x7f", "\xc3\xa4", "\xf0\x9f\x98\x80", "\xff", "!", "#"}) {
            for (std::size_t at = 0; at < length; ++at) {
                Exchange exchange{.request = HttpMessage{}};
                exchange.request->body = std::string(length, 'x').replace(at, 1, part);
                const Line line = read(line_of(exchange));
                const auto& body = line.exchange().request().body();
                ASSERT_EQ(body.has_text() ? body.text() : body.base64(), exchange.request->body);
                const std::string_view bytes = part;
                ASSERT_EQ(body.has_base64(), bytes == "\xff" || bytes == "\x01" || bytes == "\x1f");
            }
        }
    }
}

TEST(Recording, AnEventThatAFrontMadeIsWrittenAsTheJsonItIs) {
    Exchange exchange{.invocations = {{.event = R"({"a": 1.0, "b":"\"\u00e9"})", .event_is_json = true}}};
    EXPECT_THAT(line_of(exchange), HasSubstr(R"("event":{"json":{"a": 1.0, "b":"\"\u00e9"}})"));
    EXPECT_EQ(
        read(line_of(exchange)).exchange().invocations(0).event().json().struct_value().fields().at("a").number_value(),
        1.0);
    exchange.invocations[0].event = "{\n}";
    EXPECT_EQ(read(line_of(exchange)).exchange().invocations(0).event().text(), "{\n}");
}

TEST(Recording, ALongBodyComesBack) {
    std::string text;
    while (text.size() < 100'000) text += "\"\n \xe2\x82\xac x" + std::string(text.size() % 13, 'y');
    Exchange exchange{.request = HttpMessage{}, .response = HttpMessage{}};
    exchange.request->body = text;
    exchange.response->body = text + '\xff' + text;
    const Line line = read(line_of(exchange));
    EXPECT_EQ(line.exchange().request().body().text(), exchange.request->body);
    EXPECT_EQ(line.exchange().response().body().base64(), exchange.response->body);
}

}  // namespace
}  // namespace understudy::record
