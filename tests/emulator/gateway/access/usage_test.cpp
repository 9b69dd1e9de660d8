#include "emulator/gateway/access/usage.hpp"

#include <gtest/gtest.h>

namespace understudy::access::usage_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Time = std::chrono::system_clock::time_point;

/// A moment of a day, in UTC.
Time at(int year, unsigned month, unsigned day, int hour = 12) {
    return std::chrono::sys_days(std::chrono::year(year) / month / day) + std::chrono::hours(hour);
}

const Time kStart = at(2026, 3, 31);

TEST(TokenBucket, RefillsAtItsRate) {
    TokenBucket bucket({.rate = 10, .burst = 3});
    const auto use = [&bucket](Time now) {
        const bool offered = bucket.offers(now);
        if (offered) bucket.take();
        return offered;
    };
    const struct {
        milliseconds after;
        bool passes;
    } rows[] = {{milliseconds(0), true},    {milliseconds(0), true},    {milliseconds(0), true},
                {milliseconds(0), false},   {milliseconds(99), false},  {milliseconds(100), true},
                {milliseconds(101), false}, {milliseconds(50), false},  {milliseconds(9000), true},
                {milliseconds(9000), true}, {milliseconds(9000), true}, {milliseconds(9000), false}};
    for (const auto& row : rows) EXPECT_EQ(use(kStart + row.after), row.passes) << row.after.count();
}

TEST(TokenBucket, OfNothingLetsNothingPass) {
    TokenBucket bucket({.rate = 0, .burst = 0});
    EXPECT_FALSE(bucket.offers(kStart));
    EXPECT_FALSE(bucket.offers(kStart + std::chrono::hours(1)));
}

TEST(QuotaCounter, BeginsAgainWithEachPeriod) {
    using app::QuotaPeriod;
    const struct {
        QuotaPeriod period;
        Time used, still, again;
    } rows[] = {
        {QuotaPeriod::day, at(2026, 3, 31, 0), at(2026, 3, 31, 23), at(2026, 4, 1, 0)},
        {QuotaPeriod::week, at(2026, 3, 29, 0), at(2026, 4, 4, 23), at(2026, 4, 5, 0)},
        {QuotaPeriod::month, at(2026, 3, 1, 0), at(2026, 3, 31, 23), at(2026, 4, 1, 0)},
    };
    for (const auto& row : rows) {
        QuotaCounter counter({.limit = 2, .period = row.period});
        for (int i = 0; i < 2; ++i) {
            EXPECT_TRUE(counter.offers(row.used));
            counter.take();
        }
        EXPECT_FALSE(counter.offers(row.still)) << static_cast<int>(row.period);
        EXPECT_TRUE(counter.offers(row.again)) << static_cast<int>(row.period);
    }
}

std::vector<app::ApiKey> some_keys() {
    return {{"id1", "one", "value-one", true},
            {"id2", "two", "value-two", true},
            {"id3", "off", "value-off", false},
            {"id4", "no plan", "value-alone", true}};
}

app::UsagePlan a_plan() {
    app::UsagePlan plan{.name = "plan"};
    plan.stages = {{"abcdefghij", "prod"}};
    plan.key_ids = {"id1", "id2", "id3"};
    return plan;
}

TEST(Usage, AKeyOpensTheStagesOfItsPlans) {
    const Usage usage(some_keys(), {a_plan()});
    const auto found = usage.find_key("value-two", "abcdefghij", "prod");
    ASSERT_TRUE(found);
    EXPECT_EQ(usage.key(*found).id, "id2");
    EXPECT_FALSE(usage.find_key("value-two", "abcdefghij", "dev"));
    EXPECT_FALSE(usage.find_key("value-two", "otherapi00", "prod"));
    EXPECT_FALSE(usage.find_key("value-off", "abcdefghij", "prod")) << "disabled";
    EXPECT_FALSE(usage.find_key("value-alone", "abcdefghij", "prod")) << "in no plan";
    EXPECT_FALSE(usage.find_key("unknown", "abcdefghij", "prod"));
    EXPECT_FALSE(usage.find_key("", "abcdefghij", "prod"));
}

TEST(Usage, EachKeyHasThePlansWholeRateAndQuota) {
    app::UsagePlan plan = a_plan();
    plan.throttle = app::Throttle{.rate = 1, .burst = 2};
    plan.quota = app::Quota{.limit = 3, .period = app::QuotaPeriod::day};
    Usage usage(some_keys(), {plan});
    const auto one = usage.find_key("value-one", "abcdefghij", "prod").value();
    const auto two = usage.find_key("value-two", "abcdefghij", "prod").value();
    EXPECT_EQ(usage.use_key(one, "GET /", kStart), UsageVerdict::pass);
    EXPECT_EQ(usage.use_key(one, "GET /", kStart), UsageVerdict::pass);
    EXPECT_EQ(usage.use_key(one, "GET /", kStart), UsageVerdict::rate_exceeded);
    EXPECT_EQ(usage.use_key(two, "GET /", kStart), UsageVerdict::pass);
    EXPECT_EQ(usage.use_key(one, "GET /", kStart + seconds(2)), UsageVerdict::pass);
    EXPECT_EQ(usage.use_key(one, "GET /", kStart + seconds(2)), UsageVerdict::quota_exceeded);
    EXPECT_EQ(usage.use_key(one, "GET /", kStart + std::chrono::hours(24)), UsageVerdict::pass) << "the next day";
}

TEST(Usage, APlanMayThrottleSomeMethodsFurther) {
    app::UsagePlan plan = a_plan();
    plan.throttle = app::Throttle{.rate = 1, .burst = 3};
    plan.stages = {{"otherapi00", "prod"}, {"abcdefghij", "prod", {{"GET /busy", {.rate = 1, .burst = 1}}}}};
    Usage usage(some_keys(), {plan});
    const auto one = usage.find_key("value-one", "abcdefghij", "prod").value();
    const auto two = usage.find_key("value-two", "abcdefghij", "prod").value();
    const auto elsewhere = usage.find_key("value-two", "otherapi00", "prod").value();
    EXPECT_EQ(usage.use_key(one, "GET /busy", kStart), UsageVerdict::pass);
    EXPECT_EQ(usage.use_key(one, "GET /busy", kStart), UsageVerdict::rate_exceeded);
    EXPECT_EQ(usage.use_key(one, "GET /", kStart), UsageVerdict::pass) << "another method";
    EXPECT_EQ(usage.use_key(one, "GET /", kStart), UsageVerdict::pass) << "what was refused was not counted";
    EXPECT_EQ(usage.use_key(one, "GET /", kStart), UsageVerdict::rate_exceeded) << "the plan's own";
    EXPECT_EQ(usage.use_key(two, "GET /busy", kStart), UsageVerdict::pass) << "another key";
    EXPECT_EQ(usage.use_key(elsewhere, "GET /busy", kStart), UsageVerdict::pass) << "another stage";
    EXPECT_EQ(usage.use_key(one, "GET /busy", kStart + seconds(1)), UsageVerdict::pass);
}

TEST(Usage, AMethodsThrottleStandsInPlaceOfItsStages) {
    app::Stage stage{.name = "prod"};
    Usage usage({}, {});
    for (int i = 0; i < 100; ++i) EXPECT_EQ(usage.use_route(stage, "GET /", kStart), UsageVerdict::pass);
    stage.name = "dev";
    stage.throttle = app::Throttle{.rate = 1, .burst = 1};
    stage.route_throttles["GET /busy"] = {.rate = 1, .burst = 2};
    EXPECT_EQ(usage.use_route(stage, "GET /", kStart), UsageVerdict::pass);
    EXPECT_EQ(usage.use_route(stage, "GET /", kStart), UsageVerdict::rate_exceeded);
    EXPECT_EQ(usage.use_route(stage, "GET /busy", kStart), UsageVerdict::pass);
    EXPECT_EQ(usage.use_route(stage, "GET /busy", kStart), UsageVerdict::pass);
    EXPECT_EQ(usage.use_route(stage, "GET /busy", kStart), UsageVerdict::rate_exceeded);
    EXPECT_EQ(usage.use_route(stage, "GET /", kStart + seconds(1)), UsageVerdict::pass);
}

}  // namespace
}  // namespace understudy::access::usage_test
