#include "tools/replay/own_address.hpp"

#include "tools/match/json_value.hpp"

#include <gtest/gtest.h>

namespace understudy::replay {
namespace {

std::string replaced(std::string_view text, std::string_view host) {
    return replace_address(text, host, "*");
}

TEST(OwnAddress, IsReplacedInEachPlace) {
    EXPECT_EQ(replaced("http://a:1/b http://a:1", "a:1"), "http://*/b http://*");
    EXPECT_EQ(replaced("a:1,a:1", "a:1"), "*,*");
    EXPECT_EQ(replaced("at a.example. Not", "a.example"), "at *. Not");
    EXPECT_EQ(replaced("at a.example: here", "a.example"), "at *: here");
    EXPECT_EQ(replaced("a:1", ""), "a:1");
    EXPECT_EQ(replaced("", "a:1"), "");
}

TEST(OwnAddress, IsNoPartOfAnotherName) {
    for (const char* text : {"http://ba:1/", "http://a:12/", "http://x.a:1", "http://a:1.x", "a:1b", "-a:1", "a:1_"})
        EXPECT_EQ(replaced(text, "a:1"), text);
    EXPECT_EQ(replaced("http://a:8080/", "a"), "http://a:8080/") << "another server of that machine";
}

TEST(OwnAddress, IsReplacedInTextsOfAValueAndNotInItsNames) {
    const auto value = match::parse_json(R"({"a:1":["http://a:1/",7,{"b":"a:1"}]})");
    ASSERT_TRUE(value);
    EXPECT_EQ(match::to_text(replace_address(*value, "a:1", "*")), R"({"a:1":["http://*/",7,{"b":"*"}]})");
}

}  // namespace
}  // namespace understudy::replay
