#include "proto/wire/message.hpp"

#include "tests/proto/json/schema.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <logquery/v1/logquery.pb.h>

namespace understudy::wire::message_test {
namespace {

using google::protobuf::util::MessageDifferencer;
using logquery::v1::CheckWindowRequest;
using logquery::v1::CheckWindowResponse;
using logquery::v1::FindMessagesRequest;
using logquery::v1::FindMessagesResponse;
using testing::HasSubstr;

/// The programs silence protobuf's own lines about bad input too.
class Message : public testing::Test {
  protected:
    void SetUp() override { google::protobuf::SetLogHandler(nullptr); }
};

FindMessagesRequest make_request() {
    FindMessagesRequest request;
    request.mutable_time()->set_seconds(1767607135);
    request.mutable_time()->set_nanos(123'000'000);
    request.mutable_tolerance()->set_seconds(60);
    request.set_pattern("a\"b€");
    request.set_limit(7);
    return request;
}

TEST_F(Message, IsTheSameBehindEitherCodec) {
    for (const Codec codec : {Codec::proto, Codec::json}) {
        std::string body;
        ASSERT_TRUE(encode(make_request(), codec, body).ok());
        FindMessagesRequest decoded;
        ASSERT_TRUE(decode(body, codec, decoded).ok());
        EXPECT_TRUE(MessageDifferencer::Equals(decoded, make_request())) << codec;
    }
}

TEST_F(Message, InJsonFollowsProtobufsMapping) {
    std::string body = "what was there before";
    ASSERT_TRUE(encode(make_request(), Codec::json, body).ok());
    EXPECT_EQ(body, R"({"time":"2026-01-05T09:58:55.123Z","tolerance":"60s","pattern":"a\"b€","limit":7})");
}

TEST_F(Message, WithExtensionsAndGroupsIsTheSameBehindEitherCodec) {
    const auto thing = protojson::make_message(
        "legacy.Thing", R"(id: "a" [legacy.note]: "n" Address { street_name: "s" } Line { thing { id: "b" } })");
    for (const Codec codec : {Codec::proto, Codec::json}) {
        std::string body;
        ASSERT_TRUE(encode(*thing, codec, body).ok());
        const auto decoded = protojson::make_message("legacy.Thing");
        ASSERT_TRUE(decode(body, codec, *decoded).ok());
        EXPECT_TRUE(MessageDifferencer::Equals(*decoded, *thing)) << codec;
    }
}

TEST_F(Message, OfDefaultsIsNoBytesOrAnEmptyObject) {
    std::string body = "x";
    ASSERT_TRUE(encode(CheckWindowResponse(), Codec::proto, body).ok());
    EXPECT_EQ(body, "");
    ASSERT_TRUE(encode(CheckWindowResponse(), Codec::json, body).ok());
    EXPECT_EQ(body, "{}");
}

TEST_F(Message, WithoutARequiredFieldIsRefusedByItsName) {
    google::protobuf::UninterpretedOption::NamePart part;
    part.set_name_part("a");
    std::string body;
    for (const Codec codec : {Codec::proto, Codec::json}) {
        const auto status = encode(part, codec, body);
        EXPECT_EQ(status.code(), Code::internal);
        EXPECT_THAT(std::string(status.message()), HasSubstr("lacks required fields: is_extension"));
    }
    const auto read = decode("\x0a\x01\x61", Codec::proto, part);
    EXPECT_EQ(read.code(), Code::invalid_argument);
    EXPECT_THAT(std::string(read.message()), HasSubstr("it lacks required fields: is_extension"));
}

TEST_F(Message, OfNoBytesIsTheEmptyOneInEitherCodec) {
    for (const Codec codec : {Codec::proto, Codec::json}) {
        CheckWindowResponse response;
        response.set_found(true);
        EXPECT_TRUE(decode("", codec, response).ok());
        EXPECT_FALSE(response.found());
    }
}

TEST_F(Message, IgnoresFieldsItDoesNotKnowInEitherCodec) {
    CheckWindowResponse response;
    EXPECT_TRUE(decode(std::string("\x08\x01\x98\x06\x05", 5), Codec::proto, response).ok());
    EXPECT_TRUE(response.found());
    EXPECT_TRUE(decode(R"({"found":true,"later":[{"a":1}]})", Codec::json, response).ok());
    EXPECT_TRUE(response.found());
}

TEST_F(Message, ThatIsMalformedIsAnInvalidArgument) {
    const std::pair<Codec, std::string> rows[] = {
        {Codec::proto, "\xff"},
        {Codec::proto, "\x0a\x7f short"},
        {Codec::proto, std::string("\x00\x01", 2)},
        {Codec::proto, "\x1a\x02\xc3\x28"},  // `pattern` that is not UTF-8
        {Codec::proto, "CAE="},
        {Codec::json, "\x08\x01"},
        {Codec::json, "[]"},
        {Codec::json, "{"},
        {Codec::json, R"({"limit":-1})"},
        {Codec::json, R"({"limit":1.5})"},
        {Codec::json, R"({"time":"yesterday"})"},
        {Codec::json, "{\"pattern\":\"\xff\"}"},
        {Codec::json, std::string(100'000, '[')},
    };
    for (const auto& [codec, body] : rows) {
        FindMessagesRequest request;
        const Status status = decode(body, codec, request);
        EXPECT_EQ(status.code(), Code::invalid_argument) << codec << " " << body.substr(0, 40);
        EXPECT_THAT(status.message(), HasSubstr("logquery.v1.FindMessagesRequest"));
        EXPECT_EQ(status.message().find('\n'), std::string::npos);
    }
}

TEST_F(Message, ThatIsMalformedJsonSaysWhichFieldIsWrong) {
    FindMessagesRequest request;
    EXPECT_THAT(decode(R"({"time":"yesterday"})", Codec::json, request).message(), HasSubstr("time"));
    EXPECT_THAT(decode(R"({"limit":"many"})", Codec::json, request).message(), HasSubstr("limit"));
}

TEST_F(Message, WithATimeThatJsonCannotShowIsAnInternalError) {
    CheckWindowRequest request;
    request.mutable_time()->set_seconds(std::numeric_limits<std::int64_t>::max());
    std::string body;
    EXPECT_EQ(encode(request, Codec::json, body).code(), Code::internal);
    EXPECT_TRUE(encode(request, Codec::proto, body).ok());
}

TEST_F(Message, OfMegabytesIsTheSameBehindEitherCodec) {
    FindMessagesResponse response;
    for (int i = 0; i < 16; ++i) response.add_messages()->set_text(std::string(256 * 1024, 'x'));
    for (const Codec codec : {Codec::proto, Codec::json}) {
        std::string body;
        ASSERT_TRUE(encode(response, codec, body).ok());
        FindMessagesResponse decoded;
        ASSERT_TRUE(decode(body, codec, decoded).ok());
        EXPECT_TRUE(MessageDifferencer::Equals(decoded, response));
    }
}

}  // namespace
}  // namespace understudy::wire::message_test
