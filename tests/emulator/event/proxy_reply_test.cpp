#include "emulator/event/proxy_reply.hpp"

#include <gtest/gtest.h>

namespace understudy::event::proxy_reply_test {
namespace {

using Kind = JsonValue::Kind;

TEST(ProxyReply, TakesAReplyApart) {
    const std::string payload =
        R"( {"statusCode":201, "headers":{"A":"1","b":true,"c":1.50,"d":null}, "multiValueHeaders":{"E":["x",2],"f":"y"},)"
        R"( "body":"text","isBase64Encoded":false,"cookies":["k=v",3],"other":{"statusCode":1},"x":[]} )";
    const ProxyReply reply = parse_proxy_reply(payload);
    ASSERT_TRUE(reply.is_json);
    EXPECT_EQ(reply.whole.kind, Kind::object);
    EXPECT_EQ(reply.status_code, (JsonValue{Kind::number, "201"}));
    ASSERT_EQ(reply.header_list.size(), 4u);
    EXPECT_EQ(reply.header_list[0].name, "A");
    EXPECT_EQ(reply.header_list[0].value, (JsonValue{Kind::string, "1"}));
    EXPECT_EQ(reply.header_list[1].value, (JsonValue{Kind::boolean, "true"}));
    EXPECT_EQ(reply.header_list[2].value, (JsonValue{Kind::number, "1.50"}));
    EXPECT_EQ(reply.header_list[3].value.kind, Kind::null);
    ASSERT_EQ(reply.multi_value_list.size(), 2u);
    EXPECT_EQ(reply.multi_value_list[0].value.kind, Kind::array);
    EXPECT_EQ(reply.multi_value_list[0].values, (std::vector<JsonValue>{{Kind::string, "x"}, {Kind::number, "2"}}));
    EXPECT_EQ(reply.multi_value_list[1].value, (JsonValue{Kind::string, "y"}));
    EXPECT_EQ(reply.body, (JsonValue{Kind::string, "text"}));
    EXPECT_EQ(reply.is_base64_encoded, (JsonValue{Kind::boolean, "false"}));
    EXPECT_EQ(reply.cookie_list, (std::vector<JsonValue>{{Kind::string, "k=v"}, {Kind::number, "3"}}));
    EXPECT_EQ(reply.other_keys, (std::vector<std::string_view>{"other", "x"}));
}

TEST(ProxyReply, ALongStringIsAViewOfTheText) {
    const std::string payload = R"({"body":")" + std::string(1'000'000, 'A') + R"("})";
    const ProxyReply reply = parse_proxy_reply(payload);
    EXPECT_EQ(reply.body.text.data(), payload.data() + 9);
    EXPECT_EQ(reply.body.text.size(), 1'000'000u);
    EXPECT_TRUE(reply.unescaped.empty());
}

TEST(ProxyReply, EscapesAreUndoneInNamesAndValues) {
    const ProxyReply reply =
        parse_proxy_reply(R"({"b\u006fdy":"a\/b\n\u2615\ud83d\ude00","headers":{"x\u002dy":"\"q\""},"\u006f":1})");
    ASSERT_TRUE(reply.is_json);
    EXPECT_EQ(reply.body.text, "a/b\n\xE2\x98\x95\xF0\x9F\x98\x80");
    EXPECT_EQ(reply.header_list.at(0).name, "x-y");
    EXPECT_EQ(reply.header_list.at(0).value.text, "\"q\"");
    EXPECT_EQ(reply.other_keys, std::vector<std::string_view>{"o"});
}

TEST(ProxyReply, KindsOfWholeReplies) {
    struct Row {
        std::string_view payload;
        Kind kind;
        std::string_view text;
    };
    for (const Row& row :
         {Row{"null", Kind::null, ""}, Row{" true ", Kind::boolean, "true"}, Row{"-1.0e5", Kind::number, "-1.0e5"},
          Row{"18446744073709551616", Kind::number, "18446744073709551616"}, Row{"\"Hi\"", Kind::string, "Hi"},
          Row{"\"\"", Kind::string, ""}, Row{"[{\"statusCode\":1}]", Kind::array, ""}, Row{"{}", Kind::object, ""}}) {
        const ProxyReply reply = parse_proxy_reply(row.payload);
        EXPECT_TRUE(reply.is_json) << row.payload;
        EXPECT_EQ(reply.whole, (JsonValue{row.kind, row.text})) << row.payload;
        EXPECT_EQ(reply.status_code.kind, Kind::absent) << row.payload;
    }
}

TEST(ProxyReply, WhatIsNoJsonSaysWhere) {
    struct Row {
        std::string_view payload;
        std::size_t offset;
    };
    for (const Row& row : {Row{"", 0}, Row{"hello", 0}, Row{"{\"a\":1} x", 8}, Row{"{\"a\":}", 5}, Row{"{\"a\":1", 6},
                           Row{"\"abc", 4}, Row{"{'a':1}", 1}, Row{"NaN", 0}, Row{"[1,]", 3}}) {
        const ProxyReply reply = parse_proxy_reply(row.payload);
        EXPECT_FALSE(reply.is_json) << row.payload;
        EXPECT_EQ(reply.bad_offset, row.offset) << row.payload;
        EXPECT_NE(reply.problem, "") << row.payload;
    }
}

TEST(ProxyReply, DeepNestingIsNoError) {
    for (const std::size_t depth : {33u, 1000u, 7900u}) {
        const std::string deep = std::string(depth, '[') + std::string(depth, ']');
        EXPECT_TRUE(parse_proxy_reply(deep).is_json) << depth;
        EXPECT_TRUE(parse_proxy_reply(R"({"statusCode":200,"x":)" + deep + "}").is_json) << depth;
    }
    std::string objects;
    for (int i = 0; i < 2000; ++i) objects += R"({"a":)";
    EXPECT_TRUE(parse_proxy_reply(objects + "1" + std::string(2000, '}')).is_json);
    EXPECT_FALSE(parse_proxy_reply(std::string(1'000'000, '[')).is_json) << "and no nesting ends the program";
}

TEST(ProxyReply, ABodyThatIsJsonKeepsItsText) {
    struct Row {
        std::string_view payload, text;
    };
    for (const Row& row : {Row{R"({"body":{"a":1.0,"b":[ ]},"x":1})", R"({"a":1.0,"b":[ ]})"},
                           Row{R"({"x":1,"body" : [1, "]\"}"] })", R"([1, "]\"}"])"}, Row{R"({"body":{}})", "{}"},
                           Row{R"({"b\u006fdy":{}})", ""}}) {
        EXPECT_EQ(parse_proxy_reply(row.payload).body.text, row.text) << row.payload;
    }
}

TEST(ProxyReply, OfARepeatedKeyTheLastCounts) {
    const ProxyReply reply = parse_proxy_reply(
        R"({"statusCode":1,"statusCode":2,"headers":{"a":"1"},"headers":{"b":"2"},"body":"x","body":null})");
    EXPECT_EQ(reply.status_code.text, "2");
    ASSERT_EQ(reply.header_list.size(), 1u);
    EXPECT_EQ(reply.header_list[0].name, "b");
    EXPECT_EQ(reply.body.kind, Kind::null);
}

TEST(ProxyReply, BytesThatAreNotUtf8AreKept) {
    EXPECT_EQ(parse_proxy_reply("{\"body\":\"\xFF\xFE\"}").body.text, "\xFF\xFE");
}

TEST(ProxyReply, LoneSurrogatesAreJson) {
    const ProxyReply reply = parse_proxy_reply(R"({"statusCode":200,"body":"a\ud800b","headers":{"x":"\ude00"}})");
    EXPECT_TRUE(reply.is_json);
    EXPECT_EQ(reply.status_code.text, "200");
    EXPECT_EQ(reply.body.text,
              "a\xEF\xBF\xBD"
              "b");
    EXPECT_EQ(reply.header_list.at(0).value.text, "\xEF\xBF\xBD");
    EXPECT_EQ(parse_proxy_reply(R"("\ud800")").whole.text, "\xEF\xBF\xBD");
    EXPECT_EQ(parse_proxy_reply(R"({"body":{"a":"\ud800"},"z":1})").body.text, R"({"a":"\ud800"})");
    EXPECT_FALSE(parse_proxy_reply(R"({"body":"\ud800")").is_json);
}

TEST(ProxyReply, MembersOfTheWrongShapeAreSeenAsSuch) {
    const ProxyReply reply =
        parse_proxy_reply(R"({"headers":["a"],"multiValueHeaders":[["x"]],"cookies":{"a":"b"},"body":["s"]})");
    EXPECT_EQ(reply.headers.kind, Kind::array);
    EXPECT_TRUE(reply.header_list.empty());
    EXPECT_EQ(reply.multi_value_headers.kind, Kind::array);
    EXPECT_TRUE(reply.multi_value_list.empty());
    EXPECT_EQ(reply.cookies.kind, Kind::object);
}

}  // namespace
}  // namespace understudy::event::proxy_reply_test
