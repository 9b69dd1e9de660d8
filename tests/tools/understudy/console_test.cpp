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
    ::setenv("TERM", "dumb", 1);
    EXPECT_FALSE(wants_colour(terminal));
    if (before == nullptr)
        ::unsetenv("TERM");
    else
        ::setenv("TERM", kept.c_str(), 1);
    ::close(terminal);
    ::close(window);
}

std::string show(std::string_view lines, source::Colour colour) {
    std::string shown;
    append_log(shown, "fn", lines, colour);
    return shown;
}

TEST(ShownLog, HaveTheFunctionsNameAndAreDimmedOnATerminal) {
    EXPECT_EQ(show("a\n\nb\n", source::Colour::none), "[fn] a\n[fn] \n[fn] b\n");
    EXPECT_EQ(show("a\n", source::Colour::ansi), "\x1b[2m[fn] a\x1b[0m\n");
}

/// As awslambdaric and aws-lambda-ric write it.
TEST(ShownLog, AStackTraceWithCarriageReturnsIsShownInLines) {
    EXPECT_EQ(show("[ERROR] E: no\rTraceback:\r  File\nnext\r\n", source::Colour::none),
              "[fn] [ERROR] E: no\n[fn] Traceback:\n[fn]   File\n[fn] next\n");
}

}  // namespace
}  // namespace understudy::cli
