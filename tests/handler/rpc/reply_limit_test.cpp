#include "handler/rpc/reply_limit.hpp"

#include "handler/rpc/json_text.hpp"
#include "handler/rpc/proxy_reply.hpp"
#include "proto/wire/message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <logquery/v1/logquery.pb.h>

namespace understudy::rpc {
namespace {

using logquery::v1::FindMessagesRequest;
using logquery::v1::FindMessagesResponse;
using testing::HasSubstr;

/// Answers with as many messages as there is room for, each of them the pattern.
MethodTable filling() {
    MethodTable methods;
    methods.add<FindMessagesRequest, FindMessagesResponse>(
        "a.B/Find",
        [](const FindMessagesRequest& request, FindMessagesResponse& response,
           const wire::ReplyLimit& limit) -> wire::Status {
            FindMessagesResponse part;
            part.add_messages()->set_text(request.pattern());
            const std::size_t each = limit.measure(part).carried;
            for (std::size_t room = limit.most_carried; room >= each; room -= each) response.MergeFrom(part);
            return {};
        });
    return methods;
}

std::string find_event(const std::string& pattern, const wire::ContentType& type) {
    FindMessagesRequest request;
    request.set_pattern(pattern);
    std::string body;
    EXPECT_TRUE(wire::encode(request, type.codec, body).ok());
    const bool as_text = type.codec == wire::Codec::json;
    std::string event = R"({"httpMethod":"POST","path":"/a.B/Find","headers":{"Content-Type":")";
    event.append(type.name).append(R"("},"body":)");
    append_json_string(event, as_text ? body : "");
    event.append(as_text ? "}" : R"(,"isBase64Encoded":true})");
    return event;
}

TEST(ReplyLimit, WhatFitsItIsCarriedAndFillsTheReply) {
    constexpr std::size_t kText = 20'000;
    const std::pair<const char*, std::string> rows[] = {
        {"plain", std::string(kText, 'x')},        {"quotes", std::string(kText, '"')},
        {"backslashes", std::string(kText, '\\')}, {"control characters", std::string(kText, '\x01')},
        {"line ends", std::string(kText, '\n')},   {"escaped by protobuf alone", std::string(kText, '<')},
    };
    for (const auto& [what, text] : rows) {
        const Served served = serve_event(filling(), find_event(text, wire::kConnectJson));
        EXPECT_TRUE(served.status.ok()) << what << ": " << served.status;
        EXPECT_LE(served.response.size(), kMostResponseBytes) << what;
        EXPECT_GE(served.response.size(), kMostResponseBytes * 9 / 10) << what;
    }
    const Served served = serve_event(filling(), find_event("", wire::kConnectProto));
    EXPECT_TRUE(served.status.ok()) << served.status;
    EXPECT_LE(served.response.size(), kMostResponseBytes);
}

TEST(ReplyLimit, AMessageIsMeasuredAsItTravels) {
    FindMessagesResponse message;
    message.add_messages()->set_text("\"\n");
    const wire::ReplySize proto = to_reply_limit(wire::Codec::proto).measure(message);
    EXPECT_EQ(proto.encoded, 6U);
    EXPECT_EQ(proto.carried, 8U);
    // {"messages":[{"text":"\"\n"}]} with 7 quotes, 2 backslashes, and a quote at either end.
    const wire::ReplySize json = to_reply_limit(wire::Codec::json).measure(message);
    EXPECT_EQ(json.encoded, 30U);
    EXPECT_EQ(json.carried, 30U + 7 + 2 + 2);
}

TEST(ReplyLimit, AStringIsEscapedAlikeInPiecesOfAnySize) {
    for (const std::size_t size : {0U, 1U, 4094U, 4095U, 4096U, 4097U, 10'000U}) {
        std::string expected = "\"";
        for (std::size_t i = 0; i < size; ++i) expected.append(i % 2 == 0 ? "\\u0001" : "\\n");
        expected.push_back('"');
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text.push_back(i % 2 == 0 ? '\x01' : '\n');
        std::string out;
        append_json_string(out, text);
        EXPECT_EQ(out, expected) << size;
        EXPECT_EQ(json_string_size(text), expected.size()) << size;
    }
}

}  // namespace
}  // namespace understudy::rpc
