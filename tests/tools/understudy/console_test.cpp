#include "tools/understudy/console.hpp"

#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

TEST(RequestLine, HasMethodTargetStatusTimeAndId) {
    EXPECT_EQ(render_request_line({"POST", "/a?b=c", 200, std::chrono::microseconds(1234), "id"}),
              "POST /a?b=c 200 1.2 ms id\n");
}

TEST(RequestLine, ControlCharactersDoNotReachTheTerminal) {
    EXPECT_EQ(render_request_line({"GET", "/\x1b[31m\x7f", 404, std::chrono::microseconds(50), "id"}),
              "GET /?[31m? 404 0.1 ms id\n");
}

}  // namespace
}  // namespace understudy::cli
