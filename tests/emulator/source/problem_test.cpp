#include "emulator/source/problem.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace understudy::source {
namespace {

TEST(Problem, IsOneLineWithPlaceAndHint) {
    const Problem problem(ProblemCode::invalid, "unknown key 'a'", "f.yaml", {3, 7});
    EXPECT_EQ(to_string(problem), "f.yaml:3:7: unknown key 'a'");
    EXPECT_EQ(to_string(Problem(problem).with_hint("did you mean 'b'?")),
              "f.yaml:3:7: unknown key 'a' (did you mean 'b'?)");
    EXPECT_EQ(to_string(Problem(ProblemCode::invalid, "no", "", {3, 7})), "3:7: no");
    EXPECT_EQ(to_string(Problem(ProblemCode::invalid, "no", "f", {})), "f: no");
    EXPECT_EQ(to_string(Problem(ProblemCode::invalid, "no")), "no");
}

TEST(Problem, OfWhateverItSpeaksATerminalObeysNothing) {
    const Problem problem(ProblemCode::invalid, "no \x1b[31m", "\xC2\x9B.yaml", {3, 7});
    EXPECT_EQ(to_string(problem), "\\x9b.yaml:3:7: no \\x1b[31m");
}

TEST(Problem, IsThrownByValueOfAFailedResult) {
    const Result<int> result = Problem(ProblemCode::invalid, "no number");
    EXPECT_THROW((void)result.value(), std::runtime_error);
}

}  // namespace
}  // namespace understudy::source
