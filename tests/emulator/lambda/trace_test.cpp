#include "emulator/lambda/trace.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace understudy::lambda::trace_test {
namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;

const system_clock::time_point kNow{milliseconds(1'542'409'703'999)};
const Trace kFresh{
    .root = "1-5bef4de7-ad49b0e87f6ef6c87fc2e700", .parent = "0a9197af755a6419", .sampled = {}, .lineage = {}};

TEST(Trace, PartsAreReadInAnyOrder) {
    const std::vector<std::pair<std::string, Trace>> table{
        {"", {}},
        {"Root=r;Parent=p;Sampled=1;Lineage=l", {"r", "p", "1", "l"}},
        {"Sampled=0;Root=r", {"r", "", "0", ""}},
        {"Self=s;Root=r", {"r", "", "", ""}},
        {"Root=r;Parent=p=q;Sampled", {"r", "", "", ""}},
        {"root=r", {}},
        {";;Root=r;", {"r", "", "", ""}},
    };
    for (const auto& [header, trace] : table) EXPECT_EQ(parse_trace(header), trace) << header;
}

TEST(Trace, IsRebuiltInTheDocumentedOrder) {
    EXPECT_EQ(to_string(parse_trace("Lineage=l;Sampled=1;Parent=p;Root=r")), "Root=r;Parent=p;Sampled=1;Lineage=l");
    EXPECT_EQ(to_string(parse_trace("Root=r;Parent=p")), "Root=r;Parent=p;Sampled=0");
    EXPECT_EQ(to_string(parse_trace("Root=r")), "Root=r;Sampled=0");
    EXPECT_EQ(to_string(parse_trace("Parent=p;Sampled=1")), "");
}

TEST(Trace, IsMadeWhereTheCallerSentNone) {
    const std::string made = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=0a9197af755a6419;Sampled=0";
    EXPECT_EQ(to_invocation_trace("", kFresh), made);
    EXPECT_EQ(to_invocation_trace("Parent=p;Sampled=1;Lineage=l", kFresh), made);
}

TEST(Trace, OfTheCallerIsHandedOn) {
    EXPECT_EQ(to_invocation_trace("Self=s;Root=r;Parent=p;Sampled=1", kFresh), "Root=r;Parent=p;Sampled=1");
    EXPECT_EQ(to_invocation_trace("Root=r", kFresh), "Root=r;Parent=0a9197af755a6419;Sampled=0");
}

TEST(TraceRoot, IsTheTimeAnd96RandomBits) {
    EXPECT_EQ(to_trace_root(kNow, 0xffffffffad49b0e8, 0x7f6ef6c87fc2e700), "1-5bef4de7-ad49b0e87f6ef6c87fc2e700");
}

TEST(LogStreamName, IsDateVersionAnd32Digits) {
    EXPECT_EQ(to_log_stream_name(kNow, "$LATEST", 0x0123456789abcdef, 0xf),
              "2018/11/16/[$LATEST]0123456789abcdef000000000000000f");
    EXPECT_EQ(to_log_stream_name(system_clock::time_point(std::chrono::days(19'000)), "12", 0, 0),
              "2022/01/08/[12]00000000000000000000000000000000");
}

}  // namespace
}  // namespace understudy::lambda::trace_test
