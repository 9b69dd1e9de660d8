#include "emulator/event/query.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace understudy::event {

static void PrintTo(const Parameter& parameter, std::ostream* out) {
    *out << parameter.name << '=' << testing::PrintToString(parameter.values);
}

namespace {

TEST(Query, RepeatedKeysKeepTheirOrder) {
    EXPECT_EQ(parse_query("category=electronics&price=10&category=books&price=20&price=30", "&"),
              (std::vector<Parameter>{{"category", {"electronics", "books"}}, {"price", {"10", "20", "30"}}}));
}

TEST(Query, ReadsEveryShapeOfAPair) {
    EXPECT_EQ(parse_query("", "&"), std::vector<Parameter>());
    EXPECT_EQ(parse_query("&&", "&"), std::vector<Parameter>());
    EXPECT_EQ(parse_query("flag", "&"), (std::vector<Parameter>{{"flag", {""}}}));
    EXPECT_EQ(parse_query("a=", "&"), (std::vector<Parameter>{{"a", {""}}}));
    EXPECT_EQ(parse_query("a=b=c", "&"), (std::vector<Parameter>{{"a", {"b=c"}}}));
    EXPECT_EQ(parse_query("a=1&&b=2&", "&"), (std::vector<Parameter>{{"a", {"1"}}, {"b", {"2"}}}));
    EXPECT_EQ(parse_query("A=1&a=2", "&"), (std::vector<Parameter>{{"A", {"1"}}, {"a", {"2"}}}));
    EXPECT_EQ(parse_query("k%20ey=v%26w", "&"), (std::vector<Parameter>{{"k ey", {"v&w"}}}));
}

TEST(Query, SemicolonsSeparateWhereTheFrontSaysSo) {
    EXPECT_EQ(parse_query("a=1;b=2", "&;"), (std::vector<Parameter>{{"a", {"1"}}, {"b", {"2"}}}));
    EXPECT_EQ(parse_query("a=1;b=2", "&"), (std::vector<Parameter>{{"a", {"1;b=2"}}}));
}

}  // namespace
}  // namespace understudy::event
