#include "tools/understudy/console.hpp"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>

namespace understudy::cli {
namespace {

TEST(RequestLine, HasMethodTargetStatusTimeAndId) {
    EXPECT_EQ(render_request_line({"POST", "/a?b=c", 200, std::chrono::microseconds(1234), "id"}),
              "POST /a?b=c 200 1.2 ms id\n");
}

TEST(RequestLine, SaysWhatCutABodyOff) {
    EXPECT_EQ(render_request_line({"GET", "/", 200, std::chrono::microseconds(50), "id", "Runtime.ExitError"}),
              "GET / 200 0.1 ms id, cut off by Runtime.ExitError: the client has only the begin of the body\n");
}

TEST(RequestLine, ControlCharactersDoNotReachTheTerminal) {
    EXPECT_EQ(render_request_line({"GET", "/\x1b[31m\x7f", 404, std::chrono::microseconds(50), "id"}),
              "GET /?[31m? 404 0.1 ms id\n");
    EXPECT_EQ(
        render_request_line({"GET", "/\xC3\xA4\xC2\x9B\x9B\xE2\x80\xAEx", 404, std::chrono::microseconds(50), "id"}),
        "GET /\xC3\xA4???x 404 0.1 ms id\n");
}

TEST(Colour, IsForTerminalsThatAreNotDumb) {
    const int window = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    ASSERT_EQ(::grantpt(window), 0);
    ASSERT_EQ(::unlockpt(window), 0);
    const int terminal = ::open(::ptsname(window), O_RDWR | O_NOCTTY | O_CLOEXEC);
    const char* before = std::getenv("TERM");
    const std::string kept = before == nullptr ? "" : before;
    ::unsetenv("NO_COLOR");
    ::setenv("TERM", "xterm", 1);
    EXPECT_TRUE(wants_colour(terminal));
    EXPECT_EQ(colour_of(terminal), source::Colour::ansi);
    EXPECT_EQ(display_of(terminal), Display::colours);
    ::setenv("TERM", "dumb", 1);
    EXPECT_FALSE(wants_colour(terminal));
    EXPECT_EQ(colour_of(terminal), source::Colour::none);
    EXPECT_EQ(display_of(terminal), Display::terminal);
    int ends[2];
    ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
    EXPECT_EQ(display_of(ends[1]), Display::none);
    ::close(ends[0]);
    ::close(ends[1]);
    if (before == nullptr)
        ::unsetenv("TERM");
    else
        ::setenv("TERM", kept.c_str(), 1);
    ::close(terminal);
    ::close(window);
}

std::string show(std::string_view lines, Display display) {
    std::string shown;
    append_log(shown, "fn", lines, display);
    return shown;
}

TEST(ShownLog, HaveTheFunctionsNameAndAreDimmedOnATerminal) {
    EXPECT_EQ(show("a\n\nb\n", Display::none), "[fn] a\n[fn] \n[fn] b\n");
    EXPECT_EQ(show("a\n", Display::colours), "\x1b[2m[fn] a\x1b[0m\n");
}

/// As awslambdaric and aws-lambda-ric write it.
TEST(ShownLog, AStackTraceWithCarriageReturnsIsShownInLines) {
    EXPECT_EQ(show("[ERROR] E: no\rTraceback:\r  File\nnext\r\n", Display::none),
              "[fn] [ERROR] E: no\n[fn] Traceback:\n[fn]   File\n[fn] next\n");
}

TEST(ShownLog, ATerminalGetsAFunctionsColoursAndObeysNothingElse) {
    const std::string red = "\x1b[1;31mred\x1b[m";
    struct Row {
        std::string written;
        std::string drawn;
        std::string in_colours;
    };
    const Row rows[] = {
        {red, "red", red},
        {"\x1b[38:2::1:2:3mx", "x", "\x1b[38:2::1:2:3mx"},
        {"\x1b]0;title\a", "\\x1b]0;title\\x07", {}},
        {"a\x1b[2J\x1b[1;1Hb", "a\\x1b[2J\\x1b[1;1Hb", {}},
        {"\x1b\x1b[0mx\x1b[", "\\x1bx\\x1b[", "\\x1b\x1b[0mx\\x1b["},
        {"\x1b[?25l", "\\x1b[?25l", {}},
        {"\xc2\x9b"
         "2J \x9b \xe2\x80\xae",
         "\\x9b2J \\x9b \\u202e",
         {}},
        {"tab\tand \xc3\xa4 \xf0\x9f\x98\x80", "tab\tand \xc3\xa4 \xf0\x9f\x98\x80", {}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(show(row.written, Display::none), "[fn] " + row.written + '\n') << "a file has it as it is";
        EXPECT_EQ(show(row.written, Display::terminal), "[fn] " + row.drawn + '\n');
        EXPECT_EQ(show(row.written, Display::colours),
                  "\x1b[2m[fn] " + (row.in_colours.empty() ? row.drawn : row.in_colours) + "\x1b[0m\n");
    }
}

}  // namespace
}  // namespace understudy::cli
