#include "tools/replay/promote.hpp"

#include "emulator/http/base64.hpp"
#include "proto/wire/call_writing.hpp"
#include "proto/wire/message.hpp"
#include "tools/scenario/load.hpp"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

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
    return to_scenario(
        {std::make_shared<const Selected>(Selected{{std::move(exchange), std::move(session), "t.jsonl", 7}, 1})},
        rules);
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
                  "  binary_media_types: [application/proto]  # a guess: the recording does not say what the API has\n"
                  "steps:\n"
                  "  - method: shop.Shop/Order\n"
                  "    headers:\n"
                  "      X-Tenant: \"a b\"\n"
                  "      User-Agent: curl\n"
                  "    # Authorization was redacted\n"
                  "    # Accept is sent, and was not there\n"
                  "    request: { text: \"costs $${price}\", items: [{ name: a, size: LARGE }] }\n"
                  "    expect:\n"
                  "      headers:\n"
                  "        Content-Type: application/proto\n"
                  "      response: { int64: \"9007199254740993\", text: $any }\n");
    EXPECT_EQ(load_problems(text), "");
}

/// A call of the shop as the clients of a dialect send it, and its answer.
record::Exchange make_call(const PromoteRules& rules, wire::Dialect dialect, wire::Compression compression,
                           const wire::Status& status) {
    const auto message =
        rules.descriptors->make_message(*rules.descriptors->find_method("shop.Shop/Order")->input_type());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString("text: 'a' int64: 7", message.get()));
    std::string bytes;
    EXPECT_TRUE(wire::encode(*message, dialect.codec, bytes).ok());
    const wire::Call call{.dialect = dialect,
                          .method = "shop.Shop/Order",
                          .metadata = {{"User-Agent", "a client/1.0"}, {"X-Tenant", "blue"}},
                          .compression = compression,
                          .accepts = compression,
                          .message = bytes};
    const auto request = wire::to_http_request(call);
    const auto reply =
        wire::to_http_reply(call, {.status = status, .message = status.ok() ? bytes : "", .compression = compression});
    record::Exchange exchange{.id = "id-1", .front = "http"};
    exchange.request = record::HttpMessage{request.method + ' ' + request.target + " HTTP/1.1", {}, request.body};
    exchange.response = record::HttpMessage{"HTTP/1.1 " + std::to_string(reply.status) + " Whatever", {}, reply.body};
    for (const auto& [name, value] : request.headers) exchange.request->headers.add(name, value);
    for (const auto& [name, value] : reply.headers) exchange.response->headers.add(name, value);
    return exchange;
}

TEST(Promote, EveryProtocolBecomesAStepWithAMethod) {
    const auto rules = with_shop();
    for (const auto dialect : wire::kDialects) {
        if (dialect.protocol == wire::Protocol::grpc) continue;  // No front door carries it.
        for (const auto compression : {wire::Compression::identity, wire::Compression::gzip}) {
            const auto text = promote_one(make_call(rules, dialect, compression, {}), rules);
            const auto name = std::string(wire::to_name(dialect));
            EXPECT_NE(text.find("  - method: shop.Shop/Order\n"), std::string::npos) << text;
            EXPECT_EQ(text.find("    protocol: " + name + '\n') != std::string::npos, name != "plain") << text;
            EXPECT_EQ(text.find("    compression: gzip\n") != std::string::npos, compression == wire::Compression::gzip)
                << text;
            EXPECT_NE(text.find("      User-Agent: \"a client/1.0\"\n"), std::string::npos) << text;
            EXPECT_NE(text.find("    request: { int64: \"7\", text: a }\n"), std::string::npos) << text;
            EXPECT_NE(text.find("      response: { int64: \"7\", text: a }\n"), std::string::npos) << text;
            EXPECT_EQ(load_problems(text), "");
            const auto refused =
                promote_one(make_call(rules, dialect, compression, {wire::Code::not_found, "no such order"}), rules);
            EXPECT_NE(refused.find("      code: not_found\n"), std::string::npos) << refused;
            EXPECT_NE(refused.find("      message: \"no such order\"\n"), std::string::npos) << refused;
            EXPECT_EQ(load_problems(refused), "");
        }
    }
}

TEST(Promote, WhatAStepWithAMethodCannotSendSaysWhy) {
    const auto rules = with_shop();
    const auto why = [&](record::Exchange exchange) {
        const auto text = promote_one(std::move(exchange), rules);
        EXPECT_NE(text.find("  - http: {"), std::string::npos) << text;
        EXPECT_EQ(load_problems(text), "");
        const std::string begin = "  # As http, because no step with a method fits: ";
        const auto at = text.find(begin);
        if (at == std::string::npos) return text;
        return text.substr(at + begin.size(), text.find('\n', at) - at - begin.size());
    };
    const wire::Dialect connect{wire::Protocol::connect, wire::Codec::proto};
    auto staged = make_call(rules, connect, {}, {});
    staged.request->start_line.replace(staged.request->start_line.find('/'), 1, "/prod/");
    EXPECT_EQ(why(staged), "its path is another one than the method's");
    auto packed = make_call(rules, connect, wire::Compression::gzip, {});
    packed.request = make_call(rules, connect, wire::Compression::identity, {}).request;
    EXPECT_NE(why(packed).find("its reply is none of the protocol: "), std::string::npos);
    auto foreign = make_call(rules, connect, {}, {});
    foreign.request->body = "\x08\xff";
    EXPECT_EQ(why(foreign), "what it carries is no shop.Everything of the schema alone");
}

TEST(Promote, OneOfSeveralApisIsAskedAtTheRootAndNamed) {
    const auto rules = with_shop();
    const wire::Dialect connect{wire::Protocol::connect, wire::Codec::proto};
    auto session = std::make_shared<record::Session>();
    session->apis = {{.id = "a1", .kind = "rest", .name = "Orders", .stages = {"prod"}, .binary_media_types = {"*/*"}},
                     {.id = "b2", .kind = "http", .name = "Things"}};
    const auto promoted = [&](const std::string& prefix, const std::string& host) {
        auto exchange = make_call(rules, connect, {}, {});
        exchange.front = "rest";
        exchange.api = "a1";
        exchange.stage = "prod";
        exchange.request->headers.add("Host", host);
        exchange.request->start_line.insert(exchange.request->start_line.find('/'), prefix);
        return promote_one(std::move(exchange), rules, session);
    };
    const auto by_path = promoted("/_apis/a1/prod", "localhost:3000");
    EXPECT_NE(by_path.find("\n# Of the API Orders (rest), stage prod\n"), std::string::npos) << by_path;
    EXPECT_NE(by_path.find("name: \"POST /shop.Shop/Order, as recorded\"\n"), std::string::npos) << by_path;
    EXPECT_NE(by_path.find("  fronts: [rest]\n"), std::string::npos) << by_path;
    EXPECT_NE(by_path.find("  - method: shop.Shop/Order\n"), std::string::npos) << by_path;
    EXPECT_EQ(load_problems(by_path), "");
    EXPECT_EQ(promoted("/prod", "a1.execute-api.localhost:3000"), by_path);
    EXPECT_EQ(promoted("/_apis/Orders/prod", "127.0.0.1:3000"), by_path);
}

TEST(Promote, TheFrontIsSetUpAsTheRecordingSaysItWas) {
    const auto rules = with_shop();
    auto session = std::make_shared<record::Session>();
    session->apis = {{.id = "a1", .kind = "rest", .binary_media_types = {"*/*"}, .streams = true},
                     {.id = "b2", .kind = "alb", .multi_value_headers = true}};
    auto exchange = make_order("rest");
    exchange.api = "a1";
    EXPECT_NE(promote_one(exchange, rules, session).find("  fronts: [rest-stream]\n  binary_media_types: [\"*/*\"]\n"),
              std::string::npos);
    exchange.front = "alb";
    exchange.api = "b2";
    const auto balanced = promote_one(exchange, rules, session);
    EXPECT_NE(balanced.find("  fronts: [alb]\n  multi_value_headers: true\n"), std::string::npos) << balanced;
    EXPECT_EQ(load_problems(balanced), "");
}

/// Exchanges of a template with two APIs and of its functions, in the order of their ids.
std::vector<std::shared_ptr<const Selected>> of_several_fronts(const PromoteRules& rules) {
    auto session = std::make_shared<record::Session>();
    session->template_sha256 = "5a";
    session->functions = {{.name = "orders", .environment = {{"MODE", "a"}}}, {.name = "things"}};
    session->apis = {{.id = "a1", .kind = "rest", .name = "Orders", .stages = {"prod"}, .binary_media_types = {"*/*"}},
                     {.id = "b2", .kind = "http", .name = "Things", .stages = {"$default"}}};
    std::vector<std::shared_ptr<const Selected>> exchanges;
    const auto add = [&](const std::string& front, const std::string& api, const std::string& function) {
        auto exchange = make_call(rules, {wire::Protocol::connect, wire::Codec::proto}, {}, {});
        exchange.id = "id-" + std::to_string(exchanges.size());
        exchange.front = front;
        exchange.api = api;
        exchange.invocations.push_back({.function = function, .event = "{}", .reply = "1"});
        exchanges.push_back(std::make_shared<const Selected>(Selected{{exchange, session, "t.jsonl", 7}, 1}));
    };
    add("invoke", "", "orders");
    add("http", "b2", "things");
    add("rest", "a1", "orders");
    add("http", "b2", "things");
    add("rest", "a1", "things");
    return exchanges;
}

TEST(Promote, ExchangesOfSeveralFrontsAreAScenarioEach) {
    const auto rules = with_shop();
    const auto groups = to_groups(of_several_fronts(rules), rules);
    std::string told;
    for (const auto& group : groups) {
        told += to_group_name(group, rules) + ", " + to_group_text(group, rules) + ':';
        for (const auto& selected : group) told += ' ' + selected->exchange().id;
        told += '\n';
        EXPECT_EQ(load_problems(to_scenario(group, rules)), "");
    }
    EXPECT_EQ(told,
              "Orders-rest-orders, API Orders (rest), function orders: id-0 id-2\n"
              "Things-http-things, API Things (http), function things: id-1 id-3\n"
              "Orders-rest-things, API Orders (rest), function things: id-4\n");
    const auto orders = to_scenario(groups.at(0), rules);
    EXPECT_NE(orders.find("  environment:\n    MODE: \"a\"\n"), std::string::npos) << orders;
    EXPECT_NE(orders.find("  fronts: [rest]\n  binary_media_types: [\"*/*\"]\n"), std::string::npos) << orders;
    EXPECT_NE(orders.find("  - invoke: {}\n"), std::string::npos) << orders;
}

TEST(Promote, ATemplateIsWhatTheScenarioServes) {
    auto rules = with_shop();
    rules.template_file = "../template.yaml";
    const auto groups = to_groups(of_several_fronts(rules), rules);
    ASSERT_EQ(groups.size(), 2U);
    EXPECT_EQ(to_group_name(groups[0], rules), "Things-http");
    const auto text = to_scenario(groups[0], rules);
    EXPECT_NE(text.find("application:\n  template: \"../template.yaml\"\n  api: Things\nsteps:\n"
                        "  - invoke: { function: orders }\n"),
              std::string::npos)
        << text;
    EXPECT_EQ(to_group_text(groups[1], rules), "API Orders (rest)");
}

TEST(Promote, WhatAFrontDoorAnsweredByItselfSaysSo) {
    auto rules = with_shop();
    auto exchange = make_order("http");
    const std::string comment = "  # No function was asked: the front door answered by itself.";
    EXPECT_EQ(promote_one(exchange, rules).find(comment), std::string::npos) << "an archive knows of no function";
    exchange.api = "a1";
    EXPECT_NE(promote_one(exchange, rules).find(comment), std::string::npos);
    EXPECT_EQ(load_problems(promote_one(exchange, rules)), "");
    exchange.invocations.push_back({.function = "orders"});
    EXPECT_EQ(promote_one(exchange, rules).find(comment), std::string::npos);
    exchange.invocations.clear();
    rules.template_file = "t.yaml";
    EXPECT_EQ(promote_one(exchange, rules).find(comment), std::string::npos) << "a template has its routes";
}

TEST(Promote, ACallThatTheLambdaApiRefusedExpectsItsAnswer) {
    struct Row {
        std::string target, type, body, status, command, with_template;
    };
    for (const auto& [target, type, body, status, command, with_template] : {
             Row{"none/invocations", "", "{}", "404 Not Found", "function: none", "function: none"},
             Row{"f/invocations?Qualifier=live", "", "{}", "404 Not Found", "function: \"f:live\"",
                 "function: \"f:live\""},
             Row{"f/invocations", "", "no json", "400 Bad Request", "", "function: f"},
             Row{"f/invocations", "DryRun", "{}", "204 No Content", "type: dry_run", "function: f, type: dry_run"},
             Row{"f/invocations", "Odd", "{}", "400 Bad Request", "", "function: f"},
         }) {
        auto exchange = make_order("invoke");
        exchange.request = record::HttpMessage{
            "POST /2015-03-31/functions/" + target + " HTTP/1.1", {{"X-Amz-Invocation-Type", type}}, body};
        exchange.response =
            record::HttpMessage{"HTTP/1.1 " + status, {{"Content-Type", "application/json"}}, R"({"Message":"gone"})"};
        for (const auto& [file, call] : {std::pair(std::string(), command), {"t.yaml", with_template}}) {
            auto rules = with_shop();
            rules.template_file = file;
            const auto text = promote_one(exchange, rules);
            const auto braces = call.empty() ? "{}" : "{ " + call + " }";
            EXPECT_NE(text.find("  - invoke: " + braces + '\n'), std::string::npos) << text;
            EXPECT_NE(text.find("    expect:\n      http_status: " + status.substr(0, 3) +
                                "\n      response: { Message: gone }\n"),
                      std::string::npos)
                << text;
            EXPECT_EQ(text.find("headers: { X-Amz-Invocation-Type: Odd }") != std::string::npos, type == "Odd");
            if (file.empty()) {
                EXPECT_EQ(load_problems(text), "") << text;
            }
        }
    }
}

TEST(Promote, AThrottledCallIsThrottledAgain) {
    auto exchange = make_order("http");
    exchange.request->headers = {};
    exchange.response->start_line = "HTTP/1.1 503 Service Unavailable";
    exchange.invocations.push_back({.function = "orders", .outcome = record::Outcome::throttled});
    const auto text = promote_one(exchange, with_shop());
    EXPECT_NE(text.find("    fault: { kind: throttle }\n    expect:\n      http_status: 503\n"), std::string::npos)
        << text;
    EXPECT_EQ(load_problems(text), "");
    exchange.front = "invoke";
    exchange.request->start_line = "POST /2015-03-31/functions/orders/invocations HTTP/1.1";
    exchange.response->start_line = "HTTP/1.1 429 Too Many Requests";
    const auto invoked = promote_one(exchange, with_shop());
    EXPECT_NE(invoked.find("  - invoke: {}\n"), std::string::npos) << invoked;
    EXPECT_NE(invoked.find("    fault: { kind: throttle }\n    expect:\n      http_status: 429\n"), std::string::npos)
        << invoked;
}

TEST(Promote, HeadersThatAnotherServerWritesOtherwiseAreNotExpectedSo) {
    auto exchange = make_order("alb");
    exchange.response =
        record::HttpMessage{"HTTP/1.1 401 Unauthorized",
                            {{"Location", "http://localhost:3000/b"}, {"Www-Authenticate", "Bearer error=malformed"}},
                            ""};
    auto text = promote_one(exchange, {});
    EXPECT_NE(text.find("        Location: { $regex: \"(?s)^http://.*/b$\" }\n"), std::string::npos) << text;
    EXPECT_NE(text.find("# Www-Authenticate said what is wrong with the Authorization that was redacted\n"),
              std::string::npos)
        << text;
    EXPECT_EQ(load_problems(text), "");
    exchange.response->headers = {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Max-Age", "5"}};
    exchange.invocations.push_back({.function = "f", .reply = R"({"headers":{"access-control-max-age":"5"}})"});
    text = promote_one(exchange, {});
    EXPECT_NE(text.find("      headers:\n        Access-Control-Max-Age: \"5\"\n"
                        "      # Access-Control-Allow-Origin was added by the API\n"),
              std::string::npos)
        << text;
    PromoteRules rules;
    rules.template_file = "t.yaml";
    EXPECT_NE(promote_one(exchange, rules).find("Access-Control-Allow-Origin: \"*\""), std::string::npos)
        << "a template's API adds it again";
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

TEST(Promote, AnAnswerThatWasCutOffBecomesAnInvocationThatFails) {
    auto exchange = make_order("url");
    exchange.response->cut_off = true;
    auto& invocation = exchange.invocations.emplace_back();
    invocation.function = "orders";
    invocation.event = R"({"a":1})";
    invocation.reply = "first,";
    invocation.streamed = true;
    invocation.outcome = record::Outcome::function_error;
    invocation.error_type = "Oops";
    invocation.stream_error = R"({"errorType":"Told","errorMessage":"words"})";
    const auto text = promote_one(exchange, {});
    EXPECT_NE(text.find("# The answer was cut off"), std::string::npos) << text;
    EXPECT_NE(text.find("- invoke: {}"), std::string::npos) << text;
    EXPECT_NE(text.find("{ errorType: Told }"), std::string::npos) << text;
    EXPECT_EQ(load_problems(text), "");
}

TEST(Promote, AFurtherContentTypeIsTold) {
    auto exchange = make_order("rest");
    exchange.request->headers = {{"Content-Type", "text/plain"}, {"content-type", "text/html"}};
    exchange.response->headers = {{"Content-Type", "a/b"}, {"X-A", "1"}, {"x-a", "2"}};
    const auto text = promote_one(exchange, {});
    EXPECT_NE(text.find("content_type: text/plain"), std::string::npos) << text;
    EXPECT_NE(text.find("# content-type had a further line, which a step cannot send: text/html"), std::string::npos)
        << text;
    EXPECT_NE(text.find("# x-a had a further line, which is not expected: \"2\""), std::string::npos) << text;
    EXPECT_EQ(load_problems(text), "");
}

TEST(Promote, AnEventOfNobodyIsCalledByItsFile) {
    record::Exchange exchange;
    exchange.id = "events/order.json";
    auto& invocation = exchange.invocations.emplace_back();
    invocation.event = R"({"a":1})";
    invocation.outcome = record::Outcome::unknown;
    EXPECT_EQ(to_subject(exchange).text(), "invoke");
    const auto text =
        to_scenario({std::make_shared<const Selected>(Selected{{exchange, nullptr, "events/order.json", 0}, 1})}, {});
    EXPECT_NE(text.find("\nname: \"the event of order.json\"\n"), std::string::npos) << text;
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
}  // namespace understudy::replay
