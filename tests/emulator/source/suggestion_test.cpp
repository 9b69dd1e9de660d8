#include "emulator/source/suggestion.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace understudy::source {
namespace {

TEST(EditDistance, CountsEditsAndSwapsOfNeighbours) {
    struct Case {
        std::string_view a;
        std::string_view b;
        std::size_t distance;
    };
    for (const auto& [a, b, distance] : {
             Case{"", "", 0},
             Case{"abc", "abc", 0},
             Case{"", "abc", 3},
             Case{"abc", "", 3},
             Case{"abc", "abd", 1},
             Case{"abc", "abcd", 1},
             Case{"abcd", "bcd", 1},
             Case{"fronst", "fronts", 1},
             Case{"ca", "abc", 3},
             Case{"kitten", "sitting", 3},
             Case{"abcd", "badc", 2},
         }) {
        EXPECT_EQ(edit_distance(a, b), distance) << a << ' ' << b;
        EXPECT_EQ(edit_distance(b, a), distance) << b << ' ' << a;
    }
}

std::optional<std::string_view> closest(std::string_view word, std::vector<std::string_view> candidates) {
    return closest_word(word, candidates);
}

TEST(Suggestion, IsTheNearestCandidate) {
    EXPECT_EQ(closest("fronst", {"front", "fronts", "steps"}), "fronts");
    EXPECT_EQ(closest("tiemout", {"time", "timeout"}), "timeout");
    EXPECT_EQ(closest("EROR", {"INFO", "WARN", "ERROR"}), "ERROR");
    EXPECT_EQ(closest("limt", {"limit", "list"}), "limit");
}

TEST(Suggestion, IsTheFirstOfEquallyNearOnes) {
    EXPECT_EQ(closest("stap", {"step", "stop"}), "step");
}

TEST(Suggestion, SeesThroughCaseAndSeparators) {
    EXPECT_EQ(closest("HTTPSTATUS", {"http_status", "headers"}), "http_status");
    EXPECT_EQ(closest("binary-media-types", {"binary_media_types"}), "binary_media_types");
    EXPECT_EQ(closest("error", {"ERROR"}), "ERROR");
}

TEST(Suggestion, IsNotMadeForFarOffWords) {
    EXPECT_EQ(closest("colour", {"fronts", "steps", "name"}), std::nullopt);
    EXPECT_EQ(closest("abc", {"xyz"}), std::nullopt);
    EXPECT_EQ(closest("a", {"b"}), std::nullopt);
    EXPECT_EQ(closest("", {"b"}), std::nullopt);
    EXPECT_EQ(closest("_", {"b", "-"}), std::nullopt);
    EXPECT_EQ(closest("name", {}), std::nullopt);
    EXPECT_EQ(closest(std::string(5000, 'a'), {"name"}), std::nullopt);
}

TEST(Suggestion, IsAQuestion) {
    constexpr std::array<std::string_view, 1> kNames = {"fronts"};
    EXPECT_EQ(render_suggestion("fronst", kNames), "did you mean 'fronts'?");
    EXPECT_EQ(render_suggestion("zzz", kNames), "");
}

}  // namespace
}  // namespace understudy::source
