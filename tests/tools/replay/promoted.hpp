#pragma once

#include "proto/wire/call_writing.hpp"
#include "proto/wire/message.hpp"
#include "tools/replay/promote.hpp"
#include "tools/scenario/load.hpp"

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <utility>

namespace understudy::replay::promote_test {

inline const std::string kSchemas = UNDERSTUDY_SOURCE_DIR "/tests/tools/scenario/schemas";

inline PromoteRules with_shop() {
    PromoteRules rules;
    rules.schema = {{"shop/shop.proto"}, {kSchemas}, {}};
    rules.descriptors =
        std::get<std::shared_ptr<const scenario::Descriptors>>(scenario::read_descriptors(rules.schema));
    rules.command = {"/bin/true"};
    return rules;
}

inline record::Exchange make_order(const std::string& front) {
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

inline std::string promote_one(record::Exchange exchange, const PromoteRules& rules,
                               std::shared_ptr<const record::Session> session = nullptr) {
    return to_scenario(
        {std::make_shared<const Selected>(Selected{{std::move(exchange), std::move(session), "t.jsonl", 7}, 1})},
        rules);
}

/// The scenario, if it can be loaded; else what is wrong with it.
inline std::string load_problems(const std::string& text) {
    scenario::DescriptorCache schemas;
    scenario::Loaded loaded;
    scenario::load_scenario(text, "/tmp/promoted.yaml", {}, schemas, loaded);
    std::string problems;
    for (const auto& problem : loaded.problems) problems += to_string(problem.problem) + '\n';
    return problems;
}

/// A call of the shop as the clients of a dialect send it, and its answer.
inline record::Exchange make_call(const PromoteRules& rules, wire::Dialect dialect, wire::Compression compression,
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

}  // namespace understudy::replay::promote_test
