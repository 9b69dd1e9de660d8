#include "emulator/net/response_head.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::net::response_head_test {
namespace {

TEST(ResponseHead, LinesKeepTheirOrderAndSpelling) {
    const http::Response response{201, {{"x-B", "2"}, {"X-a", "1"}, {"Set-Cookie", "a"}, {"Set-Cookie", "b"}}, "abc"};
    EXPECT_EQ(
        render_head(response, {}),
        "HTTP/1.1 201 Created\r\nx-B: 2\r\nX-a: 1\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: 3\r\n\r\n");
}

TEST(ResponseHead, UnknownStatusHasAnEmptyReason) {
    EXPECT_EQ(render_head({299, {}, ""}, {}), "HTTP/1.1 299 \r\nContent-Length: 0\r\n\r\n");
}

TEST(ResponseHead, LengthIsWrittenWhereItMayBeAndIsTrue) {
    struct Row {
        http::Response response;
        Framing framing;
        std::string lines;
        bool has_body;
    };
    const std::vector<Row> rows{
        {{200, {{"content-length", "99"}}, "abc"}, {}, "content-length: 3\r\n", true},
        {{200, {{"Content-Length", "1"}, {"A", "b"}, {"Content-Length", "2"}}, "abc"},
         {},
         "Content-Length: 3\r\nA: b\r\n",
         true},
        {{200, {{"Transfer-Encoding", "chunked"}}, "abc"}, {}, "Content-Length: 3\r\n", true},
        {{200, {{"Content-Length", "99"}}, ""}, {true, true, 1}, "Content-Length: 99\r\n", false},
        {{204, {{"Content-Length", "3"}}, "abc"}, {}, "", false},
        {{304, {}, "abc"}, {}, "", false},
        {{304, {{"Content-Length", "5"}}, ""}, {}, "Content-Length: 5\r\n", false},
        {{101, {}, ""}, {}, "", false},
    };
    for (const Row& row : rows) {
        const std::string head = render_head(row.response, row.framing);
        EXPECT_EQ(head.substr(head.find('\n') + 1), row.lines + "\r\n") << row.response;
        EXPECT_EQ(carries_body(row.response, row.framing), row.has_body) << row.response;
    }
}

TEST(ResponseHead, ConnectionLineSaysWhatWillHappen) {
    struct Row {
        std::string line;
        Framing framing;
        std::string expected;
    };
    const std::vector<Row> rows{
        {"", {true, false, 1}, ""},
        {"", {false, false, 1}, "Connection: close\r\n"},
        {"", {true, false, 0}, "Connection: keep-alive\r\n"},
        {"keep-alive", {true, false, 1}, "Connection: keep-alive\r\n"},
        {"Keep-Alive", {false, false, 1}, "Connection: close\r\n"},
        {"close", {false, false, 1}, "Connection: close\r\n"},
    };
    for (const Row& row : rows) {
        http::Response response{204, {}, ""};
        if (!row.line.empty()) response.headers.add("Connection", row.line);
        const std::string head = render_head(response, row.framing);
        EXPECT_EQ(head, "HTTP/1.1 204 No Content\r\n" + row.expected + "\r\n");
    }
    EXPECT_TRUE(asks_to_close({200, {{"connection", "upgrade , CLOSE"}}, ""}));
    EXPECT_FALSE(asks_to_close({200, {{"Connection", "closed"}, {"X", "close"}}, ""}));
}

TEST(ResponseHead, AStreamedBodyEndsAsVersionAndLengthSay) {
    struct Row {
        http::Response head;
        Framing framing;
        BodyEnd end;
        std::string lines;
    };
    const std::vector<Row> rows{
        {{200, {}, ""}, {}, BodyEnd::chunked, "Transfer-Encoding: chunked\r\n"},
        {{200, {{"transfer-encoding", "chunked"}}, ""}, {}, BodyEnd::chunked, "Transfer-Encoding: chunked\r\n"},
        {{200, {{"content-length", "12"}}, ""}, {}, BodyEnd::length, "content-length: 12\r\n"},
        {{200, {{"Content-Length", "1x"}}, ""}, {}, BodyEnd::chunked, "Transfer-Encoding: chunked\r\n"},
        {{200, {}, ""}, {false, false, 0}, BodyEnd::close, "Connection: close\r\n"},
        {{200, {{"Content-Length", "12"}}, ""}, {true, true, 1}, BodyEnd::no_body, "Content-Length: 12\r\n"},
        {{204, {{"Content-Length", "12"}}, ""}, {}, BodyEnd::no_body, ""},
        {{304, {}, ""}, {}, BodyEnd::no_body, ""},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(choose_body_end(row.head, row.framing), row.end) << row.head;
        const std::string head = render_stream_head(row.head, row.framing, row.end);
        EXPECT_EQ(head.substr(head.find('\n') + 1), row.lines + "\r\n") << row.head;
    }
}

TEST(ResponseHead, LineEndsInsideALineBecomeSpaces) {
    const http::Response response{204, {{"A\r\nB: c", "d\r\nE: f\0g"}, {"H", std::string_view("i\0j", 3)}}, ""};
    EXPECT_EQ(render_head(response, {}), "HTTP/1.1 204 No Content\r\nA  B: c: d  E: f\r\nH: i j\r\n\r\n");
}

}  // namespace
}  // namespace understudy::net::response_head_test
