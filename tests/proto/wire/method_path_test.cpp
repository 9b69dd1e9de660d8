#include "proto/wire/method_path.hpp"

#include <gtest/gtest.h>

namespace understudy::wire::method_path_test {

void PrintTo(const MethodPath& path, std::ostream* out) {
    *out << path.service << " " << path.method;
}

namespace {

constexpr MethodPath kCheck{"logquery.v1.LogQueryService", "CheckWindow"};

TEST(MethodPath, IsTheLastTwoSegmentsWhateverComesBefore) {
    for (const char* path :
         {"/logquery.v1.LogQueryService/CheckWindow", "/dev/logquery.v1.LogQueryService/CheckWindow",
          "/a/b%20c/logquery.v1.LogQueryService/CheckWindow", "//logquery.v1.LogQueryService/CheckWindow"}) {
        EXPECT_EQ(parse_method_path(path), kCheck) << path;
    }
    EXPECT_EQ(parse_method_path("/Service/Method_2"), (MethodPath{"Service", "Method_2"}));
}

TEST(MethodPath, IsNoneWhereTheLastTwoSegmentsAreNotNames) {
    for (const char* path :
         {"", "/", "//", "CheckWindow", "/CheckWindow", "a/b", "/logquery.v1.LogQueryService/", "/a//b",
          "/logquery.v1.LogQueryService/CheckWindow/", "/logquery.v1.LogQueryService/Check.Window",
          "/logquery.v1.LogQuery%53ervice/CheckWindow", "/a b/c", "/a/b?c"}) {
        EXPECT_EQ(parse_method_path(path), std::nullopt) << path;
    }
}

TEST(MethodPath, WrittenAndReadIsTheSame) {
    EXPECT_EQ(to_path(kCheck), "/logquery.v1.LogQueryService/CheckWindow");
    EXPECT_EQ(parse_method_path(to_path(kCheck)), kCheck);
}

}  // namespace
}  // namespace understudy::wire::method_path_test
