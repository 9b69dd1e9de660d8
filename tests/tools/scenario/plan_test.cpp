// Which runs are made, in which part of several, and by which worker.
#include "tools/scenario/plan.hpp"

#include "tests/tools/scenario/scenario_text.hpp"
#include "tools/scenario/durations.hpp"
#include "tools/scenario/schedule.hpp"
#include "tools/scenario/shard.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace understudy::scenario::plan_test {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

std::vector<std::string> titles(const std::vector<PlannedRun>& runs) {
    std::vector<std::string> titles;
    for (const auto& run : runs) titles.push_back(run.title);
    return titles;
}

Scenario tagged(const std::string& name, const std::string& tags) {
    return load_good("name: " + name + "\ntags: [" + tags + "]\n" +
                     shop_scenario("  - method: shop.Shop/Order\n", "  fronts: [http, rest]\n"));
}

TEST(Plan, EveryFrontAndLabelIsARunWithATitleOfItsOwn) {
    const auto loaded = load_text("name: an order\nmatrix: { size: [1, 2] }\n" +
                                  shop_scenario("  - method: shop.Shop/Order\n", "  fronts: [http, rest]\n"));
    const auto runs = plan_runs(loaded.scenarios);
    EXPECT_THAT(titles(runs), ElementsAre("an order [http, size=1]", "an order [rest, size=1]",
                                          "an order [http, size=2]", "an order [rest, size=2]"));
    EXPECT_THAT(runs[0].identity, HasSubstr("shop.yaml [http, size=1]"));
    EXPECT_EQ(runs[0].group, runs[3].group);
}

TEST(Plan, RunsOfOtherApplicationsAreOtherGroups) {
    const std::vector<Scenario> scenarios{
        load_good(shop_scenario("  - method: shop.Shop/Order\n")),
        load_good(shop_scenario("  - method: shop.Shop/Order\n", "  environment: { AA: b }\n")),
        load_good(shop_scenario("  - method: shop.Shop/Order\n", "  fronts: [alb]\n"))};
    const auto runs = plan_runs(scenarios);
    ASSERT_THAT(runs, SizeIs(3));
    EXPECT_NE(runs[0].group, runs[1].group);
    EXPECT_EQ(runs[0].group, runs[2].group);
}

TEST(Plan, SecretsAreNeitherInTitlesNorInIdentities) {
    const auto scenario = load_text("name: x\nsecrets: [key]\nmatrix: { key: [hunter2hunter2] }\n" +
                                    shop_scenario("  - method: shop.Shop/Order\n"));
    const auto runs = plan_runs(scenario.scenarios);
    ASSERT_THAT(runs, SizeIs(1));
    EXPECT_EQ(runs[0].title, "x [http, key=***]");
    EXPECT_THAT(runs[0].identity, HasSubstr("key=***"));
}

TEST(Plan, AFilterIsATextOrAPattern) {
    struct Case {
        const char* filter;
        bool met;
    };
    for (const auto& [filter, met] : std::initializer_list<Case>{{"order", true},
                                                                 {"Order", false},
                                                                 {"(?i)ORDER", true},
                                                                 {"^an .*rest", true},
                                                                 {"^order", false},
                                                                 {"[rest", true},
                                                                 {"(1)", true},
                                                                 {"size=(1|3)", true},
                                                                 {"size=[13]", true},
                                                                 {"size=2", false},
                                                                 {"((", false}})
        EXPECT_EQ(meets_filter("an order no. (1) [rest, size=3]", filter), met) << filter;
}

TEST(Plan, TagsAreAskedForAndRefused) {
    const std::vector<std::string> tags{"slow", "aws"};
    struct Case {
        std::vector<std::string> wanted;
        bool met;
    };
    for (const auto& [wanted, met] : std::vector<Case>{{{}, true},
                                                       {{"slow"}, true},
                                                       {{"fast"}, false},
                                                       {{"fast", "aws"}, true},
                                                       {{"!slow"}, false},
                                                       {{"!fast"}, true},
                                                       {{"slow", "!aws"}, false},
                                                       {{"slow", "!fast"}, true}})
        EXPECT_EQ(meets_tags(tags, wanted), met) << testing::PrintToString(wanted);
}

TEST(Plan, RunsAreChosenByFilterAndTag) {
    const std::vector<Scenario> scenarios{tagged("a", "slow"), tagged("b", ""), tagged("c", "slow, x/y")};
    const auto all = plan_runs(scenarios);
    EXPECT_THAT(titles(choose_runs(all, {{"rest"}, {"slow"}})), ElementsAre("a [rest]", "c [rest]"));
    EXPECT_THAT(titles(choose_runs(all, {{"a \\[", "b.*http"}, {}})), ElementsAre("a [http]", "a [rest]", "b [http]"));
    const auto chosen = choose_runs(all, {{"c .http"}, {}});
    EXPECT_THAT(render_list(chosen), HasSubstr("shop.yaml:1\tslow,x/y\n"));
    EXPECT_THAT(render_list(chosen), testing::StartsWith("c [http]\t"));
}

TEST(Plan, ANameOfSeveralLinesIsListedInOne) {
    const std::vector<Scenario> scenarios{tagged(R"("a\nb\tc\e[31m")", "")};
    EXPECT_THAT(render_list(plan_runs(scenarios)), testing::StartsWith(R"(a b c\x1b[31m [http])"
                                                                       "\t"));
}

TEST(Plan, ATagIsAWord) {
    EXPECT_THAT(problems_of("tags: [good, '!bad']\n" + shop_scenario("  - method: shop.Shop/Order\n")),
                ElementsAre(HasSubstr("1:14 '!bad' is no tag")));
}

TEST(Shard, IsANumberOfACount) {
    EXPECT_EQ(parse_shard("2/4")->number, 2U);
    EXPECT_EQ(parse_shard("2/4")->count, 4U);
    for (const auto* wrong : {"", "1", "0/2", "3/2", "1/0", "a/b", "1/2/3", "-1/2", " 1/2"})
        EXPECT_FALSE(parse_shard(wrong)) << wrong;
}

TEST(Shard, EveryRunIsInOneShardAndTheShardsTakeAboutTheSame) {
    std::mt19937 random(5);  // NOLINT: repeatable
    for (int round = 0; round < 50; ++round) {
        const std::size_t count = 1 + random() % 9;
        std::vector<std::string> identities;
        Durations durations;
        std::chrono::microseconds longest{1};
        for (unsigned i = 0; i < random() % 200; ++i) {
            identities.push_back("scenarios/" + std::to_string(random() % 300) + ".yaml [http]");
            if (random() % 3 == 0) continue;
            durations[identities.back()] = std::chrono::microseconds(1 + random() % 10'000);
        }
        for (const auto& [identity, duration] : durations) longest = std::max(longest, duration);
        const auto shards = assign_shards(identities, count, durations);
        ASSERT_EQ(shards.size(), identities.size());
        EXPECT_EQ(shards, assign_shards(identities, count, durations));
        if (durations.empty()) continue;
        std::vector<std::chrono::microseconds> loads(count);
        for (std::size_t i = 0; i < shards.size(); ++i) {
            ASSERT_LT(shards[i], count);
            const auto known = durations.find(identities[i]);
            loads[shards[i]] += known == durations.end() ? std::chrono::microseconds(0) : known->second;
        }
        if (durations.size() < identities.size()) continue;
        const auto [least, most] = std::minmax_element(loads.begin(), loads.end());
        EXPECT_LE(*most - *least, longest);
    }
}

TEST(Shard, AssignmentsDoNotChangeFromOneVersionToTheNext) {
    const std::vector<std::string> identities{"a.yaml [http]", "b.yaml [http]", "c.yaml [http]", "d.yaml [http]"};
    const auto without = assign_shards(identities, 2, {});
    EXPECT_EQ(std::count(without.begin(), without.end(), 0U), 2);
    EXPECT_EQ(without, (std::vector<std::size_t>{0, 1, 0, 1}));
    EXPECT_EQ(assign_shards(identities, 2, {{"b.yaml [http]", 9ms}, {"a.yaml [http]", 1ms}, {"c.yaml [http]", 2ms}}),
              (std::vector<std::size_t>{1, 0, 1, 1}));
}

TEST(Durations, AreReadAsTheyWereWritten) {
    const Durations durations{{"a \"b\" [http]", 1500us}, {"c", 0us}};
    EXPECT_EQ(render_durations(durations), "{\n  \"a \\\"b\\\" [http]\": 1.5,\n  \"c\": 0.0\n}\n");
    EXPECT_EQ(*parse_durations(render_durations(durations), "d.json"), durations);
    EXPECT_EQ(*parse_durations("{}", "d.json"), Durations{});
    for (const auto* wrong : {"", "[]", "{", R"({"a":"b"})", R"({"a":-1})"})
        EXPECT_EQ(parse_durations(wrong, "d.json").error().file(), "d.json") << wrong;
}

// Which groups the workers are at, one turn of all of them after the other.
std::vector<std::size_t> turns(Schedule& schedule, const std::vector<std::size_t>& groups, std::size_t workers) {
    std::vector<std::size_t> at;
    for (std::size_t worker = 0;; worker = (worker + 1) % workers) {
        const auto job = schedule.next(worker);
        if (!job) return at;
        at.push_back(groups[job->run]);
    }
}

TEST(Schedule, AWorkerStaysWithAnApplicationAndHelpsWhereMostIsLeft) {
    struct Case {
        std::vector<std::size_t> groups;
        std::size_t workers;
        std::vector<std::size_t> at;
    };
    for (const auto& [groups, workers, at] : std::vector<Case>{
             {{}, 2, {}},
             {{0, 1, 0, 1}, 1, {0, 0, 1, 1}},
             {{0, 1, 0, 1}, 2, {0, 1, 0, 1}},
             {{0, 0, 0, 0}, 2, {0, 0, 0, 0}},
             {{0, 1, 1, 1, 1, 2}, 2, {0, 1, 2, 1, 1, 1}},
             {{0, 1, 1, 1, 1, 2, 2}, 3, {0, 1, 2, 1, 1, 2, 1}},
         }) {
        Schedule schedule(groups, 1);
        EXPECT_EQ(turns(schedule, groups, workers), at) << testing::PrintToString(groups) << ' ' << workers;
    }
}

TEST(Schedule, EveryRunIsMadeOnceInEachRound) {
    std::mt19937 random(7);  // NOLINT: repeatable
    for (int i = 0; i < 50; ++i) {
        std::vector<std::size_t> groups;
        for (unsigned run = 0; run < random() % 30; ++run) groups.push_back(random() % 4);
        Schedule schedule(groups, 3);
        std::map<std::pair<std::size_t, std::uint64_t>, int> made;
        std::uint64_t round = 0;
        while (const auto job = schedule.next(random() % 5)) {
            ++made[{job->run, job->round}];
            EXPECT_GE(job->round, round);
            round = job->round;
        }
        EXPECT_EQ(made.size(), groups.size() * 3);
        for (const auto& [job, times] : made) EXPECT_EQ(times, 1);
        EXPECT_EQ(schedule.left(), 0U);
    }
}

}  // namespace
}  // namespace understudy::scenario::plan_test
