#include "tools/replay/shortening.hpp"

#include "tools/replay/masking.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::replay {
namespace {

using testing::HasSubstr;
using testing::Not;

Compared compare_texts(const std::string& path, const std::string& expected, const std::string& actual) {
    Compared compared;
    compared.differences = {to_deviation(match::make_difference(path, expected, actual, {}))};
    return compared;
}

TEST(Shortening, LongValuesAreCutAroundWhereTheyPart) {
    const std::string before(5000, 'a');
    std::string after = before;
    after[3000] = 'b';
    Compared compared = compare_texts("body", before, after);
    shorten(compared);
    ASSERT_EQ(compared.differences.size(), 1U);
    EXPECT_LT(compared.differences.front().expected.size(), 400U);
    EXPECT_THAT(compared.differences.front().actual, HasSubstr("ab"));
}

TEST(Shortening, NoSecretIsLeftWhoseNameIsCutAway) {
    const std::string url = "\"https://b/?X-Amz-Security-Token=" + std::string(400, 't');
    Compared compared = compare_texts("headers.location", url + "OLD&a=1\"", url + "NEW&a=2\"");
    mask_secrets(compared);
    shorten(compared);
    ASSERT_EQ(compared.differences.size(), 1U);
    EXPECT_THAT(compared.differences.front().expected, HasSubstr("[redacted]&a=1"));
    EXPECT_THAT(compared.differences.front().actual, Not(HasSubstr("NEW")));
}

}  // namespace
}  // namespace understudy::replay
