#include "tools/loggen/message.hpp"

#include "handler/logquery/log_line.hpp"
#include "handler/logquery/pattern.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

namespace understudy::loggen {
namespace {

using namespace std::chrono_literals;

TEST(Message, TheLevelIsPaddedAsLogbackDoes) {
    std::string line;
    append_head(line, 9h + 8min + 7s + 6ms, "main", "INFO", "GenerateLogData$");
    EXPECT_EQ(line, "09:08:07.006 [main] INFO  GenerateLogData$ - ");
    line.clear();
    append_head(line, 23h + 59min + 59s + 999ms, "t", "ERROR", "a");
    EXPECT_EQ(line, "23:59:59.999 [t] ERROR a - ");
}

TEST(Message, SharesLengthsAndPatternAreThoseOfTheRealGenerator) {
    constexpr int kCount = 100'000;
    logquery::Pattern pattern;
    ASSERT_TRUE(logquery::Pattern::parse("([a-c][e-g][0-3]|[A-Z][5-9][f-w]){5,15}", pattern).ok());
    Random random(192837465);
    std::map<std::string, int, std::less<>> levels;
    std::map<char, int> characters;
    int with_pattern = 0;
    std::size_t shortest = 1000, longest = 0;
    for (int i = 0; i < kCount; ++i) {
        std::string line;
        append_message(line, std::chrono::milliseconds(i), random);
        const auto parts = logquery::parse_log_line(line);
        ASSERT_TRUE(parts) << line;
        ASSERT_EQ(parts->time, std::chrono::milliseconds(i));
        ASSERT_EQ(parts->thread, "scala-execution-context-global-17");
        ASSERT_FALSE(parts->logger.empty()) << line;
        ++levels[std::string(parts->level)];
        for (const char c : parts->text) ++characters[c];
        if (pattern.matches(parts->text)) {
            ++with_pattern;
            continue;
        }
        shortest = std::min(shortest, parts->text.size());
        longest = std::max(longest, parts->text.size());
    }
    EXPECT_NEAR(levels["ERROR"], kCount * 0.01, kCount * 0.002);
    EXPECT_NEAR(levels["WARN"], kCount * 0.19, kCount * 0.01);
    EXPECT_NEAR(levels["DEBUG"], kCount * 0.10, kCount * 0.01);
    EXPECT_NEAR(levels["INFO"], kCount * 0.70, kCount * 0.01);
    EXPECT_NEAR(with_pattern, kCount * 0.07, kCount * 0.005);
    EXPECT_EQ(shortest, 10u);
    EXPECT_EQ(longest, 50u);
    EXPECT_EQ(characters.size(), 95u);
    EXPECT_EQ(characters.begin()->first, ' ');
    EXPECT_EQ(characters.rbegin()->first, '~');
}

}  // namespace
}  // namespace understudy::loggen
