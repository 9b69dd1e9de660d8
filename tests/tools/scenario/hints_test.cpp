#include "tools/scenario/hints.hpp"

#include "tests/tools/scenario/shop.hpp"
#include "tools/scenario/request_hints.hpp"
#include "tools/scenario/wire_scan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::scenario::hints_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> hints(std::string_view body) {
    return to_hints(body, *shop_message("Item", ""));
}

TEST(Hints, Base64TextOfTheMessageIsRecognised) {
    EXPECT_THAT(hints("CgFh"), ElementsAre(HasSubstr("base64 text")));  // name: "a"
}

TEST(Hints, Base64TextOfSomethingElseIsNot) {
    EXPECT_THAT(hints("////"), IsEmpty());
    EXPECT_THAT(hints("CgFh!"), IsEmpty());
    EXPECT_THAT(hints(""), IsEmpty());
}

TEST(Hints, ReplacedBytesAreRecognised) {
    EXPECT_THAT(hints("\x0A\xEF\xBF\xBD\xEF\xBF\xBD"), ElementsAre(HasSubstr("EF BF BD")));
}

TEST(Hints, AFrameBeforeTheMessageIsRecognised) {
    EXPECT_THAT(hints(std::string_view("\0\0\0\0\3\x0A\1a", 8)), ElementsAre(HasSubstr("framed message")));
    EXPECT_THAT(hints(std::string_view("\0\0\0\0\0", 5)), ElementsAre(HasSubstr("framed message")));
}

TEST(Hints, AnotherLengthIsNoFrame) {
    EXPECT_THAT(hints(std::string_view("\0\0\0\0\4\x0A\1a", 8)), IsEmpty());
    EXPECT_THAT(hints(std::string_view("\0\0\0\0", 4)), IsEmpty());
    EXPECT_THAT(hints(std::string_view("\0\0\0\0\2\x0A\1", 7)), IsEmpty());  // The message inside is cut.
}

TEST(Hints, ARequestThatIsFramedOrBareWhereItShouldBeTheOtherIsRecognised) {
    const std::string_view bare("\x0A\1a", 3), framed("\0\0\0\0\3\x0A\1a", 8);
    const auto of = [](std::string_view type, std::string_view body) {
        return to_framing_hints(type, body, *shop_message("Item", ""));
    };
    EXPECT_THAT(of("application/proto", framed), ElementsAre(HasSubstr("'application/proto' takes the bare one")));
    EXPECT_THAT(of("application/proto", bare), IsEmpty());
    EXPECT_THAT(of("application/grpc-web+proto", bare), ElementsAre(HasSubstr("takes a framed one")));
    EXPECT_THAT(of("application/connect+proto", bare), ElementsAre(HasSubstr("takes a framed one")));
    EXPECT_THAT(of("application/grpc-web+proto", framed), IsEmpty());
    EXPECT_THAT(of("application/proto", ""), IsEmpty());
    EXPECT_THAT(of("application/json", framed), IsEmpty());
}

TEST(Hints, ARequestInTheWrongAlphabetIsRecognised) {
    const std::string_view bare("\x0A\1a", 3), framed("\0\0\0\0\3\x0A\1a", 8);
    std::string doubled("\0\0\0\0\x08", 5);
    doubled += framed;
    const auto of = [](std::string_view type, std::string_view body) {
        return to_framing_hints(type, body, *shop_message("Item", ""));
    };
    EXPECT_THAT(of("application/proto; charset=x", "CgFh"),
                ElementsAre(HasSubstr("base64 text, and 'application/proto' takes")));
    EXPECT_THAT(of("application/grpc-web+proto", "AAAAAAMKAWE="), ElementsAre(HasSubstr("base64 text")));
    EXPECT_THAT(of("application/proto", R"({"name":"a"})"), ElementsAre(HasSubstr("looks like JSON")));
    EXPECT_THAT(of("application/grpc-web-text", framed), ElementsAre(HasSubstr("takes it as base64 text")));
    EXPECT_THAT(of("application/grpc-web-text", "CgFh"), ElementsAre(HasSubstr("takes a framed one, as base64")));
    EXPECT_THAT(of("application/grpc-web-text", "AAAAAAMKAWE="), IsEmpty());
    EXPECT_THAT(of("application/grpc-web+proto", doubled), ElementsAre(HasSubstr("holds another frame")));
    EXPECT_THAT(of("text/plain", framed), IsEmpty());
    EXPECT_THAT(of("application/proto", std::string_view("\xFF\xFF", 2)), IsEmpty());
}

TEST(Hints, OtherFormsOfBase64AreRecognised) {
    EXPECT_THAT(hints("\"CgFh\""), ElementsAre(HasSubstr("base64 in a JSON string")));
    EXPECT_THAT(hints("CgE_"), ElementsAre(HasSubstr("base64 for URLs")));
    EXPECT_THAT(hints("CgJhYg"), ElementsAre(HasSubstr("without padding")));
}

TEST(Hints, BytesWrittenAsUtf8AreRecognised) {
    const std::string twice("\x0A\x02\xC3\x83\xC2\xA9", 6);  // name: "é", its two bytes taken for characters.
    EXPECT_THAT(hints(twice), ElementsAre(HasSubstr("each byte above 7F written as UTF-8")));
}

TEST(Hints, WholeFormatsAreRecognised) {
    EXPECT_THAT(hints("\x1F\x8B\x08"), ElementsAre(HasSubstr("gzip")));
    EXPECT_THAT(hints(" {\"name\":\"a\"}"), ElementsAre(HasSubstr("looks like JSON")));
    EXPECT_THAT(hints("<html>"), ElementsAre(HasSubstr("page of HTML")));
}

TEST(Hints, TrailersBehindAFrameAreNoHindrance) {
    EXPECT_THAT(hints(std::string_view("\0\0\0\0\3\x0A\1a\x80\0\0\0\0", 13)), ElementsAre(HasSubstr("framed message")));
}

TEST(Hints, ABodyThatShouldBeJsonIsExplainedToo) {
    EXPECT_THAT(to_json_hints(""), ElementsAre(HasSubstr("the body is empty")));
    EXPECT_THAT(to_json_hints("eyJhIjoxfQ=="), ElementsAre(HasSubstr("JSON as base64 text")));
    EXPECT_THAT(to_json_hints("\x1F\x8B\x08"), ElementsAre(HasSubstr("gzip")));
    EXPECT_THAT(to_json_hints("{\"a\":"), IsEmpty());
}

TEST(Hints, AGatewaysOwnAnswersAreExplained) {
    struct Row {
        int status;
        const char* body;
        const char* hint;
    };
    const Row rows[] = {
        {403, R"({"message":"Missing Authentication Token"})", "no such route"},
        {403, R"({"message":"Forbidden"})", "API key"},
        {403, R"({"Message":"User is not authorized to access this resource"})", "authorizer's policy"},
        {401, R"({"message":"Unauthorized"})", "no token"},
        {404, R"({"message":"Not Found"})", "no route"},
        {413, R"({"message":"Request Too Long"})", "4.5 MB"},
        {429, R"({"message":"Too Many Requests"})", "throttled"},
        {500, R"({"message":"Internal Server Error"})", "its own log"},
        {502, R"({"message": "Internal server error"})", "no proxy reply"},
        {503, R"({"message":"Service Unavailable"})", "throttled"},
        {504, R"({"message":"Endpoint request timed out"})", "timeout"},
        {200, R"({"isBase64Encoded":true,"body":"CgFh"})", "whole reply"},
    };
    for (const auto& row : rows)
        EXPECT_THAT(to_status_hints(row.status, row.body), ElementsAre(HasSubstr(row.hint))) << row.body;
    EXPECT_THAT(to_status_hints(404, R"({"code":"not_found"})"), IsEmpty());
    EXPECT_THAT(to_status_hints(200, R"({"statusCode":200,"isBase64Encoded":true})"), IsEmpty());
}

std::string misfit(std::string_view bytes) {
    const auto found = find_misfit(bytes, *shop_message("Item", "")->GetDescriptor());
    return found ? std::to_string(found->offset) + ' ' + found->why : "";
}

TEST(WireScan, FindsTheByteThatDecodingDoesNotGetPast) {
    EXPECT_EQ(misfit("\x0A\x01"
                     "a"),
              "");
    EXPECT_EQ(misfit(""), "");
    EXPECT_EQ(misfit("\x0A\x05"
                     "ab"),
              "2 field 1 (name) has 5 bytes, and 2 are left");
    EXPECT_EQ(misfit("\x0A\x01\xFF"), "2 field 1 (name) is not UTF-8");
    EXPECT_EQ(misfit("\x0A\x01"
                     "a\x07"),
              "3 there is no field 0");
    EXPECT_EQ(misfit("\x0A\x01"
                     "a\x9F\x01"),
              "3 field 19 has wire type 7, which does not exist");
    EXPECT_EQ(misfit("\x78\x80"), "1 field 15 is cut off");
    EXPECT_EQ(misfit("\x80"), "0 a field's number is cut off");
    EXPECT_EQ(misfit("\x78\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"), "1 field 15 is longer than ten bytes");
    EXPECT_EQ(misfit("\x7D\x01"), "1 field 15 has 4 bytes, and 1 is left");
    EXPECT_EQ(misfit("\x79\x01"), "1 field 15 has 8 bytes, and 1 is left");
    EXPECT_EQ(misfit("\x0C"), "0 a group ends that did not begin");
    EXPECT_EQ(misfit("\x7B\x08\x01"), "3 group 15 has no end");
    EXPECT_EQ(misfit("\x7B\x08\x01\x7C"), "");
}

TEST(WireScan, KnowsExtensionsAndGroups) {
    const auto& type = *old()->find_method("old.Old/Keep")->input_type();
    const auto misfit = [&](std::string_view bytes) { return find_misfit(bytes, type).value_or(Misfit()).why; };
    EXPECT_EQ(misfit("\xA2\x06\x05"), "field 100 ([old.note]) has 5 bytes, and 0 are left");
    EXPECT_EQ(misfit("\x2B\x0A\x05\x61"), "field 1 (text) has 5 bytes, and 1 is left");
    EXPECT_EQ(misfit("\x2B\x0A\x01\x61\x2C"), "");
}

TEST(WireScan, AgreesWithTheParser) {
    const auto prototype = shop_message("Everything", "");
    std::uint32_t random = 1;
    for (int i = 0; i < 20'000; ++i) {
        std::string bytes;
        for (int length = i % 12; length > 0; --length) {
            random = random * 1'664'525 + 1'013'904'223;
            // Small numbers make fields that exist.
            bytes += static_cast<char>((random >> 16) % 3 == 0 ? random >> 24 : (random >> 24) % 16);
        }
        const std::unique_ptr<google::protobuf::Message> message(prototype->New());
        const bool parsed = message->ParseFromString(bytes);
        EXPECT_EQ(find_misfit(bytes, *prototype->GetDescriptor()).has_value(), !parsed)
            << testing::PrintToString(bytes);
    }
}

}  // namespace
}  // namespace understudy::scenario::hints_test
