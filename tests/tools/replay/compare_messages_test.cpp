#include "emulator/http/base64.hpp"
#include "proto/wire/envelope.hpp"
#include "tests/tools/replay/compared_replies.hpp"
#include "tools/replay/compare.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>

namespace understudy::replay {
namespace {

using record::Outcome;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(CompareReplies, MessagesWithoutARequiredFieldAreComparedByField) {
    ReplayRules rules;
    rules.descriptors = std::get<std::shared_ptr<const scenario::Descriptors>>(
        scenario::read_descriptors({{"old/old.proto"}, {UNDERSTUDY_SOURCE_DIR "/tests/tools/scenario/schemas"}, {}}));
    const auto wrapped = [](const std::string& type, const std::string& body) {
        return R"({"statusCode":200,"isBase64Encoded":true,"headers":{"content-type":"application/)" + type +
               R"("},"body":")" + http::to_base64(body) + "\"}";
    };
    auto before = recorded(wrapped("proto", "\x0a\x01\x61\x10\x0a"));
    before.event = R"({"httpMethod":"POST","path":"/old.Old/Keep"})";
    const auto compare = [&](const std::string& after) {
        return sentences(compare_replies(before, {after, Outcome::succeeded}, rules));
    };
    EXPECT_THAT(compare(wrapped("proto", "\x10\x0a")), ElementsAre("body.id: expected \"a\", got absent"));
    before.reply = wrapped("json", R"({"id":"a","level":10})");
    EXPECT_THAT(compare(wrapped("json", R"({"level":10})")), ElementsAre("body.id: expected \"a\", got absent"));
}

/// The reply of a method of old.Old to compare, the message as protobuf text or as JSON.
record::Invocation old_reply(const ReplayRules& rules, const std::string& text) {
    const bool json = text.starts_with('{');
    const auto message = rules.descriptors->make_message(*rules.descriptors->find_method("old.Old/Keep")->input_type());
    EXPECT_TRUE(json || google::protobuf::TextFormat::ParseFromString(text, message.get()));
    auto invocation = recorded(R"({"statusCode":200,"isBase64Encoded":true,"headers":{"content-type":"application/)" +
                               std::string(json ? "json" : "proto") + R"("},"body":")" +
                               http::to_base64(json ? text : message->SerializeAsString()) + "\"}");
    invocation.event = R"({"httpMethod":"POST","path":"/old.Old/Keep"})";
    return invocation;
}

TEST(CompareReplies, ExtensionsAndGroupsAreComparedByFieldAndCanBeIgnored) {
    ReplayRules rules;
    rules.descriptors = std::get<std::shared_ptr<const scenario::Descriptors>>(
        scenario::read_descriptors({{"old/old.proto"}, {UNDERSTUDY_SOURCE_DIR "/tests/tools/scenario/schemas"}, {}}));
    const auto compare = [&](const char* before, const char* after) {
        return sentences(
            compare_replies(old_reply(rules, before), {old_reply(rules, after).reply, Outcome::succeeded}, rules));
    };
    const auto differences =
        ElementsAre("body.inner.[old.note]: expected \"a\", got \"b\"", "body.line[0].count: expected 1, got 2",
                    "body.[old.numbers][1]: expected 2, got 3");
    const char* before = R"(id: "x" inner { id: "y" [old.note]: "a" } Line { count: 1 } [old.numbers]: [1, 2])";
    const char* after = R"(id: "x" inner { id: "y" [old.note]: "b" } Line { count: 2 } [old.numbers]: [1, 3])";
    const char* json_before =
        R"({"id":"x","inner":{"id":"y","[old.note]":"a"},"line":[{"count":1}],"[old.numbers]":["1","2"]})";
    const char* json_after =
        R"({"id":"x","inner":{"id":"y","[old.note]":"b"},"line":[{"count":2}],"[old.numbers]":[1,3]})";
    EXPECT_THAT(compare(before, after), differences);
    EXPECT_THAT(compare(json_before, json_after), differences);
    rules.ignore = {"body.inner.[old.note]", "body.line.count", "body.[old.numbers][*]"};
    EXPECT_THAT(compare(before, after), IsEmpty());
    EXPECT_THAT(compare(json_before, json_after), IsEmpty());
    rules.ignore = {"body[old.numbers]"};
    EXPECT_THAT(compare(before, after), testing::SizeIs(2));
    const auto compared =
        compare_replies(old_reply(rules, before), {old_reply(rules, after).reply, Outcome::succeeded}, rules);
    EXPECT_THAT(compared.ignores_met, ElementsAre(0));
}

TEST(CompareReplies, ABodyThatIsNoJsonIsNotTheMessageThatItLooksLike) {
    ReplayRules rules;
    rules.descriptors = std::get<std::shared_ptr<const scenario::Descriptors>>(
        scenario::read_descriptors({{"old/old.proto"}, {UNDERSTUDY_SOURCE_DIR "/tests/tools/scenario/schemas"}, {}}));
    const auto compare = [&](const char* before, const char* after) {
        const auto wrapped = [](std::string body) {
            auto invocation = recorded(R"({"statusCode":200,"isBase64Encoded":true,"headers":{"content-type":)"
                                       R"("application/json"},"body":")" +
                                       http::to_base64(body) + "\"}");
            invocation.event = R"({"httpMethod":"POST","path":"/old.Old/Paint"})";
            return invocation;
        };
        return sentences(compare_replies(wrapped(before), {wrapped(after).reply, Outcome::succeeded}, rules));
    };
    EXPECT_THAT(compare(R"({"hue":"RED"})", R"({ "hue": 1 })"), IsEmpty());
    for (const char* broken : {"{hue:1}", "{'hue':1}", "{\"hue\":1,}", ""})
        EXPECT_THAT(compare(R"({"hue":"RED"})", broken), ElementsAre(testing::StartsWith("body: expected "))) << broken;
    EXPECT_THAT(compare("{}", ""), ElementsAre("body: expected \"{}\", got \"\""));
    EXPECT_THAT(
        compare(R"({"zz":1})", R"({"zz":2,"hue":"RED"})"),
        ElementsAre("body.zz (not in the schema): expected 1, got 2", "body.hue: expected absent, got \"RED\""));
    rules.ignore = {"body.zz"};
    EXPECT_THAT(compare(R"({"zz":1})", R"({"zz":2})"), IsEmpty());
}

TEST(CompareReplies, MessagesOfTheSchemaAreComparedByField) {
    const auto reply = [](const std::string& text) {
        return R"({"statusCode":200,"headers":{"content-type":"application/proto"},"isBase64Encoded":true,"body":")" +
               http::to_base64(to_bytes(text)) + "\"}";
    };
    EXPECT_THAT(compare(reply("items { name: 'a' } items { name: 'b' size: LARGE } counts { key: 'k' value: 1 }"),
                        reply("items { name: 'a' } items { name: 'c' size: LARGE } counts { key: 'k' value: 1 }"),
                        shop_rules()),
                ElementsAre(R"(body.items[1].name: expected "b", got "c")"));
}

TEST(CompareReplies, MessagesAsJsonAreComparedByField) {
    const auto reply = [](const std::string& body) {
        return R"({"statusCode":200,"headers":{"content-type":"application/json"},"body":")" + body + "\"}";
    };
    EXPECT_THAT(compare(reply(R"({\"int64\":\"7\"})"), reply(R"({\"int64\":7,\"text\":\"\"})"), shop_rules()),
                IsEmpty());
    EXPECT_THAT(compare(reply(R"({\"int64\":\"7\"})"), reply(R"({\"int64\":7,\"new\":1})"), shop_rules()),
                testing::Contains("body.new (not in the schema): expected absent, got 1"));
}

/// A proxy reply of gRPC-Web in either form, messages first and trailers behind them.
std::string in_frames(const std::vector<std::string>& messages, const std::string& trailers, bool as_text = false) {
    std::string body;
    const auto add = [&](std::uint8_t flags, const std::string& payload) {
        if (as_text) {
            std::string envelope;
            wire::append_envelope(envelope, flags, payload);
            body += http::to_base64(envelope);
        } else {
            wire::append_envelope(body, flags, payload);
        }
    };
    for (const auto& message : messages) add(0, message);
    add(wire::kTrailers, trailers);
    return R"({"headers":{"content-type":"application/grpc-web)" + std::string(as_text ? "-text" : "+proto") +
           R"("},"isBase64Encoded":true,"statusCode":200,"body":")" + http::to_base64(body) + "\"}";
}

TEST(CompareReplies, BodiesOfGrpcWebAreComparedByTheirMessagesAndTrailers) {
    const auto a = to_bytes("text: 'a' int32: 1"), b = to_bytes("text: 'b' int32: 1");
    const std::string ok = "grpc-status: 0\r\n";
    for (const bool as_text : {false, true}) {
        EXPECT_THAT(
            compare(in_frames({a}, ok, as_text), in_frames({b}, "grpc-status: 5\r\nx: 1\r\n", as_text), shop_rules()),
            ElementsAre("body.text: expected \"a\", got \"b\"", "trailers.grpc-status: expected \"0\", got \"5\"",
                        "trailers.x: expected absent, got \"1\""));
        EXPECT_THAT(compare(in_frames({a}, ok, as_text), in_frames({a}, "Grpc-Status:0\r\n", as_text), shop_rules()),
                    IsEmpty());
        EXPECT_THAT(compare(in_frames({a, a}, ok, as_text), in_frames({a, b}, ok, as_text), shop_rules()),
                    ElementsAre("body[1].text: expected \"a\", got \"b\""));
        EXPECT_THAT(compare(in_frames({"\1"}, ok, as_text), in_frames({"\2"}, ok, as_text)),
                    ElementsAre("body: expected \"hex:01\", got \"hex:02\""));
    }
    ReplayRules ignoring;
    ignoring.ignore = {"trailers.x"};
    EXPECT_THAT(compare(in_frames({a}, "x: 1\r\n"), in_frames({a}, "x: 2\r\n"), ignoring), IsEmpty());
    const auto compared =
        compare_replies(recorded(in_frames({a}, "x: [redacted]\r\n")), {in_frames({a}, "x: 2\r\n")}, {});
    EXPECT_TRUE(compared.equal()) << testing::PrintToString(sentences(compared));
    EXPECT_EQ(compared.redacted, 1U);
}

TEST(CompareReplies, FieldsOfMessagesGoByTheirNamesInJsonToo) {
    ReplayRules rules;
    rules.descriptors = std::get<std::shared_ptr<const scenario::Descriptors>>(scenario::read_descriptors(
        {{"shop/names.proto"}, {UNDERSTUDY_SOURCE_DIR "/tests/tools/scenario/schemas"}, {}}));
    auto before =
        recorded(R"({"statusCode":200,"headers":{"content-type":"application/json"},"body":"{\"stockCount\":1}"})");
    before.event = R"({"httpMethod":"POST","path":"/shop.Names/List"})";
    const FunctionReply after{
        R"({"statusCode":200,"headers":{"content-type":"application/json"},"body":"{\"stockCount\":2}"})",
        Outcome::succeeded};
    EXPECT_THAT(sentences(compare_replies(before, after, rules)), ElementsAre("body.in_stock: expected 1, got 2"));
    for (const char* path : {"body.stockCount", "body.in_stock", "reply.body.stockCount"}) {
        rules.ignore = {path};
        const auto compared = compare_replies(before, after, rules);
        EXPECT_THAT(sentences(compared), IsEmpty()) << path;
        EXPECT_THAT(compared.ignores_met, ElementsAre(0)) << path;
    }
    rules.ignore = {};
    const auto document = source::parse_document("body.stockCount: 3\n", "expect.yaml").value();
    ASSERT_THAT(read_expectations(document, rules), IsEmpty());
    EXPECT_THAT(sentences(compare_replies(before, after, rules)), ElementsAre("body.in_stock: expected 3, got 2"));
}

/// A proxy reply of a stream of Connect.
std::string in_stream(const std::vector<std::string>& messages, const std::string& end) {
    std::string body;
    for (const auto& message : messages) wire::append_envelope(body, 0, message);
    if (!end.empty()) wire::append_envelope(body, wire::kEndOfStream, end);
    return R"({"headers":{"content-type":"application/connect+proto"},"isBase64Encoded":true,"statusCode":200,"body":")" +
           http::to_base64(body) + "\"}";
}

TEST(CompareReplies, StreamsOfConnectAreComparedByTheirMessagesAndTheirEnd) {
    const auto a = to_bytes("text: 'a' int32: 1"), b = to_bytes("text: 'b' int32: 1");
    EXPECT_THAT(compare(in_stream({a}, R"({"metadata":{"x":["1"]}})"),
                        in_stream({b}, R"({"metadata":{"x":["2"]},"error":{"code":"internal"}})"), shop_rules()),
                ElementsAre("body.text: expected \"a\", got \"b\"", "end.metadata.x[0]: expected \"1\", got \"2\"",
                            "end.error: expected absent, got {\"code\":\"internal\"}"));
    EXPECT_THAT(compare(in_stream({a, a}, "{}"), in_stream({a, b}, "{ }"), shop_rules()),
                ElementsAre("body[1].text: expected \"a\", got \"b\""));
    EXPECT_THAT(compare(in_stream({a}, "{}"), in_stream({a}, ""), shop_rules()),
                ElementsAre("end: expected {}, got \"\""));
    const auto compared = compare_replies(recorded(in_stream({a}, R"({"metadata":{"x":["[redacted]"]}})")),
                                          {in_stream({a}, R"({"metadata":{"x":["2"]}})")}, {});
    EXPECT_TRUE(compared.equal()) << testing::PrintToString(sentences(compared));
    EXPECT_EQ(compared.redacted, 1U);
}

TEST(CompareReplies, FramesThatNoClientWouldReadAreComparedAsBytes) {
    const auto a = to_bytes("text: 'a'");
    const auto reply = [](const std::vector<std::pair<std::uint8_t, std::string>>& frames) {
        std::string body;
        for (const auto& [flags, payload] : frames) wire::append_envelope(body, flags, payload);
        return R"({"headers":{"content-type":"application/connect+proto"},"isBase64Encoded":true,"statusCode":200,)"
               R"("body":")" +
               http::to_base64(body) + "\"}";
    };
    const auto good = reply({{0, a}, {wire::kEndOfStream, "{}"}});
    EXPECT_THAT(compare(good, good, shop_rules()), IsEmpty());
    for (const auto& broken :
         {reply({{wire::kEndOfStream, R"({"error":{}})"}, {0, a}, {wire::kEndOfStream, "{}"}}),
          reply({{wire::kEndOfStream, "{}"}, {0, a}}), reply({{wire::kCompressed, a}, {wire::kEndOfStream, "{}"}}),
          reply({{4, a}, {wire::kEndOfStream, "{}"}}), reply({{0, a}, {0x80 | wire::kEndOfStream, "{}"}})}) {
        EXPECT_THAT(compare(good, broken, shop_rules()), ElementsAre(testing::StartsWith("body: expected "))) << broken;
    }
}

}  // namespace
}  // namespace understudy::replay
