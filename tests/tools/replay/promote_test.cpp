#include "tools/replay/promote.hpp"

#include "emulator/http/base64.hpp"
#include "tools/scenario/load.hpp"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

namespace understudy::replay {
namespace {

const std::string kSchemas = UNDERSTUDY_SOURCE_DIR "/tests/tools/scenario/schemas";

PromoteRules with_shop() {
    PromoteRules rules;
    rules.schema = {{"shop/shop.proto"}, {kSchemas}, {}};
    rules.descriptors =
        std::get<std::shared_ptr<const scenario::Descriptors>>(scenario::read_descriptors(rules.schema));
    rules.command = {"/bin/true"};
    return rules;
}

std::string to_order(const PromoteRules& rules, const std::string& text) {
    const auto message =
        rules.descriptors->make_message(*rules.descriptors->find_method("shop.Shop/Order")->input_type());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, message.get()));
    return message->SerializeAsString();
}

record::Exchange make_order(const std::string& front) {
    record::Exchange exchange;
    exchange.id = "id-1";
    exchange.started = std::chrono::microseconds(1'767'607'200'125'000);
    exchange.front = front;
    exchange.request = record::HttpMessage{"POST /shop.Shop/Order HTTP/1.1",
                                           {{"Host", "localhost:3000"},
                                            {"Content-Type", "application/proto"},
                                            {"Authorization", "[redacted]"},
                                            {"X-Tenant", "a b"},
                                            {"User-Agent", "curl"}},
                                           ""};
    exchange.response =
        record::HttpMessage{"HTTP/1.1 200 OK", {{"Date", "today"}, {"Content-Type", "application/proto"}}, ""};
    exchange.redacted = {"request.headers.authorization"};
    return exchange;
}

std::string promote_one(record::Exchange exchange, const PromoteRules& rules,
                        std::shared_ptr<const record::Session> session = nullptr) {
    const std::vector exchanges{
        std::make_shared<const Selected>(Selected{{std::move(exchange), std::move(session), "t.jsonl", 7}, 1})};
    return to_scenario(exchanges, rules);
}

/// The scenario, if it can be loaded; else what is wrong with it.
std::string load_problems(const std::string& text) {
    scenario::DescriptorCache schemas;
    scenario::Loaded loaded;
    scenario::load_scenario(text, "/tmp/promoted.yaml", {}, schemas, loaded);
    std::string problems;
    for (const auto& problem : loaded.problems) problems += to_string(problem.problem) + '\n';
    return problems;
}

TEST(Promote, ACallOfTheSchemaIsWrittenWithItsMessages) {
    const auto rules = with_shop();
    auto exchange = make_order("rest");
    exchange.request->body = to_order(rules, "text: 'costs ${price}' items { name: 'a' size: LARGE }");
    exchange.response->body = to_order(rules, "int64: 9007199254740993 text: '[redacted]'");
    const auto text = promote_one(exchange, rules);
    EXPECT_EQ(text,
              "# From t.jsonl:7, exchange id-1, recorded 2026-01-05T10:00:00.125Z\n"
              "# Redacted: request.headers.authorization\n"
              "name: \"POST /shop.Shop/Order, as recorded\"\n"
              "schema:\n"
              "  proto_files: [shop/shop.proto]\n"
              "  import_paths: [" +
                  kSchemas +
                  "]\n"
                  "application:\n"
                  "  command: [/bin/true]\n"
                  "  fronts: [rest]\n"
                  "  binary_media_types: [application/proto]\n"
                  "steps:\n"
                  "  - method: shop.Shop/Order\n"
                  "    headers:\n"
                  "      X-Tenant: \"a b\"\n"
                  "    # Authorization was redacted\n"
                  "    request: { text: \"costs $${price}\", items: [{ name: a, size: LARGE }] }\n"
                  "    expect:\n"
                  "      headers:\n"
                  "        Content-Type: application/proto\n"
                  "      response: { int64: \"9007199254740993\", text: $any }\n");
    EXPECT_EQ(load_problems(text), "");
}

TEST(Promote, ARefusedCallExpectsItsCode) {
    const auto rules = with_shop();
    auto exchange = make_order("http");
    exchange.response->start_line = "HTTP/1.1 404 Not Found";
    exchange.response->headers = {{"Content-Type", "application/json"}};
    exchange.response->body = R"({"code":"not_found","message":"no such order"})";
    const auto text = promote_one(exchange, rules);
    EXPECT_NE(text.find("      code: not_found\n      http_status: 404\n      message: \"no such order\"\n"),
              std::string::npos)
        << text;
    EXPECT_EQ(load_problems(text), "");
}

TEST(Promote, OtherRequestsAreWrittenAsHttp) {
    PromoteRules rules = with_shop();
    auto exchange = make_order("url");
    exchange.request->start_line = "PUT /things/7?a=b%20c HTTP/1.1";
    exchange.request->body = std::string("\0\xff", 2) + std::string(40, 'x');
    exchange.response->start_line = "HTTP/1.1 201 Created";
    exchange.response->headers = {{"Content-Type", "application/json"}, {"Set-Cookie", "[redacted]"}};
    exchange.response->body = R"({"$ref":1.50,"on":[{"a":null}],"token":"[redacted]"})";
    const auto text = promote_one(exchange, rules);
    EXPECT_NE(text.find("  - http: { method: PUT, target: \"/things/7?a=b%20c\" }\n"
                        "    content_type: application/proto\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("    request_hex: |\n      00ff7878"), std::string::npos) << text;
    EXPECT_NE(text.find("      http_status: 201\n      headers:\n        Content-Type: application/json\n"
                        "        Set-Cookie: $any\n"
                        "      response: { \"$$ref\": 1.50, \"on\": [{ a: null }], token: $any }\n"),
              std::string::npos)
        << text;
    EXPECT_EQ(load_problems(text), "");
}

TEST(Promote, BytesThatAreNoTextStandInNoScenario) {
    PromoteRules rules = with_shop();
    auto exchange = make_order("http");
    exchange.id = "two\nlines";
    exchange.request->start_line = "GET /a\xff HTTP/1.1";
    exchange.request->headers.add("X-Raw", "\xe4");
    exchange.response->headers.add("X-Raw", "\xe4");
    const auto text = promote_one(exchange, rules);
    EXPECT_NE(text.find("target: \"/a%ff\""), std::string::npos) << text;
    EXPECT_NE(text.find("    # X-Raw holds bytes that are no text\n"), std::string::npos) << text;
    EXPECT_EQ(load_problems(text), "");
}

TEST(Promote, FurtherLinesOfAHeaderAreTold) {
    PromoteRules rules = with_shop();
    auto exchange = make_order("http");
    exchange.request->headers.add("X-A", "1");
    exchange.request->headers.add("x-a", "2: 3");
    const auto text = promote_one(exchange, rules);
    EXPECT_NE(text.find("    # x-a had a further line, which a step cannot send: \"2: 3\"\n"), std::string::npos)
        << text;
    EXPECT_EQ(load_problems(text), "");
}

TEST(Promote, AnEventAloneIsAnInvocation) {
    record::Exchange exchange;
    exchange.front = "runtime";
    exchange.invocations.emplace_back();
    auto& invocation = exchange.invocations.back();
    invocation.function = "orders";
    invocation.event = R"({"Records":[{"body":")" + std::string(120, 'x') + R"("},{"body":"y"}]})";
    invocation.reply = "null";
    auto session = std::make_shared<record::Session>();
    session->program = "understudy-recorder 0.1.0";
    session->functions = {{.name = "orders",
                           .environment = {{"MODE", "on"}, {"API_KEY", "[redacted]"}},
                           .handler = "app.handler",
                           .timeout_ms = 2500,
                           .memory_mb = 256}};
    PromoteRules rules;
    const auto text = promote_one(exchange, rules, session);
    EXPECT_NE(text.find("application:\n"
                        "  command: [./bootstrap]  # the handler's program, from this file's folder on\n"
                        "  environment:\n    MODE: \"on\"\n    # API_KEY was redacted\n"
                        "  timeout: 2.5s\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("  - invoke: {}\n    request:\n      Records:\n        - body: xxx"), std::string::npos)
        << text;
    EXPECT_EQ(load_problems(text), "");
    invocation.outcome = record::Outcome::function_error;
    invocation.reply = R"({"errorType":"Runtime.ExitError","errorMessage":"RequestId: 1"})";
    const auto failing = promote_one(exchange, rules, session);
    EXPECT_NE(failing.find("      function_error: Unhandled\n      match: partial\n"
                           "      response: { errorType: Runtime.ExitError }\n"),
              std::string::npos)
        << failing;
    EXPECT_EQ(load_problems(failing), "");
}

}  // namespace
}  // namespace understudy::replay
