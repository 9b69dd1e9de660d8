// Several runs: what they share, in which order they are told, and how they are counted.
#include "tools/scenario/run_all.hpp"

#include "tests/tools/scenario/fake_world.hpp"
#include "tests/tools/scenario/scenario_text.hpp"
#include "tools/report/human.hpp"
#include "tools/report/summary.hpp"
#include "tools/scenario/warm_applications.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <stdexcept>

namespace understudy::scenario::run_all_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr const char* kOrder = "  - method: shop.Shop/Order\n";

Scenario named(const std::string& name, const std::string& steps = kOrder) {
    return load_good("name: " + name + "\n" + shop_scenario(steps));
}

/// One worker with a fake world that keeps applications, and what was told.
struct Session {
    FakeWorld fake;
    RunSettings settings;
    std::vector<std::string> told;
    std::vector<RunResult> results;

    Tally run(const std::vector<Scenario>& scenarios) {
        RunListener listener;
        listener.on_result = [&](const PlannedRun& run, const RunResult& result) {
            told.push_back(run.title);
            results.push_back(result);
        };
        return run_all(
            plan_runs(scenarios), settings, [&] { return make(); }, listener);
    }
    std::shared_ptr<const World> make() {
        auto world = std::make_shared<World>(fake.world());
        world->warm = std::make_shared<WarmApplications>();
        world->seed = 40;
        return world;
    }
    void reply(const std::vector<int>& statuses) {
        for (const int status : statuses) fake.reply(status, "application/proto", "");
    }
};

TEST(RunAll, EqualApplicationsAreStartedOnce) {
    Session session;
    session.reply({200, 200, 200});
    const auto tally = session.run({named("a"), named("b"), named("c")});
    EXPECT_EQ(tally, Tally{.passed = 3});
    EXPECT_THAT(session.fake.started(), SizeIs(1));
    EXPECT_EQ(session.fake.running(), 0);
}

TEST(RunAll, ScenariosThatDependOnTheApplicationsPastGetANewOne) {
    for (const std::string& text : {
             "isolate: true\n" + shop_scenario(kOrder),
             shop_scenario("  - { method: shop.Shop/Order, expect: { invocation: { init_type: $any } } }\n"),
             shop_scenario("  - { method: shop.Shop/Order, expect: { invocation: { initMs: $any } } }\n"),
             shop_scenario("  - { method: shop.Shop/Order, expect: { invocation: { max_memory_mb: $any } } }\n"),
             shop_scenario("  - { method: shop.Shop/Order, fault: { kind: delay, time: 1s } }\n"),
             shop_scenario("  - parallel: [{ method: shop.Shop/Order }, { invoke: { type: event } }]\n"),
             shop_scenario("  - { invoke: { type: event }, expect: { function_error: $any } }\n"),
         }) {
        Session session;
        session.reply({200, 200, 200});
        session.run({named("a"), load_good(text), named("b")});
        EXPECT_THAT(session.fake.started(), SizeIs(2)) << text;
    }
}

TEST(RunAll, WhatFailedOrIsStillBusyIsNotUsedAgain) {
    Session failing;
    failing.reply({500, 200, 200});
    failing.run({named("a"), named("b"), named("c")});
    EXPECT_THAT(failing.fake.started(), SizeIs(2));
    Session busy;
    busy.fake.stay_busy();
    busy.reply({200, 200});
    busy.run({named("a"), named("b")});
    EXPECT_THAT(busy.fake.started(), SizeIs(2));
}

TEST(RunAll, WhatOneRunLeftToBeSeenIsNotSeenByTheNext) {
    Session session;
    session.reply({200, 200});
    const std::string quiet = "  - { method: shop.Shop/Order, expect: { logs_without: [late] } }\n";
    const auto scenario = named("a", quiet);
    const auto world = session.make();
    EXPECT_EQ(run_scenario(scenario, Front::http, *world).verdict(), Verdict::passed);
    session.fake.log({"late"});
    EXPECT_EQ(run_scenario(scenario, Front::http, *world).verdict(), Verdict::passed);
    EXPECT_THAT(session.fake.started(), SizeIs(1));
}

TEST(RunAll, ARunThatPassesOnARetryIsFlaky) {
    Session session;
    session.settings.retries = 2;
    session.reply({500, 500, 200, 200, 500, 500, 500});
    const auto tally = session.run({named("a"), named("b"), named("c")});
    EXPECT_EQ(tally, (Tally{.passed = 1, .failed = 1, .flaky = 1}));
    EXPECT_EQ(to_exit_code(tally), ExitCode::failed);
    EXPECT_THAT(session.results[0].earlier, SizeIs(2));
    EXPECT_TRUE(session.results[0].flaky());
    EXPECT_THAT(session.results[2].earlier, SizeIs(2));
    EXPECT_FALSE(session.results[2].flaky());
    auto updated = session.results[2];
    updated.updated = true;
    EXPECT_FALSE(updated.flaky());
    const auto shown = report::render_run(session.results[0], source::Colour::none);
    EXPECT_THAT(shown, HasSubstr("~ a  http"));
    EXPECT_THAT(shown, HasSubstr("  flaky: passed at attempt 3, after this\n\n  step 1, Order"));
    EXPECT_THAT(report::render_run(session.results[2], source::Colour::none), HasSubstr("  the last of 3 attempts\n"));
    EXPECT_EQ(to_exit_code(Tally{.flaky = 1}), ExitCode::passed);
    EXPECT_EQ(to_exit_code(Tally{.flaky = 1}, FlakyCounts::as_failed), ExitCode::failed);
}

TEST(RunAll, NothingMoreBeginsBehindAFailureWhereThatIsAskedFor) {
    Session session;
    session.settings.stop_at = StopAt::first_failure;
    session.reply({200, 500});
    const auto tally = session.run({named("a"), named("b"), named("c"), named("d")});
    EXPECT_EQ(tally, (Tally{.passed = 1, .failed = 1, .not_run = 2}));
    EXPECT_THAT(session.told, ElementsAre("a [http]", "b [http]"));
}

TEST(RunAll, RoundsRepeatEverythingWithOtherRandomValues) {
    Session session;
    session.settings.rounds = 3;
    session.reply({200, 200, 200, 200, 200, 200});
    session.run({named("a", "  - { method: shop.Shop/Order, request: { text: '${uuid()}' } }\n"), named("b")});
    EXPECT_THAT(session.told, ElementsAre("a [http]", "b [http]", "a [http]", "b [http]", "a [http]", "b [http]"));
    EXPECT_NE(session.fake.sent()[0].request.body, session.fake.sent()[2].request.body);
    EXPECT_EQ(session.results[0].seed, 40U);
    EXPECT_EQ(session.results[2].seed, 41U);
    EXPECT_EQ(session.results[3].seed, std::nullopt);
    EXPECT_EQ(session.results[4].repetition, 2U);
}

TEST(RunAll, UntilAFailureRoundsGoOn) {
    Session session;
    session.settings.rounds = 1'000'000;
    session.settings.stop_at = StopAt::first_failure;
    session.reply({200, 200, 200, 500});
    EXPECT_EQ(session.run({named("a")}), (Tally{.passed = 3, .failed = 1}));
    EXPECT_THAT(report::render_run(session.results[3], source::Colour::none), HasSubstr("repetition 3"));
}

TEST(RunAll, AnInterruptLeavesOutTheRest) {
    Session session;
    session.reply({200, 200});
    session.settings.is_interrupted = [&] { return session.fake.sent().size() == 2; };
    EXPECT_EQ(session.run({named("a"), named("b"), named("c")}), (Tally{.passed = 1, .not_run = 2}));
    EXPECT_EQ(session.fake.running(), 0);
}

TEST(RunAll, ResultsOfSeveralWorkersAreToldInTheOrderOfTheRuns) {
    // The worker that makes the first run waits until the other one has made all the rest.
    std::vector<Scenario> scenarios;
    for (const auto* name : {"a", "b", "c", "d"}) scenarios.push_back(named(name));
    std::mutex mutex;
    std::condition_variable changed;
    int ended = 0;
    std::vector<std::string> told, finished;
    RunListener listener;
    listener.on_end = [&](const PlannedRun& run, const RunResult&) {
        const std::lock_guard lock(mutex);
        ++ended;
        finished.push_back(run.scenario->name);
        changed.notify_all();
    };
    listener.on_result = [&](const PlannedRun& run, const RunResult&) { told.push_back(run.scenario->name); };
    std::atomic<bool> first = true;
    RunSettings settings;
    settings.workers = 2;
    const auto make_world = [&] {
        auto fake = std::make_shared<FakeWorld>();
        for (int i = 0; i < 4; ++i) fake->reply(200, "application/proto", "");
        auto world = std::make_shared<World>(fake->world());
        world->send = [&, fake, send = world->send](const std::vector<Outgoing>& outgoing) {
            if (first.exchange(false)) {
                std::unique_lock lock(mutex);
                changed.wait(lock, [&] { return ended == 3; });
            }
            return send(outgoing);
        };
        return std::shared_ptr<const World>(world);
    };
    EXPECT_EQ(run_all(plan_runs(scenarios), settings, make_world, listener), Tally{.passed = 4});
    EXPECT_THAT(told, ElementsAre("a", "b", "c", "d"));
    EXPECT_EQ(finished.size(), 4U);
}

TEST(RunAll, WhatAWorkerThrowsIsThrownOnceTheOthersHaveEnded) {
    std::vector<Scenario> scenarios{named("a"), named("b"), named("c")};
    RunSettings settings;
    settings.workers = 3;
    const auto broken = []() -> std::shared_ptr<const World> { throw std::runtime_error("no thread"); };
    EXPECT_THROW(run_all(plan_runs(scenarios), settings, broken, {}), std::runtime_error);
}

TEST(WarmApplications, TheOneThatHasWaitedLongestIsEnded) {
    FakeWorld fake;
    const auto world = fake.world();
    WarmApplications warm;
    for (int i = 0; i <= static_cast<int>(WarmApplications::kMost); ++i) {
        app::Function function;
        function.name = std::to_string(i);
        warm.put_back({function, Front::http, {}, false, {}}, *world.start_application({}));
    }
    EXPECT_EQ(fake.running(), static_cast<int>(WarmApplications::kMost));
    app::Function oldest, newest;
    oldest.name = "0";
    newest.name = std::to_string(WarmApplications::kMost);
    EXPECT_EQ(warm.take({oldest, Front::http, {}, false, {}}), nullptr);
    EXPECT_EQ(warm.take({newest, Front::rest, {}, false, {}}), nullptr);
    EXPECT_NE(warm.take({newest, Front::http, {}, false, {}}), nullptr);
}

TEST(Summary, CountsAndTellsHowToRepeat) {
    report::Summary summary;
    summary.tally = {.passed = 1, .failed = 2, .flaky = 1, .could_not_run = 3, .expected_failures = 4, .not_run = 5};
    summary.scenarios = 1;
    summary.duration = std::chrono::milliseconds(1234);
    summary.flaky = {"a [http]"};
    summary.seed = 7;
    EXPECT_EQ(report::render_summary(summary, source::Colour::none),
              "flaky: a [http]\n"
              "11 runs of 1 scenario: 1 passed, 4 failed as expected, 1 flaky, 2 failed, 3 could not run, 5 not run "
              "(1.23 s)\n"
              "--seed 7 repeats what was drawn at random\n");
    report::Summary good;
    good.tally.passed = 2;
    good.scenarios = 2;
    EXPECT_EQ(report::render_summary(good, source::Colour::ansi),
              "2 runs of 2 scenarios: \x1b[32m2 passed\x1b[0m (0.00 s)\n");
}

}  // namespace
}  // namespace understudy::scenario::run_all_test
