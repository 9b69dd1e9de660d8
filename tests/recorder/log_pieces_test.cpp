#include "recorder/log_pieces.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

namespace understudy::recorder {
namespace {

using testing::ElementsAre;
using testing::StartsWith;

/// What a reader makes of the lines; fails the test where they are not as promised.
std::string join(const std::vector<std::string>& lines, std::size_t longest) {
    std::string joined;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string head = "UNDERSTUDY name " + std::to_string(i + 1) + "/" + std::to_string(lines.size()) + " ";
        EXPECT_THAT(lines[i], StartsWith(head));
        EXPECT_LE(lines[i].size(), longest);
        EXPECT_EQ(lines[i].back(), '\n');
        joined += lines[i].substr(head.size(), lines[i].size() - head.size() - 1);
    }
    return joined;
}

TEST(LogPieces, AShortLineIsOnePiece) {
    EXPECT_THAT(to_log_lines("name", R"({"exchange":{}})"), ElementsAre("UNDERSTUDY name 1/1 {\"exchange\":{}}\n"));
}

TEST(LogPieces, PiecesJoinedAreTheLine) {
    for (const std::size_t size : {0U, 1U, 4000U, 4096U, 5000U, 50'000U}) {
        const std::string line(size, 'x');
        EXPECT_EQ(join(to_log_lines("name", line), kLongestLogLine), line);
    }
}

TEST(LogPieces, NoCharacterIsCut) {
    std::string line;
    for (int i = 0; i < 500; ++i) line += "aé€😀";
    const auto lines = to_log_lines("name", line, 300);
    EXPECT_EQ(join(lines, 300), line);
    EXPECT_GT(lines.size(), 15U);
    for (const std::string& made : lines) EXPECT_NE(static_cast<unsigned char>(made[made.rfind(' ') + 1]) & 0xC0, 0x80);
}

TEST(LogPieces, NoPieceBeginsOrEndsInABlank) {
    std::string line;
    for (int i = 0; i < 300; ++i) line += "ab  c ";
    const auto lines = to_log_lines("name", line, 300);
    EXPECT_EQ(join(lines, 300), line);
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) EXPECT_NE(lines[i][lines[i].size() - 2], ' ');
}

TEST(LogPieces, WhatHoldsNothingButBlanksIsCutAllTheSame) {
    const std::string line(2000, ' ');
    EXPECT_EQ(join(to_log_lines("name", line, 300), 300), line);
}

}  // namespace
}  // namespace understudy::recorder
