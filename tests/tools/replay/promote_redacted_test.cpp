#include "emulator/http/base64.hpp"
#include "proto/wire/call_writing.hpp"
#include "proto/wire/message.hpp"
#include "tests/tools/replay/promoted.hpp"
#include "tools/replay/promote.hpp"
#include "tools/scenario/load.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

namespace understudy::replay::promote_test {
namespace {

/// A promoted scenario of one step, which has to load. What it expects lives as long as it does.
scenario::Scenario load_promoted(const std::string& text) {
    scenario::DescriptorCache schemas;
    scenario::Loaded loaded;
    scenario::load_scenario(text, "/tmp/promoted.yaml", {}, schemas, loaded);
    EXPECT_TRUE(loaded.problems.empty()) << text << load_problems(text);
    if (loaded.scenarios.size() != 1) throw std::logic_error("one scenario is expected");
    return std::move(loaded.scenarios[0]);
}

TEST(Promote, APartThatIsRedactedMayBeAnything) {
    PromoteRules rules = with_shop();
    auto exchange = make_order("http");
    exchange.response->headers = {{"Content-Type", "text/plain"},
                                  {"Location", "https://x/${y}?X-Amz-Signature=[redacted]&q=1"}};
    exchange.response->body = R"({"password":"[redacted]","at":"id=[redacted] [a.b]"})";
    const auto json_scenario = load_promoted(promote_one(exchange, rules));
    const auto& as_json = json_scenario.steps.at(0).expect;
    ASSERT_EQ(as_json.headers.size(), 2U);
    const auto& location = as_json.headers[1].value.value;
    EXPECT_TRUE(location.compare_text("https://x/${y}?X-Amz-Signature=0a%2F&q=1").differences.empty());
    EXPECT_FALSE(location.compare_text("https://x/${y}?X-Amz-Signature=0a%2F&q=2").differences.empty());
    ASSERT_TRUE(as_json.response);
    const auto differs = [&](const std::string& body) {
        const auto compared = as_json.response->value.expectation.compare_json(body);
        return !compared || !compared->differences.empty();
    };
    EXPECT_FALSE(differs(R"({ "at": "id=7 [a.b]", "password": 1234 })"));
    EXPECT_TRUE(differs(R"({ "at": "id=7 [a.c]", "password": 1234 })"));
    exchange.response->body = "card=[redacted]&note=a+b\n";
    const auto text_scenario = load_promoted(promote_one(exchange, rules));
    const auto& as_text = text_scenario.steps.at(0).expect;
    ASSERT_TRUE(as_text.body);
    EXPECT_TRUE(as_text.body->value.compare_text("card=1\n2&note=a+b\n").differences.empty());
    EXPECT_FALSE(as_text.body->value.compare_text("card=12&note=aab\n").differences.empty());
    exchange.response->body = std::string("\x0a\x0a[redacted]\xff", 13);
    EXPECT_NE(promote_one(exchange, rules).find("bytes that are redacted, and is not compared"), std::string::npos);
}

TEST(Promote, ARedactedPartOfAFunctionsReplyMayBeAnything) {
    record::Exchange exchange{.id = "id-1", .front = "runtime"};
    auto& invocation = exchange.invocations.emplace_back();
    invocation.event = "{}";
    invocation.reply = R"({"statusCode":200,"body":"{\"password\":\"[redacted]\",\"a\":[1]}","packed":")" +
                       http::to_base64(R"({"pin":"[redacted]"})") + "\"}";
    const auto text = promote_one(exchange, {});
    const auto scenario = load_promoted(text);
    const auto& expected = scenario.steps.at(0).expect;
    ASSERT_TRUE(expected.response) << text;
    const auto same = expected.response->value.expectation.compare_json(
        R"({"statusCode":200,"body":"{\"password\":77,\"a\":[1]}","packed":"e30="})");
    EXPECT_TRUE(same && same->differences.empty()) << text;
    const auto other = expected.response->value.expectation.compare_json(
        R"({"statusCode":200,"body":"{\"password\":77,\"a\":[2]}","packed":"e30="})");
    EXPECT_TRUE(other && !other->differences.empty()) << text;
    invocation.reply = "token [redacted].";
    EXPECT_TRUE(load_promoted(promote_one(exchange, {})).steps.at(0).expect.body);
}

TEST(Promote, APartOfATrailerThatIsRedactedMayBeAnything) {
    const auto rules = with_shop();
    const wire::Call call{.dialect = {wire::Protocol::grpc_web, wire::Codec::proto}};
    auto exchange = make_call(rules, call.dialect, {}, {});
    exchange.response->body = wire::to_http_reply(call, {.trailers = {{"X-Cost", "id=[redacted]; 7"}}}).body;
    const auto text = promote_one(exchange, rules);
    const auto scenario = load_promoted(text);
    const auto& trailers = scenario.steps.at(0).expect.trailers;
    ASSERT_EQ(trailers.size(), 1U) << text;
    EXPECT_TRUE(trailers[0].value.value.compare_text("id=a1; 7").equal());
    EXPECT_FALSE(trailers[0].value.value.compare_text("id=a1; 8").equal());
}

TEST(Promote, APartOfAMessageThatIsRedactedMayBeAnything) {
    const auto rules = with_shop();
    const wire::Dialect connect{wire::Protocol::connect, wire::Codec::proto};
    const auto text = promote_one(make_call(rules, connect, {}, {wire::Code::not_found, "no [redacted] here."}), rules);
    const auto scenario = load_promoted(text);
    const auto& message = scenario.steps.at(0).expect.message;
    ASSERT_TRUE(message) << text;
    EXPECT_TRUE(message->value.compare_text("no order here.").equal());
    EXPECT_FALSE(message->value.compare_text("no order there.").equal());
    const auto whole = promote_one(make_call(rules, connect, {}, {wire::Code::not_found, "[redacted]"}), rules);
    EXPECT_EQ(whole.find("      message:"), std::string::npos) << whole;
}

TEST(Promote, APartOfAnErrorTypeThatIsRedactedMayBeAnything) {
    record::Exchange exchange{.id = "id-1", .front = "runtime"};
    exchange.invocations.push_back({.event = "{}",
                                    .reply = R"({"errorType":"Of.[redacted].Error","errorMessage":"x"})",
                                    .outcome = record::Outcome::function_error});
    const auto text = promote_one(exchange, {});
    const auto scenario = load_promoted(text);
    const auto& expect = scenario.steps.at(0).expect;
    ASSERT_TRUE(expect.response) << text;
    const auto is_met = [&](const std::string& type) {
        const auto compared =
            expect.response->value.expectation.compare_json(R"({"errorMessage":"y","errorType":")" + type + "\"}");
        return compared && compared->equal();
    };
    EXPECT_TRUE(is_met("Of.a1.Error"));
    EXPECT_FALSE(is_met("Of.a1.Warning"));
}

TEST(Promote, OfMoreThanTenThousandBytesWhatIsRedactedInPartIsNotCompared) {
    auto exchange = make_order("http");
    exchange.response->headers = {{"Content-Type", "text/plain"}};
    const std::string redacted = "[redacted]";
    exchange.response->body = std::string(10'000 - redacted.size(), 'x') + redacted;
    const auto longest = promote_one(exchange, with_shop());
    EXPECT_NE(longest.find("      body: { $regex: \"(?s)^xxx"), std::string::npos) << longest;
    EXPECT_TRUE(load_promoted(longest).steps.at(0).expect.body);
    exchange.response->body += 'x';
    const auto longer = promote_one(exchange, with_shop());
    EXPECT_NE(longer.find("      body: $any\n"), std::string::npos) << longer.substr(0, 2000);
    EXPECT_EQ(load_problems(longer), "");
}

/// The scenario of an exchange that stands alone in its file, as events do and those of archives.
std::string promote_foreign(record::Exchange exchange, const std::string& file) {
    return to_scenario({std::make_shared<const Selected>(Selected{{std::move(exchange), nullptr, file, 0}, 1})}, {});
}

TEST(Promote, OfAnEventWithoutAReplyNothingIsInvented) {
    record::Exchange exchange{.id = "d.json", .front = "http"};
    exchange.invocations.push_back({.event = "{\"a\":1}", .outcome = record::Outcome::unknown});
    const auto text = promote_foreign(std::move(exchange), "d.json");
    EXPECT_EQ(text.substr(0, text.find('\n')), "# From d.json");
    EXPECT_EQ(text.find("function_error"), std::string::npos) << text;
    EXPECT_EQ(text.find("    expect:"), std::string::npos) << text;
    EXPECT_NE(text.find("# No reply was recorded"), std::string::npos) << text;
    EXPECT_EQ(load_problems(text), "");
}

TEST(Promote, ABrowsersCredentialsStandInNoScenario) {
    auto exchange = make_order("http");
    exchange.request->headers = {{"Authorization", "Bearer abc123"}, {"Cookie", "sid=abc123"}};
    exchange.request->start_line = "GET /things?X-Amz-Signature=abc123&a=b HTTP/1.1";
    exchange.response->headers = {{"Content-Type", "text/plain"}, {"Set-Cookie", "sid=abc123"}};
    exchange.redacted.clear();
    const auto text = promote_foreign(std::move(exchange), "a.har");
    EXPECT_EQ(text.find("abc123"), std::string::npos) << text;
    EXPECT_NE(text.find("    # Authorization was redacted\n    # Cookie was redacted\n"), std::string::npos) << text;
    EXPECT_EQ(load_problems(text), "");
}

}  // namespace
}  // namespace understudy::replay::promote_test
