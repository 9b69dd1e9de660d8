#include "tests/tools/convert/converted.hpp"
#include "tools/convert/well_known.hpp"

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/wrappers.pb.h>
#include <gtest/gtest.h>

namespace understudy::convert::convert_well_known_test {
namespace {

namespace pb = google::protobuf;

std::string repeat(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

TEST(ConvertWellKnown, TimestampsAndDurationsSayHowTheyAreWritten) {
    EXPECT_EQ(converted<pb::Timestamp>("yesterday"),
              "a.yaml:1:1: 'yesterday' is not a timestamp (write it as 2024-05-01T12:00:00Z)");
    EXPECT_EQ(converted<pb::Timestamp>("{seconds: 1}"),
              "a.yaml:1:1: a mapping is not a timestamp (write it as 2024-05-01T12:00:00Z)");
    EXPECT_EQ(converted<pb::Timestamp>("~"), "a.yaml:1:1: null is not a timestamp (write it as 2024-05-01T12:00:00Z)");
    EXPECT_EQ(converted<pb::Duration>("10m"), "a.yaml:1:1: '10m' is not a duration (write it in seconds, as 1.5s)");
    EXPECT_EQ(converted<pb::Duration>("5"), "a.yaml:1:1: '5' is not a duration (write it in seconds, as 1.5s)");
}

TEST(ConvertWellKnown, FieldMasksAreCamelCase) {
    EXPECT_EQ(converted<pb::FieldMask>("''"), "");
    EXPECT_EQ(converted<pb::FieldMask>("a,bC.dE"), "paths: \"a\" paths: \"b_c.d_e\"");
    for (const std::string_view text : {"a_b", "a,", "',a'", "a,,b", "[a]", "~"}) {
        pb::FieldMask mask;
        EXPECT_EQ(problems_of(text, mask).size(), 1U) << text;
    }
}

TEST(ConvertWellKnown, WrappersAreTheirScalars) {
    EXPECT_EQ(converted<pb::DoubleValue>("Infinity"), "value: inf");
    EXPECT_EQ(converted<pb::FloatValue>("0.5"), "value: 0.5");
    EXPECT_EQ(converted<pb::UInt64Value>("18446744073709551615"), "value: 18446744073709551615");
    EXPECT_EQ(converted<pb::UInt32Value>("'5'"), "value: 5");
    EXPECT_EQ(converted<pb::Int32Value>("-5"), "value: -5");
    EXPECT_EQ(converted<pb::BoolValue>("true"), "value: true");
    EXPECT_EQ(converted<pb::StringValue>("x"), "value: \"x\"");
    EXPECT_EQ(converted<pb::BytesValue>("hex:61"), "value: \"a\"");
    EXPECT_EQ(converted<pb::Int32Value>("{value: 5}"), "a.yaml:1:1: a mapping is not a whole number");
}

TEST(ConvertWellKnown, ValuesTakeTheTypeTheyLookLike) {
    struct Case {
        std::string_view text;
        std::string_view shown;
    };
    for (const auto& [text, shown] : {
             Case{"~", "null_value: NULL_VALUE"},
             Case{"true", "bool_value: true"},
             Case{"1.5", "number_value: 1.5"},
             Case{"0x10", "number_value: 16"},
             Case{"text", "string_value: \"text\""},
             Case{"'1'", "string_value: \"1\""},
             Case{"'null'", "string_value: \"null\""},
             Case{"007", "string_value: \"007\""},
             Case{"NaN", "string_value: \"NaN\""},
             Case{"''", "string_value: \"\""},
             Case{"{}", "struct_value { }"},
             Case{"[]", "list_value { }"},
             Case{"{a: {b: [1]}}",
                  "struct_value { fields { key: \"a\" value { struct_value { fields { key: \"b\" value { list_value { "
                  "values { "
                  "number_value: 1 } } } } } } } }"},
             Case{".inf", "a.yaml:1:1: '.inf' is not a number of JSON"},
             Case{".nan", "a.yaml:1:1: '.nan' is not a number of JSON"},
             Case{"1e999", "a.yaml:1:1: '1e999' is out of the range of double"},
         }) {
        EXPECT_EQ(converted<pb::Value>(text), shown) << text;
    }
}

TEST(ConvertWellKnown, StructsTakeMappingsAndListsTakeSequences) {
    EXPECT_EQ(converted<pb::Struct>("{$$any: 1}"), "fields { key: \"$any\" value { number_value: 1 } }");
    EXPECT_EQ(converted<pb::Struct>("[1]"), "a.yaml:1:1: a sequence is not a mapping");
    EXPECT_EQ(converted<pb::ListValue>("x"), "a.yaml:1:1: 'x' is not a sequence (write [x])");
    EXPECT_EQ(
        converted<pb::Struct>("{a: {$any: 1}}"),
        "a.yaml:1:6: a matcher cannot stand here: the key '$any' begins with '$' (write '$$any' for a literal key)");
    EXPECT_THAT(converted<pb::Struct>("{'${y}': 1}"), testing::HasSubstr("(write '$$${y}' for a literal key)"));
}

TEST(ConvertWellKnown, ValuesMayBeAsDeepAsDocuments) {
    pb::Value value;
    EXPECT_TRUE(problems_of(repeat("[", 256) + repeat("]", 256), value).empty());
    value.Clear();
    EXPECT_TRUE(problems_of(repeat("{a: ", 255) + "1" + repeat("}", 255), value).empty());
}

TEST(ConvertWellKnown, FormsAreKnownByName) {
    EXPECT_EQ(json_form(*pb::Timestamp::descriptor()), JsonForm::timestamp);
    EXPECT_EQ(json_form(*pb::Value::descriptor()), JsonForm::value);
    EXPECT_EQ(json_form(*pb::BytesValue::descriptor()), JsonForm::wrapper);
    EXPECT_EQ(json_form(everything().type("test.Everything")), JsonForm::object);
    EXPECT_EQ(json_form(everything().type("google.protobuf.Empty")), JsonForm::object);
    EXPECT_EQ(json_form(everything().type("google.protobuf.Any")), JsonForm::any);
}

}  // namespace
}  // namespace understudy::convert::convert_well_known_test
