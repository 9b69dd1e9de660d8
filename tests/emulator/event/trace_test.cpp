#include "emulator/event/trace.hpp"

#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::event::trace_test {
namespace {

TEST(Trace, ARequestWithoutOneGetsARootOfItsOwn) {
    const Trace trace = to_trace({}, sample_facts());
    EXPECT_EQ(trace.event, "Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3");
    EXPECT_EQ(trace.function,
              "Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3;Parent=53995c3f42cd8ad8;Sampled=0;Lineage=1:a1b2c3d4:0");
}

TEST(Trace, AClientsRootIsKept) {
    const Trace trace = to_trace({{"x-amzn-trace-id", "Root=1-0-1; Parent=77;Sampled=1"}}, sample_facts());
    EXPECT_EQ(trace.event, "Root=1-0-1; Parent=77;Sampled=1");
    EXPECT_EQ(trace.function, "Root=1-0-1;Parent=77;Sampled=1;Lineage=1:a1b2c3d4:0");
}

TEST(Trace, AHeaderWithoutARootIsReplaced) {
    EXPECT_EQ(to_trace({{"X-Amzn-Trace-Id", "garbage;Rooted=1"}}, sample_facts()).event,
              "Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3");
}

}  // namespace
}  // namespace understudy::event::trace_test
