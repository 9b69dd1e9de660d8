#include "tools/convert/scalar.hpp"

#include "tests/tools/convert/converted.hpp"
#include "tools/convert/yaml_json.hpp"

#include <google/protobuf/struct.pb.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace understudy::convert::scalar_test {
namespace {

template <class T>
std::string shown(const source::Result<T>& result) {
    if (!result) return result.error().message();
    if constexpr (std::is_same_v<T, std::string>)
        return *result;
    else
        return std::to_string(*result);
}

struct Case {
    std::string_view text;
    std::string_view shown;
};

TEST(WholeNumber, IsReadToTheLastDigit) {
    for (const auto& [text, expected] : {
             Case{"0", "0"},
             Case{"-0", "0"},
             Case{"42", "42"},
             Case{"'42'", "42"},
             Case{"\"-7\"", "-7"},
             Case{"+5", "5"},
             Case{"9223372036854775807", "9223372036854775807"},
             Case{"-9223372036854775808", "-9223372036854775808"},
             Case{"1.0", "1"},
             Case{"1e3", "1000"},
             Case{"1.5e1", "15"},
             Case{"120e-1", "12"},
             Case{"0e999999999", "0"},
             Case{"9.223372036854775807e18", "9223372036854775807"},
             Case{"0x1F", "31"},
             Case{"0o17", "15"},
             Case{"1E+2", "100"},
             Case{"0.0", "0"},
         }) {
        EXPECT_EQ(shown(to_int64(load(text))), expected) << text;
    }
}

TEST(WholeNumber, IsRefusedWhereItIsNone) {
    for (const auto& [text, expected] : {
             Case{"abc", "'abc' is not a whole number"},
             Case{"1.5", "'1.5' is not a whole number"},
             Case{"1e-1", "'1e-1' is not a whole number"},
             Case{"007", "'007' is not a whole number"},
             Case{"''", "'' is not a whole number"},
             Case{"' 1'", "' 1' is not a whole number"},
             Case{"1_000", "'1_000' is not a whole number"},
             Case{"0x", "'0x' is not a whole number"},
             Case{"0x-1", "'0x-1' is not a whole number"},
             Case{"'0x1F'", "'0x1F' is not a whole number"},
             Case{"0xG", "'0xG' is not a whole number"},
             Case{"'1.'", "'1.' is not a whole number"},
             Case{"1e", "'1e' is not a whole number"},
             Case{"1e+-2", "'1e+-2' is not a whole number"},
             Case{"--1", "'--1' is not a whole number"},
             Case{"true", "'true' is not a whole number"},
             Case{"NaN", "'NaN' is not a whole number"},
             Case{"[1]", "a sequence is not a whole number"},
             Case{"{a: 1}", "a mapping is not a whole number"},
             Case{"~", "null is not a whole number"},
             Case{"9223372036854775808", "'9223372036854775808' is out of the range of int64"},
             Case{"-9223372036854775809", "'-9223372036854775809' is out of the range of int64"},
             Case{"1e19", "'1e19' is out of the range of int64"},
             Case{"1e2000000000", "'1e2000000000' is out of the range of int64"},
             Case{"0xFFFFFFFFFFFFFFFF", "'0xFFFFFFFFFFFFFFFF' is out of the range of int64"},
         }) {
        EXPECT_EQ(shown(to_int64(load(text))), expected) << text;
    }
}

TEST(WholeNumber, HasTheRangeOfItsType) {
    EXPECT_EQ(shown(to_int32(load("2147483647"))), "2147483647");
    EXPECT_EQ(shown(to_int32(load("-2147483648"))), "-2147483648");
    EXPECT_EQ(shown(to_int32(load("2147483648"))), "'2147483648' is out of the range of int32");
    EXPECT_EQ(shown(to_uint32(load("4294967295"))), "4294967295");
    EXPECT_EQ(shown(to_uint32(load("4294967296"))), "'4294967296' is out of the range of uint32");
    EXPECT_EQ(shown(to_uint32(load("-1"))), "'-1' is out of the range of uint32");
    EXPECT_EQ(shown(to_uint32(load("-0"))), "0");
    EXPECT_EQ(shown(to_uint64(load("18446744073709551615"))), "18446744073709551615");
    EXPECT_EQ(shown(to_uint64(load("18446744073709551616"))), "'18446744073709551616' is out of the range of uint64");
}

TEST(FloatingNumber, IsRead) {
    EXPECT_EQ(*to_double(load("1.5")), 1.5);
    EXPECT_EQ(*to_double(load("'-2.5e-3'")), -2.5e-3);
    EXPECT_EQ(*to_double(load("+1")), 1.0);
    EXPECT_EQ(*to_double(load("1.7976931348623157e308")), std::numeric_limits<double>::max());
    EXPECT_EQ(*to_double(load(".5")), 0.5);
    EXPECT_EQ(*to_double(load("-.5e1")), -5.0);
    EXPECT_EQ(*to_double(load("+5.")), 5.0);
    EXPECT_EQ(*to_double(load("5.e-1")), 0.5);
    EXPECT_EQ(*to_double(load("1e-400")), 0.0);
    EXPECT_TRUE(std::signbit(*to_double(load("-1e-400"))));
    EXPECT_EQ(*to_float(load("3.4028235e38")), std::numeric_limits<float>::max());
    EXPECT_EQ(*to_float(load("1e-60")), 0.0F);
    EXPECT_EQ(*to_float(load("16777217")), 16777216.0F);
}

TEST(PlainNumber, IsWhatYamlTakesForOneInTheSpellingOfJson) {
    const std::pair<const char*, const char*> table[] = {{".5", "0.5"},
                                                         {"-.5", "-0.5"},
                                                         {"+.5", "0.5"},
                                                         {"5.", "5"},
                                                         {"-5.e3", "-5e3"},
                                                         {"+1", "1"},
                                                         {"5", "5"},
                                                         {"'.5'", R"(".5")"},
                                                         {"5.x", R"("5.x")"},
                                                         {".", R"(".")"},
                                                         {"+-1", R"("+-1")"},
                                                         {"..5", R"("..5")"},
                                                         {"1.2.", R"("1.2.")"},
                                                         {"007.", R"("007.")"},
                                                         {"1..2", R"("1..2")"},
                                                         {"0..1", R"("0..1")"},
                                                         {"1..2e3", R"("1..2e3")"},
                                                         {"1e5.", R"("1e5.")"},
                                                                                                          {"+.e1", R"("+.e1")"}};
    for (const auto& [yaml, json] : table) EXPECT_EQ(to_json(load(yaml)).value(), json) << yaml;
    EXPECT_EQ(*to_int32(load("5.")), 5);
}

TEST(FloatingNumber, MayBeNamed) {
    for (const std::string_view text : {"NaN", "'NaN'", ".nan", ".NaN", ".NAN"})
        EXPECT_TRUE(std::isnan(*to_double(load(text)))) << text;
    for (const std::string_view text : {"Infinity", "\"Infinity\"", ".inf", "+.inf", ".Inf", ".INF"}) {
        EXPECT_EQ(*to_double(load(text)), std::numeric_limits<double>::infinity()) << text;
    }
    for (const std::string_view text : {"-Infinity", "-.inf"}) {
        EXPECT_EQ(*to_float(load(text)), -std::numeric_limits<float>::infinity()) << text;
    }
    EXPECT_EQ(shown(to_double(load("'.inf'"))), "'.inf' is not a number");
    EXPECT_EQ(shown(to_double(load("'.nan'"))), "'.nan' is not a number");
}

TEST(FloatingNumber, IsRefusedWhereItIsNoneOrTooLarge) {
    for (const std::string_view text : {"abc", "1,5", "nan", "inf", "'.5'", "'5.'", ".", "-.", ".e5", "5..", "0x1p3",
                                        "''", "[1]", "infinity", "01.5"}) {
        EXPECT_FALSE(to_double(load(text))) << text;
    }
    EXPECT_EQ(shown(to_double(load("1e400"))), "'1e400' is out of the range of double");
    EXPECT_EQ(shown(to_double(load("-1e400"))), "'-1e400' is out of the range of double");
    EXPECT_EQ(shown(to_float(load("3.5e38"))), "'3.5e38' is out of the range of float");
}

TEST(Boolean, IsPlainTrueOrFalse) {
    for (const std::string_view text : {"true", "True", "TRUE"}) EXPECT_TRUE(*to_bool(load(text)));
    for (const std::string_view text : {"false", "False", "FALSE"}) EXPECT_FALSE(*to_bool(load(text)));
    EXPECT_EQ(to_string(to_bool(load("yes")).error()), "a.yaml:1:1: 'yes' is not true or false (write true)");
    EXPECT_EQ(to_string(to_bool(load("Off")).error()), "a.yaml:1:1: 'Off' is not true or false (write false)");
    EXPECT_EQ(to_string(to_bool(load("'true'")).error()),
              "a.yaml:1:1: 'true' is not true or false (write it without quotes)");
    EXPECT_EQ(shown(to_bool(load("1"))), "'1' is not true or false");
    EXPECT_EQ(shown(to_bool(load("[true]"))), "a sequence is not true or false");
}

TEST(Text, IsAnyScalarAsWritten) {
    for (const auto& [text, expected] : {
             Case{"1.0", "1.0"},
             Case{"true", "true"},
             Case{"'null'", "null"},
             Case{"''", ""},
             Case{"\"a\\nb\"", "a\nb"},
             Case{"|\n  a\n  b\n", "a\nb\n"},
             Case{"012", "012"},
             Case{"null", "null is not a text"},
             Case{"[a]", "a sequence is not a text"},
         }) {
        EXPECT_EQ(shown(to_text(load(text))), expected) << text;
    }
}

TEST(Bytes, AreBase64OfEitherAlphabetPaddedOrNot) {
    for (const auto& [text, expected] : {
             Case{"aGVsbG8=", "hello"},
             Case{"aGVsbG8", "hello"},
             Case{"''", ""},
             Case{"+/+/", "\xFB\xFF\xBF"},
             Case{"-_-_", "\xFB\xFF\xBF"},
             Case{"YQ==", "a"},
             Case{"YQ", "a"},
             Case{"1234", "\xD7\x6D\xF8"},
             Case{"'hex:'", ""},
             Case{"hex:00ffAb", std::string_view("\0\xFF\xAB", 3)},
             Case{"!!binary |\n  aGVs\n  bG8=\n", "hello"},
         }) {
        EXPECT_EQ(shown(to_bytes(load(text))), expected) << text;
    }
}

TEST(Bytes, AreRefusedInAnyOtherForm) {
    for (const std::string_view text :
         {"a", "YQ=", "YQ===", "Y=Q=", "YQ==YQ==", "aGVs bG8=", "äöü!", "=", "[a]", "null", "a.b=", "aGVsbG8=="}) {
        EXPECT_FALSE(to_bytes(load(text))) << text;
    }
    EXPECT_EQ(to_string(to_bytes(load("'a b'")).error()),
              "a.yaml:1:1: 'a b' is not base64 (write bytes as base64, or as hex:0a1b)");
    EXPECT_EQ(shown(to_bytes(load("hex:0"))), "'hex:0' is not pairs of hexadecimal digits");
    EXPECT_EQ(shown(to_bytes(load("hex:0g"))), "'hex:0g' is not pairs of hexadecimal digits");
    EXPECT_EQ(shown(to_bytes(load("hex:-1"))), "'hex:-1' is not pairs of hexadecimal digits");
}

TEST(EnumNumber, IsGivenByNameOrNumber) {
    const auto& type = *google::protobuf::NullValue_descriptor();
    EXPECT_EQ(shown(to_enum_number(load("NULL_VALUE"), type)), "0");
    EXPECT_EQ(shown(to_enum_number(load("'NULL_VALUE'"), type)), "0");
    EXPECT_EQ(shown(to_enum_number(load("17"), type)), "17");
    EXPECT_EQ(shown(to_enum_number(load("-3"), type)), "-3");
    EXPECT_EQ(to_string(to_enum_number(load("NULL_VALU"), type).error()),
              "a.yaml:1:1: 'NULL_VALU' is not a value of google.protobuf.NullValue (did you mean 'NULL_VALUE'?)");
    EXPECT_EQ(shown(to_enum_number(load("2147483648"), type)),
              "'2147483648' is not a value of google.protobuf.NullValue");
    EXPECT_EQ(shown(to_enum_number(load("{}"), type)), "a mapping is not a value of google.protobuf.NullValue");
}

TEST(PlainType, IsWhatJsonWouldHave) {
    struct TypeCase {
        std::string_view text;
        PlainType type;
    };
    for (const auto& [text, type] : {
             TypeCase{"", PlainType::null},
             TypeCase{"~", PlainType::null},
             TypeCase{"null", PlainType::null},
             TypeCase{"true", PlainType::boolean},
             TypeCase{"False", PlainType::boolean},
             TypeCase{"1", PlainType::number},
             TypeCase{"-1.5e3", PlainType::number},
             TypeCase{"0x1F", PlainType::number},
             TypeCase{".inf", PlainType::number},
             TypeCase{"NaN", PlainType::string},
             TypeCase{"Infinity", PlainType::string},
             TypeCase{"007", PlainType::string},
             TypeCase{"0xZ", PlainType::string},
             TypeCase{"'1'", PlainType::string},
             TypeCase{"!!str 1", PlainType::string},
             TypeCase{"yes", PlainType::string},
             TypeCase{"1.2.3", PlainType::string},
         }) {
        EXPECT_EQ(plain_type(load(text)), type) << text;
    }
}

TEST(Quote, ShortensAndFlattens) {
    EXPECT_EQ(quote(load("abc")), "'abc'");
    EXPECT_EQ(quote(load("|\n  a\n  b\n")), "'a b '");
    EXPECT_EQ(quote(load(std::string(100, 'x'))), '\'' + std::string(60, 'x') + "…'");
}

}  // namespace
}  // namespace understudy::convert::scalar_test
