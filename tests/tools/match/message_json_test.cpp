// Messages that came as JSON, and what their schema does not know of them.
#include "tools/match/message_json.hpp"

#include "tests/tools/scenario/shop.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::match::message_json_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// The message and what is unknown in it, as JSON; or why it is none.
std::string read(const std::string& json, const std::string& type = "Everything") {
    const google::protobuf::LogSilencer quiet;
    const auto message = scenario::shop_message(type, "");
    const auto value = read_message_json(json, *message);
    return value ? to_text(value->value) : value.error().message();
}

TEST(MessageJsonValue, OnlyJsonIsReadAsAMessage) {
    EXPECT_EQ(read(R"({"int32":1})"), R"({"int32":1})");
    for (const char* broken : {"", "  ", "{int32:1}", "{'int32':1}", "{\"int32\":1,}", "{\"text\":\"a\nb\"}",
                               "{\"int32\":1} x", "{\"int32\":01}", "{\"real\":NaN}", "{\"int32\":1}{}"})
        EXPECT_THAT(read(broken), HasSubstr("not JSON")) << broken;
    EXPECT_EQ(read("{\"text\":\"\xff\"}"), "not UTF-8");
}

TEST(MessageJsonValue, AFieldIsThereOnceAndHoldsNoNullsAndNoTextsForBooleans) {
    EXPECT_EQ(read(R"({"int32":1,"int32":1})"), "the key \"int32\" is there several times");
    EXPECT_EQ(read(R"({"flag":"true"})"), "flag: \"true\" is no boolean");
    EXPECT_EQ(read(R"({"numbers":[1,null]})"), "numbers[1]: null is no element");
    EXPECT_EQ(read(R"({"items":[{},null]})"), "items[1]: null is no element");
    EXPECT_EQ(read(R"({"counts":{"a":null}})"), "counts.a: null is no element");
    EXPECT_EQ(read(R"({"flag":null,"item":null,"numbers":null,"structure":{"a":[null]}})"),
              R"({"structure":{"a":[null]}})");
}

TEST(MessageJsonValue, WhatTheSchemaDoesNotKnowStandsWhereItWas) {
    const auto message = scenario::shop_message("Everything", "");
    const auto read = read_message_json(
        R"({"text":"a","zz":1,"items":[{},{"name":"b","qq":null}],"shelf":{"7":{"rr":[2]}},
            "any":{"@type":"type.googleapis.com/shop.Item","name":"c","ss":{}},"structure":{"tt":1}})",
        *message);
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_FALSE(read->whole);
    EXPECT_TRUE(read->named);
    EXPECT_EQ(to_text(read->value), R"({"text":"a","items":[{},{"name":"b","qq":null}],"shelf":{"7":{"rr":[2]}},)"
                                    R"("any":{"@type":"shop.Item","name":"c","ss":{}},"structure":{"tt":1},"zz":1})");
    EXPECT_EQ(read->value.find("zz")->naming, Naming::unknown);
    EXPECT_THAT(message->ShortDebugString(), HasSubstr(R"(items { } items { name: "b" })"));
}

TEST(MessageJsonValue, AKeyIsTheSameInEverySpelling) {
    EXPECT_EQ(read(R"({"shelf":{"07":{"zz":1},"-8e0":{"yy":2}}})"), R"({"shelf":{"-8":{"yy":2},"7":{"zz":1}}})");
    EXPECT_EQ(read(R"({"pauses":{"00":"1s"},"bytes":{"1.0":"YQ=="}})", "Kinds"),
              R"({"pauses":{"0":"1s"},"bytes":{"1":"hex:61"}})");
}

TEST(MessageJsonValue, AnAnyOfATypeThatTheSchemaHasNotIsItsJson) {
    EXPECT_EQ(read(R"({"any":{"a":[1.50],"@type":"example.com/x.Y","b":{"c":null}}})"),
              R"({"any":{"@type":"x.Y","a":[1.50],"b":{"c":null}}})");
    EXPECT_EQ(read(R"({"any":{"@type":"type.googleapis.com/x.Y"}})"), R"({"any":{"@type":"x.Y"}})");
    const auto message = scenario::shop_message("Everything", "");
    const auto value = read_message_json(R"({"any":{"@type":"t/x.Y","a":1}})", *message);
    EXPECT_FALSE(value->whole);
    EXPECT_TRUE(value->named);
}

TEST(MessageJsonValue, AListInAnAnyIsReadThoughProtobufDoesNot) {
    EXPECT_EQ(read(R"({"any":{"@type":"t/google.protobuf.ListValue","value":[1,[null]]}})"),
              R"({"any":{"@type":"google.protobuf.ListValue","value":[1,[null]]}})");
}

TEST(MessageJsonValue, WhatIsUnknownInAnAnyInAnAnyStandsWhereItWas) {
    EXPECT_EQ(read(R"({"any":{"@type":"t/google.protobuf.Any","value":{"@type":"t/shop.Item","zz":1}}})"),
              R"({"any":{"@type":"google.protobuf.Any","value":{"@type":"shop.Item","zz":1}}})");
    EXPECT_EQ(read(R"({"any":{"@type":"t/google.protobuf.Any","value":{"@type":"t/x.Y","a":1}}})"),
              R"({"any":{"@type":"google.protobuf.Any","value":{"@type":"x.Y","a":1}}})");
    EXPECT_EQ(read(R"({"any":{"@type":"t/google.protobuf.Duration","value":"1s","zz":1}})"),
              R"({"any":{"@type":"google.protobuf.Duration","value":"1s","zz":1}})");
}

TEST(MessageJsonValue, ANameThatAnEnumHasNotIsTheFieldsValue) {
    EXPECT_EQ(read(R"({"size":"HUGE","item":{"size":"TINY"}})"), R"({"size":"HUGE","item":{"size":"TINY"}})");
    EXPECT_EQ(read(R"({"sizes":["HUGE",1],"named":{"a":"HUGE"}})", "Kinds"),
              R"({"sizes":["HUGE","SMALL"],"named":{"a":"HUGE"}})");
    const auto message = scenario::shop_message("Everything", "");
    EXPECT_FALSE(read_message_json(R"({"size":"HUGE"})", *message)->named);
}

TEST(MessageJsonValue, OfAnEnumOfProto2ANameThatItHasNotIsAnUnknownField) {
    const auto message = scenario::old()->make_message(*scenario::old()->find_method("old.Old/Paint")->input_type());
    const auto read =
        read_message_json(R"({"hue":"PINK","hues":["RED","PINK","GREEN"],"by_name":{"a":"PINK"}})", *message);
    ASSERT_TRUE(read) << read.error().message();
    EXPECT_TRUE(read->named);
    EXPECT_EQ(message->ShortDebugString(), "hues: RED hues: GREEN");
    std::vector<std::string> unknown;
    for (const auto& member : read->value.members) {
        if (member.naming == Naming::unknown) unknown.push_back(to_step(member) + ' ' + to_text(member.value));
    }
    EXPECT_THAT(unknown, ElementsAre(".field 1 (not in the schema) \"PINK\"", ".field 2 (not in the schema) \"PINK\"",
                                     ".field 3 (not in the schema) \"PINK\""));
}

TEST(MessageJsonValue, AFieldUnderBothItsNamesIsRefused) {
    const auto labels = std::get<std::shared_ptr<const scenario::Descriptors>>(scenario::read_descriptors(
        {.proto_files = {"shop/names.proto"}, .import_paths = {scenario::schema_folder()}, .descriptor_set = ""}));
    const auto message = labels->make_message(*labels->find_method("shop.Names/List")->input_type());
    const auto read = read_message_json(R"({"displayName":"a","display_name":"b"})", *message);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().message(), "'displayName' and 'display_name' are names of one field");
}

}  // namespace
}  // namespace understudy::match::message_json_test
