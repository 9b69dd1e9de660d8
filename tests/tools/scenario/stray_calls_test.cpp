// Calls that go on behind the step that made them.
#include "tools/scenario/stray_calls.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::scenario::stray_calls_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> log_of(StrayCalls& strays, std::vector<std::string> lines) {
    Observed observed{.log = std::move(lines), .events = {}};
    strays.take_out(observed);
    return observed.log;
}

TEST(StrayCalls, TheirLinesAreNoneOfALaterStep) {
    StrayCalls strays;
    EXPECT_THAT(log_of(strays, {"INIT", "START RequestId: a Version: 1", "hello"}),
                ElementsAre("INIT", "START RequestId: a Version: 1", "hello"));
    strays.add("b");
    strays.end_step();
    EXPECT_THAT(
        log_of(strays, {"more", "RequestId: a Error: exit", "Runtime.ExitError", "END RequestId: a",
                        "REPORT RequestId: a\tDuration: 1 ms", "START RequestId: b Version: 1", "bye",
                        "END RequestId: b", "REPORT RequestId: b\t", "START RequestId: c Version: 1", "mine",
                        "END RequestId: c", "REPORT RequestId: c\t", "between"}),
        ElementsAre("START RequestId: c Version: 1", "mine", "END RequestId: c", "REPORT RequestId: c\t", "between"));
}

TEST(StrayCalls, WhatMayBeTheStepsOwnIsKept) {
    StrayCalls strays;
    strays.add("a");
    EXPECT_THAT(log_of(strays, {"START RequestId: a Version: 1", "START RequestId: b Version: 1", "whose",
                                "REPORT RequestId: b\t", "a's"}),
                ElementsAre("START RequestId: b Version: 1", "whose", "REPORT RequestId: b\t"));
}

TEST(StrayCalls, TheirEventsAreNoneOfALaterStepEither) {
    StrayCalls strays;
    strays.add("a");
    Observed observed{.log = {}, .events = {"1", "2", "3"}, .request_ids = {"a", "b"}};
    strays.take_out(observed);
    EXPECT_THAT(observed.events, ElementsAre("2", "3"));
    Observed unknown{.log = {}, .events = {"1"}};
    strays.take_out(unknown);
    EXPECT_THAT(unknown.events, ElementsAre("1"));
    EXPECT_THAT(unknown.log, IsEmpty());
}

}  // namespace
}  // namespace understudy::scenario::stray_calls_test
