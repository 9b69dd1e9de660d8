#include "tools/loggen/generator.hpp"

#include "handler/logquery/log_line.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::loggen {
namespace {

using namespace std::chrono_literals;

constexpr LogTime kStart = std::chrono::sys_days(2026y / 1 / 5);

struct Made {
    std::string text;
    std::vector<LogTime> times;
};

Made make(const Plan& plan) {
    Generator generator(plan);
    Made made;
    while (!generator.finished()) {
        made.times.push_back(generator.time());
        const std::size_t before = made.text.size();
        generator.append_next(made.text);
        EXPECT_EQ(logquery::parse_time(std::string_view(made.text).substr(before)),
                  made.times.back() - std::chrono::floor<std::chrono::days>(made.times.back()));
    }
    EXPECT_EQ(generator.messages(), made.times.size());
    EXPECT_EQ(generator.bytes(), made.text.size());
    EXPECT_EQ(generator.progress(), 1);
    return made;
}

/// How often the time stands still from one message to the next. It must never go back.
std::size_t count_equal(const std::vector<LogTime>& times) {
    std::size_t count = 0;
    for (std::size_t i = 1; i < times.size(); ++i) {
        EXPECT_LE(times[i - 1], times[i]);
        if (times[i - 1] == times[i]) ++count;
    }
    return count;
}

TEST(Generator, AHundredMessagesOneToTenSecondsApartByDefault) {
    const Made made = make({.start = kStart});
    ASSERT_EQ(made.times.size(), 100u);
    EXPECT_EQ(made.times[0], kStart);
    EXPECT_TRUE(made.text.starts_with("00:00:00.000 [main] INFO  GenerateLogData$ - Log data generator started...\n"));
    for (std::size_t i = 1; i < made.times.size(); ++i) {
        EXPECT_GE(made.times[i] - made.times[i - 1], 1s);
        EXPECT_LE(made.times[i] - made.times[i - 1], 10s);
    }
}

TEST(Generator, TheSeedDecidesEverything) {
    EXPECT_EQ(make({.start = kStart}).text, make({.start = kStart}).text);
    EXPECT_NE(make({.start = kStart}).text, make({.seed = 1, .start = kStart}).text);
    // So that a change of the generator, which would change everybody's logs, does not go unnoticed.
    const std::string text = make({.start = kStart, .messages = 3}).text;
    EXPECT_EQ(
        text,
        "00:00:00.000 [main] INFO  GenerateLogData$ - Log data generator started...\n"
        "00:00:08.085 [scala-execution-context-global-17] INFO  Generation.LogMsgSimulator$ - %=I/T}#Qg*C&tAq6sN\n"
        "00:00:17.497 [scala-execution-context-global-17] INFO  HelperUtils.Parameters$ - l|7+K%Ps9I@k\n");
}

TEST(Generator, DaysAloneAreFilledAtTheUsualPace) {
    const Made made = make({.start = kStart + 12h, .days = std::chrono::days(2)});
    EXPECT_LT(made.times.back(), kStart + 12h + 48h);
    EXPECT_GT(made.times.back(), kStart + 12h + 48h - 11s);
    EXPECT_NEAR(static_cast<double>(made.times.size()), 2 * 86'400 / 5.5, 500);
    EXPECT_EQ(count_equal(made.times), 0u);
}

TEST(Generator, ASizeIsReachedByTheLastMessageAndNotBefore) {
    const Made made = make({.start = kStart, .bytes = 100'000});
    EXPECT_GE(made.text.size(), 100'000u);
    EXPECT_LT(made.text.rfind('\n', made.text.size() - 2) + 1, 100'000u);
}

TEST(Generator, AnAmountIsSpreadEvenlyOverTheDays) {
    for (const Plan& plan : {Plan{.start = kStart, .messages = 20'000, .days = std::chrono::days(3)},
                             Plan{.start = kStart, .bytes = 2'000'000, .days = std::chrono::days(3)}}) {
        const Made made = make(plan);
        EXPECT_EQ(count_equal(made.times), 0u);
        EXPECT_LT(made.times.back(), kStart + 72h);
        EXPECT_GT(made.times.back(), kStart + 72h - 1min);
        for (const int quarter : {1, 2, 3}) {
            const LogTime time = made.times[made.times.size() * static_cast<std::size_t>(quarter) / 4];
            EXPECT_NEAR(static_cast<double>((time - kStart).count()), quarter * 18 * 3.6e6, 3.6e6);
        }
    }
}

TEST(Generator, MessagesShareAMillisecondOnlyWhereThereAreTooMany) {
    // The last second of the year 9999, so that a short log is a dense one.
    const LogTime start = std::chrono::sys_days(9999y / 12 / 31) + 24h - 1s;
    const Made sparse = make({.start = start, .messages = 400, .days = std::chrono::days(1)});
    EXPECT_EQ(sparse.times.size(), 400u);
    EXPECT_EQ(count_equal(sparse.times), 0u);
    const Made dense = make({.start = start, .messages = 20'000, .days = std::chrono::days(1)});
    EXPECT_EQ(dense.times.size(), 20'000u);
    EXPECT_GT(count_equal(dense.times), 18'000u);
    EXPECT_LT(dense.times.back(), start + 1s);
}

TEST(Generator, TheLogEndsWithTheYear9999) {
    const LogTime start = std::chrono::sys_days(9999y / 12 / 31) + 24h - 60s;
    const Made made = make({.start = start, .messages = 1000});
    EXPECT_LE(made.times.size(), 60u);
    EXPECT_LT(made.times.back(), start + 60s);
}

TEST(Generator, LinesMayEndInCrLf) {
    const Made made = make({.start = kStart, .messages = 2, .line_end = LineEnd::crlf});
    EXPECT_TRUE(made.text.ends_with("\r\n"));
    EXPECT_EQ(made.text.find("started...\r\n"), made.text.find("started..."));
}

}  // namespace
}  // namespace understudy::loggen
