#include "emulator/source/text.hpp"

#include "emulator/source/printable.hpp"
#include "emulator/source/shell_word.hpp"
#include "emulator/source/utc_time.hpp"
#include "emulator/source/word_list.hpp"

#include <gtest/gtest.h>

#include <array>
#include <span>

namespace understudy::source {
namespace {

TEST(PrintableText, APartOfALineStaysInIt) {
    EXPECT_EQ(to_printable_line("a\tb\n\x1b\r"), "a b \\x1b\\x0d");
}

TEST(PrintableText, ATerminalOnlyDrawsIt) {
    EXPECT_EQ(to_printable("a\x1b[31m\tb\n\x7f\r"), "a\\x1b[31m\tb\n\\x7f\\x0d");
    EXPECT_EQ(to_printable("\xC2\x9B\x9B\xC3\xA4\xFF"), "\\x9b\\x9b\xC3\xA4\\xff");
    EXPECT_EQ(to_printable("\xE2\x80\xAE.\xE2\x81\xA6.\xE2\x80\x8F"), "\\u202e.\\u2066.\xE2\x80\x8F");
}

TEST(Lines, CountsLinesAndCharactersFromOne) {
    const Lines lines("ab\ncd");
    EXPECT_EQ(lines.position(0), (Position{1, 1}));
    EXPECT_EQ(lines.position(2), (Position{1, 3}));
    EXPECT_EQ(lines.position(3), (Position{2, 1}));
    EXPECT_EQ(lines.position(99), (Position{2, 3}));
}

TEST(Lines, EndAtEveryKindOfLineBreak) {
    const Lines lines("a\r\nb\rc\nd");
    EXPECT_EQ(lines.count(), 4U);
    EXPECT_EQ(lines.position(3), (Position{2, 1}));
    EXPECT_EQ(lines.position(5), (Position{3, 1}));
    EXPECT_EQ(lines.line(1), (Range{0, 1}));
    EXPECT_EQ(lines.line(4), (Range{7, 8}));
}

TEST(Lines, CountCharactersNotBytes) {
    EXPECT_EQ(Lines("äö€😀x").position(11), (Position{1, 5}));
}

TEST(Lines, LeaveOutTheByteOrderMark) {
    const Lines lines(
        "\xEF\xBB\xBF"
        "a");
    EXPECT_EQ(lines.position(0), (Position{1, 1}));
    EXPECT_EQ(lines.position(3), (Position{1, 1}));
    EXPECT_EQ(lines.line(1), (Range{3, 4}));
}

TEST(Lines, OfAnEmptyTextAreOne) {
    const Lines lines("");
    EXPECT_EQ(lines.count(), 1U);
    EXPECT_EQ(lines.position(0), (Position{1, 1}));
    EXPECT_EQ(lines.line(2), (Range{0, 0}));
}

TEST(Character, DecodesWhatItEncodes) {
    for (const char32_t code : {U'a', U'\x7F', U'\x80', U'ß', U'\x7FF', U'\x800', U'€', U'\xFFFD', U'😀', U'\x10FFFF'}) {
        std::string text;
        append_character(text, code);
        const Character character = decode_character(text + "tail");
        EXPECT_EQ(character.code, code);
        EXPECT_EQ(character.width, text.size());
    }
}

TEST(Character, RefusesWhatIsNotUtf8) {
    for (const std::string_view bytes : {"\x80", "\xC0\x80", "\xC3", "\xC3(", "\xE0\x80\x80", "\xED\xA0\x80",
                                         "\xF0\x80\x80\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF"}) {
        EXPECT_EQ(decode_character(bytes).code, kNotUtf8) << testing::PrintToString(bytes);
        EXPECT_EQ(decode_character(bytes).width, 1U);
        EXPECT_FALSE(is_utf8("ß" + std::string(bytes)));
    }
    EXPECT_EQ(decode_character("").width, 0U);
    EXPECT_TRUE(is_utf8("aß€😀"));
}

TEST(Characters, AreCountedWhereverOthersThanAsciiStand) {
    for (std::size_t before = 0; before < 20; ++before) {
        const std::string text = std::string(before, 'a') + "\u00e9\u2603" + std::string(9, 'b') + "\xFF";
        EXPECT_EQ(count_characters(text), before + 12) << before;
    }
    EXPECT_EQ(count_characters(""), 0U);
}

TEST(UtcTime, IsRfc3339ToTheMillisecond) {
    const auto at = [](std::int64_t milliseconds) {
        return to_utc_time(std::chrono::system_clock::time_point(std::chrono::milliseconds(milliseconds)));
    };
    EXPECT_EQ(at(1'767'607'200'250), "2026-01-05T10:00:00.250Z");
    EXPECT_EQ(at(-1), "1969-12-31T23:59:59.999Z");
    std::string fine;
    append_utc_time(fine, std::chrono::sys_time(std::chrono::microseconds(1'767'607'200'250'007)));
    EXPECT_EQ(fine, "2026-01-05T10:00:00.250007Z");
    std::string date;
    append_date(date, std::chrono::sys_days(std::chrono::days(1)), '/');
    EXPECT_EQ(date, "1970/01/02");
}

TEST(WordList, ReadsAsASentence) {
    const std::array<std::string_view, 3> words{"auto", "always", "never"};
    EXPECT_EQ(render_list(words, "or"), "auto, always or never");
    EXPECT_EQ(render_list(std::span(words).first(2), "and"), "auto and always");
    EXPECT_EQ(render_list(std::span(words).first(1), "or"), "auto");
    EXPECT_EQ(render_list({}, "or"), "");
}

TEST(ShellWord, IsQuotedWhereAShellWouldReadMore) {
    EXPECT_EQ(to_shell_word("a/b-c.d:1=%,@"), "a/b-c.d:1=%,@");
    EXPECT_EQ(to_shell_word(""), "''");
    EXPECT_EQ(to_shell_word("we ird"), "'we ird'");
    EXPECT_EQ(to_shell_word("it's"), "'it'\\''s'");
    EXPECT_EQ(quote_for_shell("plain"), "'plain'");
}

}  // namespace
}  // namespace understudy::source
