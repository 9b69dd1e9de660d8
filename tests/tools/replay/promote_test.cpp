#include "tools/replay/promote.hpp"

#include "proto/wire/call_writing.hpp"
#include "proto/wire/message.hpp"
#include "tests/tools/replay/promoted.hpp"
#include "tools/scenario/load.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <utility>

namespace understudy::replay::promote_test {
namespace {

std::string to_order(const PromoteRules& rules, const std::string& text) {
    const auto message =
        rules.descriptors->make_message(*rules.descriptors->find_method("shop.Shop/Order")->input_type());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, message.get()));
    return message->SerializeAsString();
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

TEST(Promote, AReplyThatIsNoneOfTheSchemaIsExpectedAsItCame) {
    const auto rules = with_shop();
    const auto dialect = wire::Dialect{wire::Protocol::connect, wire::Codec::json};
    for (const std::string body : {"", "{text:1}", R"({"text":"a","unknown":1})"}) {
        auto call = make_call(rules, dialect, wire::Compression::identity, {});
        call.response->body = body;
        const auto text = promote_one(call, rules);
        EXPECT_EQ(text.find("method: shop.Shop/Order"), std::string::npos) << text;
        EXPECT_EQ(load_problems(text), "") << text;
    }
}

TEST(Promote, AnAnyThatTheSchemaDoesNotKnowIsSentAndExpectedAsItCame) {
    const auto rules = with_shop();
    const auto method = rules.descriptors->find_method("shop.Shop/Order");
    const wire::Dialect binary{wire::Protocol::connect, wire::Codec::proto};
    const auto bytes = [&](const char* any) {
        const auto message = rules.descriptors->make_message(*method->output_type());
        EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(any, message.get())) << any;
        return message->SerializeAsString();
    };
    for (const char* any : {"any { type_url: 't/x.Y' }", "any { type_url: 't/x.Y' value: '\\010\\001' }",
                            "any { type_url: 't/shop.Item' value: '\\370\\006\\005' }"}) {
        auto reply = make_call(rules, binary, wire::Compression::identity, {});
        reply.response->body = bytes(any);
        auto request = make_call(rules, binary, wire::Compression::identity, {});
        request.request->body = bytes(any);
        for (const auto& call : {reply, request}) {
            const auto text = promote_one(call, rules);
            EXPECT_THAT(text, testing::HasSubstr("# As http, because no step with a method fits: ")) << text;
            EXPECT_EQ(load_problems(text), "") << text;
        }
    }
    auto json = make_call(rules, {wire::Protocol::connect, wire::Codec::json}, wire::Compression::identity, {});
    json.response->body = R"({"any":{"@type":"type.googleapis.com/x.Y","a":1}})";
    const auto text = promote_one(json, rules);
    EXPECT_THAT(text, testing::HasSubstr(R"(response: { any: { "@type": type.googleapis.com/x.Y, a: 1 } })"));
    EXPECT_EQ(load_problems(text), "") << text;
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

TEST(Promote, AnAddressOfTheServerInAnAnswerMayBeAnyOther) {
    auto exchange = make_order("http");
    exchange.request->start_line = "GET /things HTTP/1.1";
    exchange.request->headers = {{"Host", "localhost:3000"}};
    exchange.response->headers = {{"Content-Type", "application/json"},
                                  {"Link", "<http://localhost:3000/a>; rel=next, <http://localhost:3000/b>; rel=last"}};
    const std::string body = R"({"next":"http://localhost:3000/next","host":"localhost:3000","db":"localhost:30001"})";
    exchange.response->body = body;
    const std::string values =
        "      response:\n        next: { $regex: \"(?s)^http://.*/next$\" }\n"
        "        host: $any\n        db: \"localhost:30001\"\n";
    auto text = promote_one(exchange, {});
    EXPECT_NE(text.find(values), std::string::npos) << text;
    EXPECT_NE(text.find("Link: { $regex: \"(?s)^<http://.*/a>; rel=next, <http://.*/b>; rel=last$\" }\n"),
              std::string::npos)
        << text;
    EXPECT_EQ(load_problems(text), "");
    exchange.response->headers = {{"Content-Type", "text/plain"}};
    EXPECT_NE(promote_one(exchange, {}).find(values), std::string::npos) << "JSON by another name";
    exchange.response->body = "go to http://localhost:3000.";
    text = promote_one(exchange, {});
    EXPECT_NE(text.find("      body: { $regex: \"(?s)^go to http://.*\\\\.$\" }\n"), std::string::npos) << text;
    EXPECT_EQ(load_problems(text), "");
}

TEST(Promote, AMessageThatNamesTheServerMayNameAnyOther) {
    const auto rules = with_shop();
    auto exchange = make_order("http");
    exchange.response->start_line = "HTTP/1.1 404 Not Found";
    exchange.response->headers = {{"Content-Type", "application/json"}};
    exchange.response->body = R"({"code":"not_found","message":"see http://localhost:3000/help"})";
    EXPECT_NE(promote_one(exchange, rules).find("      message: { $regex: \"(?s)^see http://.*/help$\" }\n"),
              std::string::npos);
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

}  // namespace
}  // namespace understudy::replay::promote_test
