#include "tools/replay/connection_calls.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace understudy::replay::connection_calls_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

/// A call that began at this second, or an exchange that was under way from one to the other.
ConnectionCalls::Call at(int second, const std::string& text, int end = 0) {
    Selected selected;
    selected.recorded.exchange.id = text;
    selected.recorded.exchange.started = std::chrono::seconds(second);
    selected.recorded.exchange.total_us = end == 0 ? 0 : static_cast<std::uint32_t>(end - second) * 1'000'000U;
    return std::make_shared<const Selected>(std::move(selected));
}

record::Exchange now(const std::string& text) {
    return {.id = text};
}

/// `a=b` for a pair, `a~b` for one whose order is another, `a-`, `a?` for one that others made, `+b`.
std::vector<std::string> tell(const std::vector<MatchedCall>& calls) {
    std::vector<std::string> told;
    for (const auto& call : calls) {
        const std::string before = call.recorded ? call.recorded->exchange().id : "";
        const std::string after = call.actual ? call.actual->id : "";
        const char* sign[] = {"=", "~", "-", "?", "+"};
        told.push_back(before + sign[static_cast<std::size_t>(call.fate)] + after);
    }
    return told;
}

/// Calls are the same where their texts are, for one connection.
class Calls {
  public:
    Calls& recorded(int second, const std::string& text) {
        calls_.add_recorded("c", at(second, text));
        return *this;
    }
    std::vector<std::string> replayed(const ConnectionCalls::Call& cause, const std::vector<std::string>& made) {
        for (const auto& text : made) calls_.add_actual("c", now(text));
        return tell(calls_.settle(cause));
    }
    Calls& made(const std::string& text) {
        calls_.add_actual("c", now(text));
        return *this;
    }
    std::vector<std::string> late() const { return calls_.late(); }
    std::vector<std::string> finish() { return tell(calls_.finish("c")); }
    std::vector<std::string> open() const { return calls_.open(); }

  private:
    ConnectionCalls calls_{
        [](const record::Exchange& recorded, const record::Exchange& actual) { return recorded.id == actual.id; }};
};

TEST(ConnectionCalls, ThoseOfAnEventAreThoseThatBeganWhileItWasUnderWay) {
    Calls calls;
    calls.recorded(11, "a").recorded(12, "b");
    EXPECT_THAT(calls.replayed(at(10, "m", 13), {"a", "b"}), ElementsAre("a=a", "b=b"));
    EXPECT_THAT(calls.open(), IsEmpty());
    calls.recorded(21, "c").recorded(22, "d");
    EXPECT_THAT(calls.replayed(at(20, "m", 23), {"c", "x"}), ElementsAre("c=c", "d=x"));
    EXPECT_THAT(calls.finish(), IsEmpty());
}

TEST(ConnectionCalls, OneThatIsMissingDoesNotShiftThoseOfTheNextEvent) {
    Calls calls;
    calls.recorded(11, "a").recorded(12, "b");
    EXPECT_THAT(calls.replayed(at(10, "m", 13), {"a"}), ElementsAre("a=a"));
    calls.recorded(21, "c");
    EXPECT_THAT(calls.replayed(at(20, "m", 23), {"x"}), ElementsAre("c=x"));
    EXPECT_THAT(calls.finish(), ElementsAre("b-"));
}

TEST(ConnectionCalls, OneMoreDoesNotShiftThoseOfTheNextEvent) {
    Calls calls;
    calls.recorded(11, "a");
    EXPECT_THAT(calls.replayed(at(10, "m", 13), {"x", "a"}), ElementsAre("a=a"));
    calls.recorded(21, "c");
    EXPECT_THAT(calls.replayed(at(20, "m", 23), {"c"}), ElementsAre("c=c"));
    EXPECT_THAT(calls.finish(), ElementsAre("+x"));
}

TEST(ConnectionCalls, AnotherOrderIsTold) {
    Calls calls;
    calls.recorded(11, "a").recorded(12, "b");
    EXPECT_THAT(calls.replayed(at(10, "m", 13), {"b", "a"}), ElementsAre("b=b", "a~a"));
    EXPECT_THAT(calls.finish(), IsEmpty());
}

// A client need not wait: the recording has the calls of both in front of either.
TEST(ConnectionCalls, EventsThatWereUnderWayTogetherAreNoDifference) {
    Calls calls;
    calls.recorded(11, "b1").recorded(12, "a1").recorded(13, "b2").recorded(14, "a2");
    EXPECT_THAT(calls.replayed(at(10, "a", 20), {"a1", "a2"}), ElementsAre("a1=a1", "a2=a2"));
    EXPECT_THAT(calls.replayed(at(10, "b", 20), {"b1", "b2"}), ElementsAre("b1=b1", "b2=b2"));
    EXPECT_THAT(calls.finish(), IsEmpty());
}

TEST(ConnectionCalls, WhatNothingThatWasReplayedCanHaveMadeIsOfOthers) {
    Calls calls;
    calls.recorded(5, "before").recorded(11, "a").recorded(15, "between");
    EXPECT_THAT(calls.replayed(at(10, "m", 13), {"a"}), ElementsAre("a=a"));
    EXPECT_THAT(calls.finish(), ElementsAre("before?", "between?"));
}

TEST(ConnectionCalls, OneThatComesLateIsFoundByItsContent) {
    Calls calls;
    calls.recorded(11, "a");
    EXPECT_THAT(calls.replayed(at(10, "m", 13), {}), IsEmpty());
    calls.recorded(21, "b");
    EXPECT_THAT(calls.replayed(at(20, "m", 23), {"b", "a"}), ElementsAre("b=b", "a=a"));
    calls.recorded(31, "c");
    EXPECT_THAT(calls.replayed(at(30, "m", 33), {"c", "early"}), ElementsAre("c=c"));
    calls.recorded(35, "early");
    EXPECT_THAT(calls.finish(), ElementsAre("early=early"));
}

// A function may go on behind its reply: what it sends then was recorded behind it.
TEST(ConnectionCalls, ThoseBehindTheLastExchangeAreLateUntilAsManyHaveCome) {
    Calls calls;
    calls.recorded(11, "a");
    EXPECT_THAT(calls.replayed(at(10, "m", 13), {"a"}), ElementsAre("a=a"));
    EXPECT_THAT(calls.late(), IsEmpty());
    calls.recorded(12, "b").recorded(15, "c").recorded(16, "d");
    EXPECT_THAT(calls.late(), ElementsAre("c"));
    calls.made("d").made("x");
    EXPECT_THAT(calls.late(), ElementsAre("c"));
    calls.made("y");
    EXPECT_THAT(calls.late(), IsEmpty());
    EXPECT_THAT(calls.finish(), ElementsAre("d=d", "b=x", "c=y"));
}

TEST(ConnectionCalls, LateOnesThatDoNotComeAreMissingWhereTheLastExchangeMadeThem) {
    Calls calls;
    EXPECT_THAT(calls.replayed(at(10, "m", 13), {}), IsEmpty());
    calls.recorded(12, "within").recorded(15, "behind");
    EXPECT_THAT(calls.finish(), ElementsAre("within-", "behind?"));
}

TEST(ConnectionCalls, OfManyThatAreMissingTheOldestAreGivenUp) {
    Calls calls;
    for (int i = 0; i < 1001; ++i) calls.recorded(11, std::to_string(i));
    EXPECT_THAT(calls.replayed(at(10, "m", 13), {}), ElementsAre("0-"));
    EXPECT_EQ(calls.finish().size(), 1000U);
}

TEST(ConnectionCalls, EachConnectionIsOnItsOwn) {
    ConnectionCalls calls([](const auto& recorded, const auto& actual) { return recorded.id == actual.id; });
    calls.add_recorded("one", at(11, "a"));
    calls.add_recorded("two", at(11, "b"));
    calls.add_actual("two", now("a"));
    calls.add_actual("one", now("b"));
    EXPECT_THAT(tell(calls.settle(at(10, "m", 13))), UnorderedElementsAre("a=b", "b=a"));
}

}  // namespace
}  // namespace understudy::replay::connection_calls_test
