#include "emulator/process/lines.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::process {
namespace {

std::vector<std::string> cut(const std::vector<std::string>& pieces) {
    Lines lines;
    std::vector<std::string> result;
    const auto collect = [&](std::string_view line) { result.emplace_back(line); };
    for (const auto& piece : pieces) lines.add(piece, collect);
    lines.finish(collect);
    return result;
}

using Texts = std::vector<std::string>;

TEST(Lines, AreHandedOutWithoutTheirNewline) {
    EXPECT_EQ(cut({"one\ntwo\n"}), (Texts{"one", "two"}));
}

TEST(Lines, EmptyLinesCount) {
    EXPECT_EQ(cut({"\n\na\n\n"}), (Texts{"", "", "a", ""}));
}

TEST(Lines, MayArriveInAnyPieces) {
    const std::string text = "first\nsecond\n\nthird";
    for (std::size_t size = 1; size <= text.size(); ++size) {
        Texts pieces;
        for (std::size_t at = 0; at < text.size(); at += size) pieces.push_back(text.substr(at, size));
        EXPECT_EQ(cut(pieces), (Texts{"first", "second", "", "third"})) << "pieces of " << size;
    }
}

TEST(Lines, ALineIsHandedOutAsSoonAsItsNewlineArrives) {
    Lines lines;
    Texts result;
    const auto collect = [&](std::string_view line) { result.emplace_back(line); };
    lines.add("ab", collect);
    EXPECT_EQ(result, Texts{});
    lines.add("c\nd", collect);
    EXPECT_EQ(result, Texts{"abc"});
}

TEST(Lines, TheLastNeedsNoNewline) {
    EXPECT_EQ(cut({"end"}), Texts{"end"});
    EXPECT_EQ(cut({""}), Texts{});
    EXPECT_EQ(cut({"end\n"}), Texts{"end"});
}

TEST(Lines, KeepEveryOtherByte) {
    const std::string bytes("\0\r\x80\xff\x1b[0m\t", 9);
    EXPECT_EQ(cut({bytes + "\n" + bytes}), (Texts{bytes, bytes}));
}

TEST(Lines, OfTheLongestSizeStayWhole) {
    const std::string longest(Lines::kLongestLine, 'x');
    EXPECT_EQ(cut({longest + "\nnext\n"}), (Texts{longest, "next"}));
    EXPECT_EQ(cut({longest, "\nnext\n"}), (Texts{longest, "next"}));
    EXPECT_EQ(cut({longest}), Texts{longest});
}

TEST(Lines, LongerOnesAreCut) {
    const std::string longest(Lines::kLongestLine, 'x');
    EXPECT_EQ(cut({longest + "y\nnext\n"}), (Texts{longest, "y", "next"}));
    EXPECT_EQ(cut({longest, "y", "z\n"}), (Texts{longest, "yz"}));
    EXPECT_EQ(cut({longest + longest + "y"}), (Texts{longest, longest, "y"}));
}

TEST(Lines, ALongLineIsHandedOutBeforeItEnds) {
    Lines lines;
    std::size_t handed_out = 0;
    const auto count = [&](std::string_view line) { handed_out += line.size(); };
    for (int i = 0; i < 64; ++i) lines.add(std::string(64 * 1024, 'x'), count);
    EXPECT_GE(handed_out, 63 * 64 * 1024 - Lines::kLongestLine);
}

}  // namespace
}  // namespace understudy::process
