#include "tools/convert/number_text.hpp"

#include "tests/tools/convert/converted.hpp"
#include "tools/convert/yaml_json.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <utility>

namespace understudy::convert::number_text_test {
namespace {

TEST(NumberText, AnExponentMayBeAsLargeAsOneLikes) {
    const auto decimal = parse_decimal("1e2147483648");
    ASSERT_TRUE(decimal);
    EXPECT_EQ(decimal->exponent, 2147483648);
    EXPECT_TRUE(decimal->exact);
    for (const char* beyond : {"1e9223372036854775808", "1.5E-99999999999999999999"}) {
        ASSERT_TRUE(parse_decimal(beyond)) << beyond;
        EXPECT_FALSE(parse_decimal(beyond)->exact) << beyond;
    }
    for (const char* none : {"1e", "1e+", "1e+-2", "1e-+2", "1e2.", "1e 2"}) EXPECT_FALSE(parse_decimal(none)) << none;
}

TEST(NumberText, ANumberWithALargeExponentIsSentAsItIsWritten) {
    EXPECT_EQ(*to_json(load("[1e2147483648, -1.5E-9223372036854775809, 1e2147483647]")),
              "[1e2147483648,-1.5E-9223372036854775809,1e2147483647]");
}

TEST(NumberText, ANumberOfYamlIsSpelledAsJsonHasIt) {
    const std::pair<const char*, const char*> rows[] = {
        {".5", "0.5"}, {"-.5", "-0.5"}, {"-5.", "-5"}, {"+1", "1"},    {"5.e3", "5e3"}, {"1.5", "1.5"},
        {"-0", "-0"},  {"", ""},        {".", "."},    {"+-1", "+-1"}, {"+1a", "+1a"},  {"01", "01"},
    };
    for (const auto& [plain, json] : rows) EXPECT_EQ(to_json_number(plain), json) << plain;
}

TEST(NumberText, AWholeNumberFitsItsTypeOrDoesNot) {
    std::int32_t number = 0;
    EXPECT_EQ(read_whole("-1.50e1", number), NumberFit::fits);
    EXPECT_EQ(number, -15);
    EXPECT_EQ(read_whole("2147483648", number), NumberFit::out_of_range);
    EXPECT_EQ(read_whole("1e99999999999999999999", number), NumberFit::out_of_range);
    for (const char* none : {"1.5", "1e-1", "1e-99999999999999999999", "", "a", "01", " 1"})
        EXPECT_EQ(read_whole(none, number), NumberFit::no_number) << none;
    std::uint64_t natural = 0;
    EXPECT_EQ(read_whole("-1", natural), NumberFit::out_of_range);
    EXPECT_EQ(read_whole("-0.0", natural), NumberFit::fits);
    EXPECT_EQ(natural, 0U);
}

TEST(NumberText, AFloatingNumberThatIsTooSmallIsZero) {
    float number = 1;
    for (const char* small : {"1e-60", "-1e-2147483649", "0e99999999999999999999"}) {
        EXPECT_EQ(read_floating(small, number), NumberFit::fits) << small;
        EXPECT_EQ(number, 0) << small;
    }
    EXPECT_EQ(read_floating("1e39", number), NumberFit::out_of_range);
    EXPECT_EQ(read_floating("1e2147483648", number), NumberFit::out_of_range);
    EXPECT_EQ(read_floating("inf", number), NumberFit::no_number);
}

}  // namespace
}  // namespace understudy::convert::number_text_test
