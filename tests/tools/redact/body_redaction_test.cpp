#include "tools/redact/body_redaction.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/record/write_line.hpp"
#include "tests/tools/scenario/shop.hpp"
#include "tools/redact/wire_redaction.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/message.h>
#include <google/protobuf/text_format.h>

namespace understudy::redact {
namespace {

using scenario::shop;
using scenario::shop_message;
using testing::ElementsAre;
using testing::IsEmpty;

const google::protobuf::Descriptor& shop_type(const std::string& name) {
    return *shop()->find_method("shop.Shop/Order")->file()->pool()->FindMessageTypeByName("shop." + name);
}

std::set<const google::protobuf::FieldDescriptor*> fields_of(const std::vector<std::string>& names) {
    std::set<const google::protobuf::FieldDescriptor*> fields;
    for (const std::string& name : names) {
        fields.insert(shop_type("Everything").file()->pool()->FindFieldByName("shop." + name));
    }
    return fields;
}

std::string bytes_of(const std::string& text) {
    return shop_message("Everything", text)->SerializeAsString();
}

/// What is left of a message, as protobuf's own text on one line.
std::string left_of(const std::string& text, const std::vector<std::string>& names) {
    std::set<std::string> taken;
    const auto redacted = redact_message(bytes_of(text), shop_type("Everything"), fields_of(names), taken);
    if (!redacted) return "unreadable";
    auto message = shop()->make_message(shop_type("Everything"));
    EXPECT_TRUE(message->ParseFromString(*redacted));
    return message->ShortDebugString();
}

TEST(WireRedaction, TextsAndBytesAreReplacedAndOthersLeftOut) {
    EXPECT_EQ(left_of(R"(int32: 1 text: "s" bytes: "\377" real: 2 numbers: [3, 4])",
                      {"Everything.text", "Everything.bytes", "Everything.real", "Everything.numbers"}),
              R"(int32: 1 text: "[redacted]" bytes: "[redacted]")");
}

TEST(WireRedaction, SubmessagesListsAndMapsAreLookedInto) {
    EXPECT_EQ(
        left_of(
            R"(item { name: "a" size: 1 } items { name: "b" } items { name: "c" } shelf { key: 7 value { name: "d" } })",
            {"Item.name"}),
        R"(item { name: "[redacted]" size: SMALL } items { name: "[redacted]" } items { name: "[redacted]" } )"
        R"(shelf { key: 7 value { name: "[redacted]" } })");
    EXPECT_EQ(left_of(R"(item { name: "a" } flag: true)", {"Everything.item"}), "flag: true");
}

TEST(WireRedaction, WhatAnAnyHoldsIsLookedInto) {
    EXPECT_EQ(left_of(R"(any { [type.googleapis.com/shop.Item] { name: "a" } })", {"Item.name"}),
              R"(any { [type.googleapis.com/shop.Item] { name: "[redacted]" } })");
}

std::string delimited(char tag, const std::string& content) {
    return std::string(1, tag) + static_cast<char>(content.size()) + content;
}

TEST(WireRedaction, AnAnyIsLookedIntoWhereItsTypeComesBehindItsValue) {
    const std::string item = shop_message("Item", R"(name: "s")")->SerializeAsString();
    const std::string clean = shop_message("Item", R"(name: "[redacted]")")->SerializeAsString();
    const std::string url = delimited('\x0a', "type.googleapis.com/shop.Item");
    const std::string other = delimited('\x0a', "type.googleapis.com/shop.Kinds");
    const auto& any = *shop()->make_any()->GetDescriptor();
    std::set<std::string> taken;
    const auto redacted = [&](const std::string& bytes) {
        return redact_message(bytes, any, fields_of({"Item.name"}), taken);
    };
    EXPECT_EQ(redacted(delimited('\x12', item) + url), delimited('\x12', clean) + url);
    EXPECT_EQ(redacted(other + delimited('\x12', item) + url), other + delimited('\x12', clean) + url);
    EXPECT_EQ(redacted(delimited('\x12', item)), std::nullopt) << "nobody can say what is in it";
    EXPECT_EQ(redacted(url), url);
}

TEST(WireRedaction, WhatIsNotTakenStaysByteForByte) {
    // A field that is not known, a varint longer than it need be, fields out of order.
    const std::string bytes("\xfa\x3f\x02hi\x10\x81\x80\x00\x08\x05\x3a\x01s\x08\x06", 16);
    std::set<std::string> taken;
    EXPECT_EQ(redact_message(bytes, shop_type("Everything"), {}, taken), bytes);
    EXPECT_THAT(taken, IsEmpty());
    EXPECT_EQ(redact_message(bytes, shop_type("Everything"), fields_of({"Everything.text"}), taken),
              std::string("\xfa\x3f\x02hi\x10\x81\x80\x00\x08\x05\x3a\x0a[redacted]\x08\x06", 25));
    EXPECT_THAT(taken, ElementsAre("shop.Everything.text"));
}

TEST(WireRedaction, BytesThatAreNoMessageAreToldAsSuch) {
    std::set<std::string> taken;
    const std::string whole = bytes_of(R"(text: "secret" int64: 300)");
    for (const std::string& bytes :
         {whole.substr(0, 4), whole.substr(0, whole.size() - 1), std::string("\x0f"), std::string(11, '\xff')})
        EXPECT_EQ(redact_message(bytes, shop_type("Everything"), {}, taken), std::nullopt);
}

/// A body behind the hook that the recorder is given; what was taken is joined behind it.
std::string rewrite(record::Side side, const std::string& path, const std::string& type, const std::string& body) {
    const auto hook = make_rewrite({shop(), fields_of({"Everything.text", "Item.name"})});
    std::vector<std::string> taken;
    const auto rewritten = hook({side, path, type}, body, taken);
    if (!rewritten) return "as it is";
    std::string text = *rewritten;
    for (const std::string& name : taken) text += ' ' + name;
    return text;
}

std::string envelope(char flags, const std::string& message) {
    return std::string(1, flags) + std::string("\0\0\0", 3) + static_cast<char>(message.size()) + message;
}

TEST(BodyRedaction, TheMethodInThePathSaysWhatTheBodyIs) {
    const std::string order = bytes_of(R"(text: "s")");
    const std::string redacted = bytes_of(R"(text: "[redacted]")") + " shop.Everything.text";
    EXPECT_EQ(rewrite(record::Side::request, "/prod/shop.Shop/Order", "application/proto", order), redacted);
    EXPECT_EQ(rewrite(record::Side::response, "/shop.Shop/Order", "Application/X-Protobuf; charset=x", order),
              redacted);
    EXPECT_EQ(rewrite(record::Side::request, "/other", "application/json", R"({"text":"s"})"), "as it is");
    EXPECT_EQ(rewrite(record::Side::request, "/shop.Shop/Order", "application/proto", bytes_of("int32: 1")),
              "as it is");
}

TEST(BodyRedaction, ABodyOfAMethodIsLookedIntoWhateverItsTypeSays) {
    const std::string order = bytes_of(R"(text: "s")"), clean = bytes_of(R"(text: "[redacted]")");
    for (const char* type : {"", "text/plain", "application/octet-stream", "application/x-www-form-urlencoded"}) {
        EXPECT_EQ(rewrite(record::Side::request, "/shop.Shop/Order", type, order), clean + " shop.Everything.text");
        EXPECT_EQ(rewrite(record::Side::request, "/shop.Shop/%4Frder", type, R"({"text":"s"})"),
                  R"({"text":"[redacted]"} text)");
        EXPECT_EQ(rewrite(record::Side::request, "/other", type, order), "as it is");
    }
}

TEST(BodyRedaction, AReplyThatAGatewayCallsJsonIsLookedIntoAsWhatItIs) {
    const std::string order = bytes_of(R"(text: "s")"), clean = bytes_of(R"(text: "[redacted]")");
    EXPECT_EQ(rewrite(record::Side::response, "/shop.Shop/Order", "application/json", order),
              clean + " shop.Everything.text");
    EXPECT_EQ(rewrite(record::Side::response, "/shop.Shop/Order", "application/json", "no such order"), "as it is");
}

TEST(BodyRedaction, DetailsOfAnErrorOfConnectAreLookedInto) {
    const auto base64_of = [](const std::string& bytes) {
        auto text = http::to_base64(bytes);
        return text.substr(0, text.find('='));
    };
    const auto error = [](const std::string& value, const std::string& name) {
        return R"({"code":"internal","details":[{"type":"shop.Item","value":")" + value + R"(","debug":{"name":")" +
               name + R"("}},{"type":"shop.None","value":"AAA"}]})";
    };
    const auto item = [](const char* name) {
        return shop_message("Item", std::string("name: '") + name + "'")->SerializeAsString();
    };
    EXPECT_EQ(rewrite(record::Side::response, "/shop.Shop/Order", "application/json", error(base64_of(item("s")), "s")),
              error(base64_of(item("[redacted]")), "[redacted]") + " details[0].debug.name shop.Item.name");
    EXPECT_EQ(rewrite(record::Side::response, "/shop.Shop/Order", "application/json", error("!", "a")),
              error(base64_of("[redacted]"), "[redacted]") + " (details) details[0].debug.name");
}

TEST(BodyRedaction, DetailsInTheEndOfAStreamOfConnectAreLookedInto) {
    const auto end = [](const char* name) {
        const std::string item = shop_message("Item", std::string("name: '") + name + "'")->SerializeAsString();
        return envelope(
            2, R"({"metadata":{"at":["s"]},"error":{"code":"internal","details":[{"type":"shop.Item","value":")" +
                   http::to_base64(item) + "\"}]}}");
    };
    const std::string message = envelope(0, bytes_of("int32: 1"));
    const auto after = [&](const std::string& last) {
        return rewrite(record::Side::response, "/shop.Shop/Order", "application/connect+proto", message + last);
    };
    EXPECT_EQ(after(end("s")), message + end("[redacted]") + " shop.Item.name");
    EXPECT_EQ(after(envelope(2, "{}")), "as it is");
    EXPECT_EQ(after(envelope(2, R"({"metadata":{"at":["s"]}})")), "as it is") << "no field of a message";
    EXPECT_EQ(after(envelope(3, "\x1f\x8b...")), "[redacted] (whole)");
}

/// A google.rpc.Status with an Item of this name, and with one of a type that the schema has not.
std::string rpc_status(const std::string& name) {
    const auto any = [](const std::string& type, const std::string& value) {
        return delimited('\x1a', delimited('\x0a', "type.googleapis.com/" + type) + delimited('\x12', value));
    };
    return "\x08\x0d" + delimited('\x12', "no text") +
           any("shop.Item", shop_message("Item", "name: '" + name + "'")->SerializeAsString()) + any("a.B", "\x08\x01");
}

std::string unpadded(std::string base64) {
    return base64.substr(0, base64.find('='));
}

TEST(BodyRedaction, DetailsInTrailersOfGrpcWebAreLookedInto) {
    const std::string message = envelope(0, bytes_of("int32: 1"));
    const auto with = [&](const std::string& line) {
        return message + envelope('\x80', "grpc-status: 13\r\n" + line + "\r\nx-bin: AAA\r\n");
    };
    const auto after = [](const std::string& body, const std::string& type = "application/grpc-web+proto") {
        return rewrite(record::Side::response, "/shop.Shop/Order", type, body);
    };
    const std::string found = http::to_base64(rpc_status("s")), left = http::to_base64(rpc_status("[redacted]"));
    ASSERT_TRUE(found.ends_with('='));
    EXPECT_EQ(after(with("grpc-status-details-bin: " + unpadded(found))),
              with("grpc-status-details-bin: " + unpadded(left)) + " shop.Item.name");
    EXPECT_EQ(after(with("Grpc-Status-Details-Bin:" + found)),
              with("Grpc-Status-Details-Bin:" + left) + " shop.Item.name");
    EXPECT_EQ(after(http::to_base64(with("grpc-status-details-bin: " + found)), "application/grpc-web-text"),
              http::to_base64(with("grpc-status-details-bin: " + left)) + " shop.Item.name");
    EXPECT_EQ(after(with("grpc-status-details-bin: !")),
              with("grpc-status-details-bin: " + unpadded(http::to_base64("[redacted]"))) + " (details)");
    EXPECT_EQ(after(with("grpc-status-details-bin:")), "as it is");
    EXPECT_EQ(after(message + envelope('\x81', "\x1f\x8b...")), "[redacted] (whole)") << "nobody can say what is in it";
}

TEST(HeaderRedaction, DetailsOfAnErrorOfGrpcAreLookedInto) {
    const MessageFields fields{shop(), fields_of({"Item.name"})};
    const record::Redaction redaction{.rewrite = make_rewrite(fields), .rewrite_header = make_header_rewrite(fields)};
    const std::string found = unpadded(http::to_base64(rpc_status("s"))), name = "grpc-status-details-bin";
    const std::string left = unpadded(http::to_base64(rpc_status("[redacted]")));
    record::Exchange exchange{
        .front = "http",
        .response =
            record::HttpMessage{
                "HTTP/1.1 200 OK", {{"a", "b"}, {"Grpc-Status-Details-Bin", found}}, "", {{name, found}}},
        .invocations = {{.reply = R"({"headers":{"grpc-status-details-bin":")" + found +
                                  R"("},"multiValueHeaders":{"grpc-status-details-bin":[")" + found + R"("]}})"}}};
    record::redact(exchange, redaction);
    EXPECT_EQ(exchange.response->headers, (http::Headers{{"a", "b"}, {"Grpc-Status-Details-Bin", left}}));
    EXPECT_EQ(exchange.response->trailers, (http::Headers{{name, left}}));
    EXPECT_EQ(exchange.invocations[0].reply, R"({"headers":{"grpc-status-details-bin":")" + left +
                                                 R"("},"multiValueHeaders":{"grpc-status-details-bin":[")" + left +
                                                 R"("]}})");
    EXPECT_THAT(exchange.redacted, testing::Contains("response.headers.Grpc-Status-Details-Bin.shop.Item.name"));
}

TEST(BodyRedaction, JsonOfAMethodInAnEventIsLookedIntoAsInTheRequest) {
    record::Redaction redaction;
    redaction.rewrite = make_rewrite({shop(), fields_of({"Everything.text"})});
    record::Exchange exchange{
        .front = "http",
        .request = record::HttpMessage{
            "POST /shop.Shop/Order HTTP/1.1", {{"Content-Type", "application/json"}}, R"({"text":"secret"})"}};
    exchange.invocations.push_back(
        {.event = R"({"rawPath":"/shop.Shop/Order","headers":{"content-type":"application/json"},)"
                  R"("body":"{\"text\":\"secret\"}","isBase64Encoded":false})",
         .reply = R"({"headers":{"content-type":"application/json"},"body":"{\"text\":\"secret\"}"})"});
    record::redact(exchange, redaction);
    for (const std::string& text :
         {exchange.request->body, exchange.invocations[0].event, exchange.invocations[0].reply}) {
        EXPECT_THAT(text, testing::HasSubstr("[redacted]"));
        EXPECT_THAT(text, testing::Not(testing::HasSubstr("secret")));
    }
}

TEST(BodyRedaction, TheReplyToAnInvokeWithAProxyEventIsLookedIntoAsBehindAFront) {
    record::Redaction redaction;
    redaction.rewrite = make_rewrite({shop(), fields_of({"Everything.text"})});
    const std::string reply = R"({"headers":{"content-type":"application/json"},"body":"{\"text\":\"secret\"}"})";
    for (const std::string path : {"path", "rawPath"}) {
        const std::string event = "{\"" + path +
                                  R"(":"/shop.Shop/Order","headers":{"content-type":"application/json"},)" +
                                  R"("body":"{\"text\":\"secret\"}"})";
        record::Exchange exchange{
            .front = "invoke",
            .request = record::HttpMessage{"POST /2015-03-31/functions/fn/invocations HTTP/1.1", {}, event},
            .response = record::HttpMessage{"HTTP/1.1 200 OK", {{"Content-Type", "application/json"}}, reply}};
        exchange.invocations.push_back({.event = event, .reply = reply});
        record::redact(exchange, redaction);
        for (const std::string& text : {exchange.request->body, exchange.response->body, exchange.invocations[0].event,
                                        exchange.invocations[0].reply}) {
            EXPECT_THAT(text, testing::HasSubstr("[redacted]"));
            EXPECT_THAT(text, testing::Not(testing::HasSubstr("secret")));
        }
    }
}

TEST(BodyRedaction, RepliesOtherThanJsonToAnInvokeOfAProxyEventAreLookedIntoToo) {
    record::Redaction redaction;
    redaction.rewrite = make_rewrite({shop(), fields_of({"Everything.text"})});
    const std::string message = bytes_of("text: 'secret' int32: 7");
    const std::string packed =
        R"({"statusCode":200,"headers":{"content-type":"application/proto"},"isBase64Encoded":true,"body":")" +
        http::to_base64(message) + "\"}";
    const std::string streamed =
        R"({"statusCode":200,"headers":{"content-type":"application/proto"}})" + std::string(8, '\0') + message;
    for (const std::string& reply : {packed, streamed, message, std::string("a secret in words")}) {
        record::Exchange exchange{
            .front = "invoke",
            .request = record::HttpMessage{"POST /2015-03-31/functions/fn/invocations HTTP/1.1", {}, "{}"},
            .response = record::HttpMessage{"HTTP/1.1 200 OK", {}, reply == streamed ? "" : reply}};
        exchange.invocations.push_back({.event = R"({"rawPath":"/shop.Shop/Order"})", .reply = reply});
        if (reply == streamed)
            exchange.invocations[0].reply_type = "application/vnd.awslambda.http-integration-response";
        record::redact(exchange, redaction);
        std::string line;
        record::append_line(line, exchange);
        EXPECT_EQ(line.find("secret"), std::string::npos) << line;
        EXPECT_EQ(line.find(http::to_base64(message)), std::string::npos) << line;
        EXPECT_THAT(exchange.redacted, testing::Contains(testing::StartsWith("invocations[0].reply"))) << line;
    }
}

TEST(BodyRedaction, JsonOfAMethodLosesTheFieldsThatItsMessageMayHave) {
    EXPECT_EQ(rewrite(record::Side::request, "/shop.Shop/Order", "application/json",
                      R"({"text":"s","item":{"name":"a"},"int32":1.0})"),
              R"({"text":"[redacted]","item":{"name":"[redacted]"},"int32":1.0} item.name text)");
    EXPECT_EQ(rewrite(record::Side::request, "/shop.Shop/Watch", "application/connect+json",
                      envelope(0, R"({"text":1,"name":"a"})")),
              envelope(0, R"({"text":1,"name":"[redacted]"})") + " name");
    EXPECT_EQ(rewrite(record::Side::request, "/shop.Shop/Order", "application/json", "{}"), "as it is");
}

TEST(BodyRedaction, MessagesInEnvelopesAreTakenApart) {
    const std::string item = shop_message("Item", R"(name: "s")")->SerializeAsString();
    const std::string clean = shop_message("Item", R"(name: "[redacted]")")->SerializeAsString();
    const std::string body = envelope(0, item) + envelope(0, item) + envelope('\x80', "grpc-status: 0\r\n");
    const std::string redacted = envelope(0, clean) + envelope(0, clean) + envelope('\x80', "grpc-status: 0\r\n");
    for (const char* type : {"application/grpc", "application/grpc-web+proto", "application/connect+proto"})
        EXPECT_EQ(rewrite(record::Side::response, "/shop.Shop/Watch", type, body), redacted + " shop.Item.name");
    EXPECT_EQ(rewrite(record::Side::response, "/shop.Shop/Watch", "application/grpc-web-text", http::to_base64(body)),
              http::to_base64(redacted) + " shop.Item.name");
}

TEST(BodyRedaction, WhatCannotBeReadGoesInWhole) {
    for (const auto& [path, type, body] : std::vector<std::tuple<std::string, std::string, std::string>>{
             {"/other", "application/proto", "x"},
             {"/shop.Shop/Unknown", "application/proto", "x"},
             {"/shop.Shop/Order", "application/proto", "\xff"},
             {"/shop.Shop/Order", "application/grpc", envelope(1, "zip")},
             {"/shop.Shop/Order", "application/grpc", "abc"},
             {"/shop.Shop/Order", "application/grpc", envelope(0, "long").substr(0, 7)},
             {"/shop.Shop/Order", "application/grpc-web-text", "%"}}) {
        EXPECT_EQ(rewrite(record::Side::request, path, type, body), "[redacted] (whole)");
    }
}

/// The line of a recording in which this body is a request to old.Old/Keep, without these fields.
std::string recorded_line(const std::string& type, const std::string& body, const std::vector<std::string>& names) {
    std::set<const google::protobuf::FieldDescriptor*> fields;
    const auto* pool = scenario::old()->find_method("old.Old/Keep")->file()->pool();
    for (const std::string& name : names) {
        const auto* field = pool->FindFieldByName(name);
        fields.insert(field != nullptr ? field : pool->FindExtensionByName(name));
    }
    record::Redaction redaction;
    redaction.rewrite = make_rewrite({scenario::old(), fields});
    record::Exchange exchange{
        .front = "http", .request = record::HttpMessage{"POST /old.Old/Keep HTTP/1.1", {{"Content-Type", type}}, body}};
    record::redact(exchange, redaction);
    std::string line;
    record::append_line(line, exchange);
    return line + exchange.request->body;
}

TEST(BodyRedaction, NoSecretInOrBelowAnExtensionReachesTheRecording) {
    const std::vector<std::string> names = {"old.note", "old.Scoped.secret"};
    const auto* type = scenario::old()->find_method("old.Old/Keep")->input_type();
    const auto message = scenario::old()->make_message(*type);
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
        R"(id: "kept" [old.note]: "hunter2" [old.deeper] { id: "x" [old.note]: "hunter2" }
           [old.Scoped.scoped] { secret: "hunter2" })",
        message.get()));
    const std::string json = R"({"id":"kept","[old.note]":"hunter2","[old.deeper]":{"id":"x","[old.note]":"hunter2"},)"
                             R"("[old.Scoped.scoped]":{"secret":"hunter2"}})";
    for (const auto& [kind, body] :
         {std::pair("application/proto", message->SerializeAsString()), std::pair("application/json", json)}) {
        const std::string line = recorded_line(kind, body, names);
        EXPECT_EQ(line.find("hunter2"), std::string::npos) << line;
        EXPECT_NE(line.find("kept"), std::string::npos) << line;
        for (std::size_t shift = 0; shift < 3; ++shift)
            EXPECT_EQ(line.find(http::to_base64(std::string(shift, 'x') + "hunter2").substr(4, 5)), std::string::npos);
    }
}

TEST(BodyRedaction, GroupsAreLookedIntoAndTheRestOfTheMessageStays) {
    const auto* type = scenario::old()->find_method("old.Old/Keep")->input_type();
    const auto message = scenario::old()->make_message(*type);
    const auto bytes_of_old = [&](const char* text) {
        EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, message.get()));
        return message->SerializeAsString();
    };
    const auto body = bytes_of_old(R"(id: "kept" Address { street: "hunter2" } Line { text: "hunter2" count: 7 }
                                      Line { count: 8 } [old.extra] { secret: "hunter2" })");
    std::set<std::string> taken;
    const auto redacted = [&](const std::vector<std::string>& names) {
        std::set<const google::protobuf::FieldDescriptor*> fields;
        for (const auto& name : names) fields.insert(type->file()->pool()->FindFieldByName(name));
        return redact_message(body, *type, fields, taken);
    };
    EXPECT_EQ(redacted({"old.Legacy.Line.text", "old.Legacy.Address.street", "old.Extra.secret"}),
              bytes_of_old(R"(id: "kept" Address { street: "[redacted]" } Line { text: "[redacted]" count: 7 }
                              Line { count: 8 } [old.extra] { secret: "[redacted]" })"));
    EXPECT_THAT(taken, testing::ElementsAre("old.Extra.secret", "old.Legacy.Address.street", "old.Legacy.Line.text"));
    EXPECT_EQ(redacted({"old.Legacy.line", "old.Extra.secret", "old.Legacy.address"}),
              bytes_of_old(R"(id: "kept" [old.extra] { secret: "[redacted]" })"))
        << "all of a group";
    for (const char* broken :
         {"\x23", "\x24", "\x23\x0a", "\x23\x2c", "\x0a\x01x\x2b", "\x03", "\x04", "\x0a\x01x\x04\x0a\x01y"})
        EXPECT_FALSE(redact_message(broken, *type, {}, taken)) << broken;
    const std::string unknown = "\x7b\x0a\x01x\x7c";
    EXPECT_EQ(redact_message(unknown, *type, {}, taken), unknown);
}

TEST(BodyRedaction, MessageSetsAreLookedInto) {
    const auto* type = scenario::old()->find_method("old.Old/Collect")->input_type();
    const auto* pool = type->file()->pool();
    const auto message = scenario::old()->make_message(*type);
    const auto bytes_of_purse = [&](const char* text) {
        EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, message.get()));
        return message->SerializeAsString();
    };
    const auto body = bytes_of_purse(R"(bag { [old.Coin] { text: "hunter2" inner { [old.other] { text: "hunter2" } } }
                                              [old.other] { Mint { town: "kept" } } } name: "n")");
    std::set<std::string> taken;
    const std::set<const google::protobuf::FieldDescriptor*> text = {pool->FindFieldByName("old.Coin.text")};
    EXPECT_EQ(redact_message(body, *type, text, taken),
              bytes_of_purse(R"(bag { [old.Coin] { text: "[redacted]" inner { [old.other] { text: "[redacted]" } } }
                                      [old.other] { Mint { town: "kept" } } } name: "n")"));
    EXPECT_THAT(taken, testing::ElementsAre("old.Coin.text"));
    // A type that stands behind its message.
    const std::string turned("\x0a\x0f\x0b\x1a\x09\x0a\x07hunter2\x10\x07\x0c", 17);
    const auto redacted = redact_message(turned, *type, text, taken);
    ASSERT_TRUE(redacted);
    EXPECT_EQ(redacted->find("hunter2"), std::string::npos);
    const std::set<const google::protobuf::FieldDescriptor*> coin = {pool->FindExtensionByName("old.Coin.coin")};
    const auto without = redact_message(body, *type, coin, taken);
    ASSERT_TRUE(without);
    EXPECT_EQ(without->find("hunter2"), std::string::npos);
    EXPECT_NE(without->find("kept"), std::string::npos);
    record::Redaction redaction;
    redaction.rewrite = make_rewrite({scenario::old(), coin});
    for (const char* name : {"[old.Coin.coin]", "[old.Coin]"}) {
        record::Exchange exchange{
            .front = "http",
            .request = record::HttpMessage{"POST /old.Old/Collect HTTP/1.1",
                                           {{"Content-Type", "application/json"}},
                                           std::string(R"({"bag":{")") + name + R"(":{"text":"hunter2"}}})"}};
        record::redact(exchange, redaction);
        EXPECT_EQ(exchange.request->body.find("hunter2"), std::string::npos) << name;
    }
}

TEST(BodyRedaction, NoSecretReachesTheRecordingInAnyCoding) {
    const std::string secret = "hunter2hunter2hunter2";
    const std::string body = bytes_of("text: \"" + secret + "\" int32: 5");
    record::Redaction redaction;
    redaction.rewrite = make_rewrite({shop(), fields_of({"Everything.text"})});
    record::Exchange exchange{
        .front = "rest",
        .request =
            record::HttpMessage{"POST /prod/shop.Shop/Order HTTP/1.1", {{"Content-Type", "application/proto"}}, body},
        .response = record::HttpMessage{"HTTP/1.1 200 OK", {{"Content-Type", "application/proto"}}, body}};
    exchange.invocations.push_back(
        {.event =
             R"({"path":"/shop.Shop/Order","headers":{"Content-Type":"application/proto"},"isBase64Encoded":true,"body":")" +
             http::to_base64(body) + "\"}",
         .reply = R"({"headers":{"content-type":"application/proto"},"isBase64Encoded":true,"body":")" +
                  http::to_base64(body) + "\"}"});
    record::redact(exchange, redaction);
    EXPECT_EQ(exchange.request->body, bytes_of("text: \"[redacted]\"").replace(0, 0, bytes_of("int32: 5")));
    for (const std::string& text : {exchange.request->body, exchange.response->body, exchange.invocations[0].event,
                                    exchange.invocations[0].reply}) {
        EXPECT_EQ(text.find(secret), std::string::npos);
        for (std::size_t shift = 0; shift < 3; ++shift)
            EXPECT_EQ(text.find(http::to_base64(std::string(shift, 'x') + secret).substr(4, 20)), std::string::npos);
    }
    EXPECT_THAT(exchange.redacted, testing::Contains("invocations[0].event.body.shop.Everything.text"));
}

}  // namespace
}  // namespace understudy::redact
