#include "tools/bench/options.hpp"

#include <gmock/gmock.h>

namespace understudy::bench {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Options parse(const std::vector<std::string>& arguments) {
    return parse_options(arguments);
}

TEST(BenchOptions, NothingMeansEveryRowOfAFullRun) {
    const Options options = parse({});
    EXPECT_EQ(options.problem, "");
    EXPECT_FALSE(options.help || options.quick || options.strict || options.build);
    EXPECT_EQ(options.source, "");
    EXPECT_THAT(options.only, IsEmpty());
}

TEST(BenchOptions, FlagsAndValuesAreTakenInAnyOrder) {
    const Options options = parse({"--strict", "--source", "/tree", "--quick", "--build", "--help"});
    EXPECT_EQ(options.problem, "");
    EXPECT_TRUE(options.help && options.quick && options.strict && options.build);
    EXPECT_EQ(options.source, "/tree");
}

TEST(BenchOptions, OnlyTakesTheNamesUpToTheNextOption) {
    const Options options = parse({"--only", "capacity", "latency", "--quick", "--only", "start"});
    EXPECT_EQ(options.problem, "");
    EXPECT_TRUE(options.quick);
    EXPECT_THAT(options.only, ElementsAre("capacity", "latency", "start"));
}

TEST(BenchOptions, WhatIsWrongIsSaid) {
    EXPECT_EQ(parse({"--fast"}).problem, "there is no option --fast");
    EXPECT_EQ(parse({"capacity"}).problem, "unexpected argument capacity");
    EXPECT_EQ(parse({"--only", "capacity", "--quick", "latency"}).problem, "unexpected argument latency");
    EXPECT_EQ(parse({"--only"}).problem, "--only wants the name of a row");
    EXPECT_EQ(parse({"--only", "--quick"}).problem, "--only wants the name of a row");
    EXPECT_EQ(parse({"--source"}).problem, "--source wants a directory");
}

}  // namespace
}  // namespace understudy::bench
