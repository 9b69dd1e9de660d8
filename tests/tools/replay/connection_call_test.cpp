#include "tools/replay/connection_call.hpp"

#include "emulator/http/base64.hpp"
#include "tests/tools/replay/compared_replies.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <string>
#include <variant>
#include <vector>

namespace understudy::replay {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

record::Exchange make_call(const std::string& body, const std::string& line = "POST /prod/@connections/abc%3D HTTP/1.1",
                           const std::string& status = "200 OK") {
    record::Exchange call;
    call.front = "websocket";
    call.request = record::HttpMessage{line, {}, body};
    call.response = record::HttpMessage{"HTTP/1.1 " + status, {}, ""};
    return call;
}

std::vector<std::string> compare(const record::Exchange& before, const record::Exchange& after,
                                 const ReplayRules& rules = {}) {
    return sentences(compare_connection_calls(before, after, nullptr, rules));
}

TEST(ConnectionCall, NamesItsConnectionInThePath) {
    EXPECT_EQ(find_called_connection(make_call("")), "abc=");
    EXPECT_EQ(find_called_connection(make_call("", "DELETE /_apis/Chat/prod/@connections/a%2Fb=?x HTTP/1.1")), "a/b=");
    EXPECT_EQ(find_called_connection(make_call("", "GET /prod HTTP/1.1")), std::nullopt);
    auto elsewhere = make_call("");
    elsewhere.front = "rest";
    EXPECT_EQ(find_called_connection(elsewhere), std::nullopt);
    EXPECT_EQ(find_called_connection(record::Exchange{.front = "websocket"}), std::nullopt) << "a message";
}

TEST(ConnectionCall, IsComparedByWhatTheClientGets) {
    EXPECT_THAT(compare(make_call(R"({"a":1,"b":[2]})"), make_call(R"({ "b": [2], "a": 1.0 })")), IsEmpty());
    EXPECT_THAT(compare(make_call(R"({"a":1,"b":[2]})"), make_call(R"({"a":1,"b":[3]})")),
                ElementsAre("message.b[0]: expected 2, got 3"));
    EXPECT_THAT(compare(make_call("hi"), make_call("ho")), ElementsAre("message: expected \"hi\", got \"ho\""));
    EXPECT_THAT(compare(make_call("\xff"), make_call("\xfe")),
                ElementsAre("message: expected \"hex:ff\", got \"hex:fe\""));
    EXPECT_THAT(compare(make_call("hi"), make_call("hi", "DELETE /prod/@connections/x HTTP/1.1", "204 No Content")),
                ElementsAre("call: expected \"POST\", got \"DELETE\"", "status: expected 200, got 204"));
    EXPECT_THAT(compare(make_call("hi"), make_call("hi", "POST /prod/@connections/other HTTP/1.1", "410 Gone")),
                ElementsAre("status: expected 200, got 410"));
    ReplayRules rules;
    rules.ignore = {"message.time"};
    EXPECT_THAT(compare(make_call(R"({"time":1})"), make_call(R"({"time":2})"), rules), IsEmpty());
    const auto redacted =
        compare_connection_calls(make_call(R"({"card":"[redacted]"})"), make_call(R"({"card":"4"})"), nullptr, {});
    EXPECT_TRUE(redacted.equal());
    EXPECT_EQ(redacted.redacted, 1U);
}

TEST(ConnectionCall, MessagesOfTheMethodAreComparedByFieldInBothEncodings) {
    const auto read =
        scenario::read_descriptors({{"shop/shop.proto"}, {UNDERSTUDY_SOURCE_DIR "/tests/tools/scenario/schemas"}, {}});
    ReplayRules rules;
    rules.descriptors = std::get<std::shared_ptr<const scenario::Descriptors>>(read);
    record::Exchange cause;
    cause.invocations.push_back(
        {.event = R"({"requestContext":{},"body":"{\"method\":\"shop.Shop/Order\",\"message\":\"\"}"})"});
    const auto* method = find_socket_method(cause, rules);
    ASSERT_NE(method, nullptr);
    const auto coded = [&](const std::string& text) {
        const auto message = rules.descriptors->make_message(*method->output_type());
        EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, message.get()));
        return make_call(http::to_base64(message->SerializeAsString()));
    };
    const auto compare_coded = [&](const record::Exchange& before, const record::Exchange& after) {
        return sentences(compare_connection_calls(before, after, method, rules));
    };
    EXPECT_THAT(compare_coded(coded("text: 'a'"), coded("text: 'b'")),
                ElementsAre("message.text: expected \"a\", got \"b\""));
    EXPECT_THAT(compare_coded(coded("text: 'a'"), make_call(R"({"text":"a"})")), IsEmpty());
    EXPECT_THAT(compare_coded(make_call("no message"), make_call("none")),
                ElementsAre("message: expected \"no message\", got \"none\""));
    cause.invocations[0].event = R"({"body":"hello"})";
    EXPECT_EQ(find_socket_method(cause, rules), nullptr);
}

TEST(ConnectionCall, OneWithoutACounterpartIsMissingOrNew) {
    const auto missing = compare_missing_call(make_call(R"({"a":1})"), {});
    EXPECT_THAT(sentences(missing), ElementsAre("message: expected {\"a\":1}, got absent"));
    EXPECT_EQ(missing.differences.at(0).change, Change::missing);
    const auto added = compare_new_call(make_call("", "DELETE /prod/@connections/x HTTP/1.1"), {});
    EXPECT_THAT(sentences(added), ElementsAre("call: expected absent, got \"DELETE\""));
    EXPECT_EQ(added.differences.at(0).change, Change::added);
}

}  // namespace
}  // namespace understudy::replay
