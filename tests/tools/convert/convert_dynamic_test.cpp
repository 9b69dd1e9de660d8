#include "tests/tools/convert/converted.hpp"
#include "tools/convert/convert.hpp"

#include <gtest/gtest.h>

namespace understudy::convert::convert_dynamic_test {
namespace {

std::string everything_from(std::string_view text) {
    return converted(text, *everything().make("test.Everything"));
}

struct Case {
    std::string_view text;
    std::string_view shown;
};

TEST(ConvertDynamic, WritesEveryKindOfField) {
    for (const auto& [text, shown] : {
             Case{"int32_field: -2147483648", "int32_field: -2147483648"},
             Case{"int64_field: '9223372036854775807'", "int64_field: 9223372036854775807"},
             Case{"uint32_field: 4294967295", "uint32_field: 4294967295"},
             Case{"uint64_field: 18446744073709551615", "uint64_field: 18446744073709551615"},
             Case{"sint32_field: -1", "sint32_field: -1"},
             Case{"sfixed64_field: -5", "sfixed64_field: -5"},
             Case{"fixed32_field: 5", "fixed32_field: 5"},
             Case{"float_field: 1.5", "float_field: 1.5"},
             Case{"double_field: NaN", "double_field: nan"},
             Case{"bool_field: true", "bool_field: true"},
             Case{"string_field: 'a b'", "string_field: \"a b\""},
             Case{"bytes_field: AAEC", "bytes_field: \"\\000\\001\\002\""},
             Case{"enum_field: WARN", "enum_field: WARN"},
             Case{"enum_field: 5", "enum_field: ERROR"},
             Case{"enum_field: 99", "enum_field: 99"},
             Case{"child: {child: {int32_field: 1}}", "child { child { int32_field: 1 } }"},
             Case{"child: {}", "child { }"},
             Case{"strings: [a, '', 'null']", "strings: \"a\" strings: \"\" strings: \"null\""},
             Case{"numbers: [1, '2', 3.0]", "numbers: 1 numbers: 2 numbers: 3"},
             Case{"levels: [INFO, 1]", "levels: INFO levels: WARN"},
             Case{"children: [{}, {int32_field: 1}]", "children { } children { int32_field: 1 }"},
             Case{"maybe: 0", "maybe: 0"},
             Case{"right: 0", "right: 0"},
             Case{"left: x", "left: \"x\""},
         }) {
        EXPECT_EQ(everything_from(text), shown) << text;
    }
}

TEST(ConvertDynamic, TakesNamesAndJsonNames) {
    EXPECT_EQ(everything_from("{int32Field: 1, int64_field: 2, '@other': 3}"),
              "int32_field: 1 int64_field: 2 renamed: 3");
    EXPECT_EQ(everything_from("renamed: 3"), "renamed: 3");
}

TEST(ConvertDynamic, WritesMaps) {
    for (const auto& [text, shown] : {
             Case{"labels: {a: b}", "labels { key: \"a\" value: \"b\" }"},
             Case{"labels: {}", ""},
             Case{"labels: {'': 1}", "labels { key: \"\" value: \"1\" }"},
             Case{"labels: {$$x: b}", "labels { key: \"$x\" value: \"b\" }"},
             Case{"labels: {$$$x: b}", "labels { key: \"$$x\" value: \"b\" }"},
             Case{"by_number: {-5: b}", "by_number { key: -5 value: \"b\" }"},
             Case{"by_number: {'7': b}", "by_number { key: 7 value: \"b\" }"},
             Case{"by_flag: {true: b}", "by_flag { key: true value: \"b\" }"},
             Case{"by_flag: {'false': b}", "by_flag { key: false value: \"b\" }"},
             Case{"child_by_name: {a: {int32_field: 1}}", "child_by_name { key: \"a\" value { int32_field: 1 } }"},
         }) {
        EXPECT_EQ(everything_from(text), shown) << text;
    }
}

TEST(ConvertDynamic, WritesWellKnownTypes) {
    for (const auto& [text, shown] : {
             Case{"time: 1970-01-01T00:00:01Z", "time { seconds: 1 }"},
             Case{"length: -0.5s", "length { nanos: -500000000 }"},
             Case{"mask: 'fooBar.baz,qux'", "mask { paths: \"foo_bar.baz\" paths: \"qux\" }"},
             Case{"structure: {a: 1}", "structure { fields { key: \"a\" value { number_value: 1 } } }"},
             Case{"value: null", "value { null_value: NULL_VALUE }"},
             Case{"value: [1]", "value { list_value { values { number_value: 1 } } }"},
             Case{"list: [a, ~]", "list { values { string_value: \"a\" } values { null_value: NULL_VALUE } }"},
             Case{"empty: {}", "empty { }"},
             Case{"wrapped_int64: '5'", "wrapped_int64 { value: 5 }"},
             Case{"wrapped_int64: 0", "wrapped_int64 { }"},
             Case{"wrapped_string: text", "wrapped_string { value: \"text\" }"},
             Case{"wrapped_string: null", ""},
             Case{"nothing: null", ""},
             Case{"nothing: NULL_VALUE", ""},
             Case{"values: [null, 1]", "values { null_value: NULL_VALUE } values { number_value: 1 }"},
             Case{"values: null", ""},
         }) {
        EXPECT_EQ(everything_from(text), shown) << text;
    }
}

TEST(ConvertDynamic, WritesTheGroundOfProto2) {
    DynamicTypes& types = everything();
    EXPECT_EQ(converted("{id: 1, closed: TWO, '[old.extra]': more}", *types.make("old.Legacy")),
              "id: 1 closed: TWO [old.extra]: \"more\"");
    EXPECT_EQ(converted("{id: 1, closed: 2}", *types.make("old.Legacy")), "id: 1 closed: TWO");
    EXPECT_EQ(converted("{id: 1, closed: 3}", *types.make("old.Legacy")),
              "a.yaml:1:17: '3' is not a value of old.Closed");
    EXPECT_EQ(converted("{closed: 1}", *types.make("old.Legacy")), "a.yaml:1:1: the required field 'id' is missing");
    EXPECT_EQ(converted("{id: 1, child: {}}", *types.make("old.Legacy")),
              "a.yaml:1:1: the required field 'child.id' is missing");
    EXPECT_EQ(converted("{id: 1, '[old.extr]': x}", *types.make("old.Legacy")),
              "a.yaml:1:9: unknown field '[old.extr]' in old.Legacy (did you mean '[old.extra]'?)");
    EXPECT_EQ(converted("{id: 1, extra: x}", *types.make("old.Legacy")),
              "a.yaml:1:9: unknown field 'extra' in old.Legacy (did you mean '[old.extra]'?)");
}

}  // namespace
}  // namespace understudy::convert::convert_dynamic_test
