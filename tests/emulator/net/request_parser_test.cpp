#include "emulator/net/request_parser.hpp"

#include "emulator/net/head_fault.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace understudy::net::request_parser_test {
namespace {

/// Feeds `bytes` in pieces of `step`, as a connection does; returns the requests with their bodies.
std::vector<http::Request> parse_all(std::string_view bytes, std::size_t step) {
    RequestParser parser({64 * 1024, 1024 * 1024, Trailers::appended});
    std::vector<http::Request> requests;
    std::string waiting;
    while (!bytes.empty() || !waiting.empty()) {
        const std::string_view piece = bytes.substr(0, step);
        bytes.remove_prefix(piece.size());
        waiting += piece;
        bool moved = true;
        while (moved && !waiting.empty()) {
            std::size_t used = parser.body_left() == 0 ? parser.feed(waiting) : 0;
            const std::string_view body = std::string_view(waiting).substr(used, parser.body_left());
            parser.request().body += body;
            parser.body_arrived(body.size());
            used += body.size();
            waiting.erase(0, used);
            moved = used > 0;
            EXPECT_FALSE(parser.fault());
            if (parser.done()) {
                requests.push_back(std::move(parser.request()));
                parser.reset();
            }
        }
        if (bytes.empty() && !moved) break;
    }
    return requests;
}

TEST(RequestParser, CutsAnywhereMakeNoDifference) {
    const std::string bytes =
        "\r\nGET /a?b HTTP/1.1\r\nHost: x\r\nEmpty:\r\n\r\n"
        "POST /b HTTP/1.0\r\nContent-Length: 11\r\n\r\nhello world"
        "PUT /c HTTP/1.1\r\nTransfer-Encoding: Chunked\r\n\r\n4;a=b\r\nabcd\r\n10\r\n0123456789abcdef\r\n0\r\nT: "
        "1\r\nU: "
        "2\r\n\r\n"
        "PUT /e HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nT: 1\r\n\r\n"
        "PUT /f HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        "PUT /g HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n01\r\n0\r\n00\r\n\r\n"
        "DELETE /d HTTP/1.1\r\n\r\n";
    const std::vector<http::Request> expected{
        {"GET", "/a?b", 1, {{"Host", "x"}, {"Empty", ""}}, ""},
        {"POST", "/b", 0, {{"Content-Length", "11"}}, "hello world"},
        {"PUT", "/c", 1, {{"Transfer-Encoding", "Chunked"}, {"T", "1"}, {"U", "2"}}, "abcd0123456789abcdef"},
        {"PUT", "/e", 1, {{"Transfer-Encoding", "chunked"}, {"T", "1"}}, ""},
        {"PUT", "/f", 1, {{"Transfer-Encoding", "chunked"}}, ""},
        {"PUT", "/g", 1, {{"Transfer-Encoding", "chunked"}}, "0"},
        {"DELETE", "/d", 1, {}, ""},
    };
    for (std::size_t step = 1; step <= bytes.size(); ++step) EXPECT_EQ(parse_all(bytes, step), expected) << step;
}

TEST(RequestParser, FoldedLineIsJoinedWithASpace) {
    const auto requests = parse_all("GET / HTTP/1.1\r\nA: b\r\n  c\r\n\r\n", 1000);
    ASSERT_EQ(requests.size(), 1u);
    EXPECT_EQ(requests[0].headers, (http::Headers{{"A", "b c"}}));
}

TEST(RequestParser, HeadIsCountedToTheByte) {
    const std::string head = "GET / HTTP/1.1\r\nA: b\r\n\r\n";
    for (const std::size_t spare : {0, 1}) {
        RequestParser parser({head.size() - 1 + spare, 0});
        parser.feed(head);
        EXPECT_EQ(parser.fault().has_value(), spare == 0);
        EXPECT_EQ(parser.done(), spare == 1);
    }
}

TEST(RequestParser, BodyIsCountedToTheByte) {
    struct Row {
        std::string request;
        bool accepted;
    };
    const std::vector<Row> rows{
        {"POST / HTTP/1.1\r\nContent-Length: 4\r\n\r\n", true},
        {"POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\n", false},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n2\r\ncd\r\n0\r\n\r\n", true},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n", false},
        {"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", false},
    };
    for (const Row& row : rows) {
        RequestParser parser({1000, 4});
        parser.feed(row.request);
        EXPECT_EQ(parser.fault(), row.accepted ? std::nullopt : std::optional(Malformed::body_too_large))
            << row.request;
    }
}

TEST(RequestParser, ABodyThatGoesElsewhereMayHaveAnySize) {
    for (const auto& [framing, left] :
         {std::pair("Content-Length: 9\r\n\r\n", 9u), {"Transfer-Encoding: chunked\r\n\r\n9\r\n12345", 0u}}) {
        RequestParser parser({1000, 4});
        parser.feed("POST / HTTP/1.1\r\n" + std::string(framing));
        EXPECT_EQ(parser.fault(), Malformed::body_too_large) << framing;
        parser.lift_body_limit();
        EXPECT_EQ(parser.fault(), std::nullopt) << framing;
        EXPECT_EQ(parser.body_left(), left);
        if (left == 0) parser.feed("6789\r\n5\r\nabcde\r\n0\r\n\r\n");
        parser.body_arrived(left);
        EXPECT_TRUE(parser.done()) << framing;
    }
}

TEST(HeadFault, IsWhatTheParserSays) {
    const http::Headers none;
    EXPECT_EQ(find_head_fault({"GET", "/", 1, {{"Host", "x"}, {"A", "1"}, {"host", "x"}}, ""}), Malformed::garbage)
        << "for whom it is would be in doubt";
    EXPECT_FALSE(find_head_fault({"GET", "/a%20b?q=|{}", 1, {{"Host", "x"}, {"Content-Length", "99999999999"}}, ""}));
    EXPECT_FALSE(find_head_fault({"PURGE", "*", 1, {{"Transfer-Encoding", "chunked"}}, ""}));
    EXPECT_FALSE(find_head_fault({"GET", "/", 1, {{"Long", std::string(1'000'000, 'x')}}, ""})) << "a front's matter";
    for (const auto& [method, target] : {std::pair("GET", "/a b"),
                                         {"GE T", "/"},
                                         {"G@T", "/"},
                                         {"", "/"},
                                         {"GET", ""},
                                         {"GET", "/\x7f"},
                                         {"GET", "/ HTTP/1.1\r\nX: y\r\n\r\n"}}) {
        EXPECT_EQ(find_head_fault({method, target, 1, none, ""}), Malformed::garbage) << method << ' ' << target;
    }
    EXPECT_EQ(find_head_fault({"GET", "/", 1, {{"A", "b\x01"}}, ""}), Malformed::garbage);
    EXPECT_EQ(find_head_fault({"PUT", "/", 1, {{"Content-Length", "x"}}, ""}), Malformed::bad_framing);
}

TEST(HeadFault, AServersLimitsCountBeforeAnyFrontsOwn) {
    const ServerLimits limits{.header_bytes = 30, .body_bytes = 4};
    const std::string longest(30 - std::string_view("GET  HTTP/1.1\r\n\r\n").size(), '/');
    EXPECT_EQ(find_fault({"GET", longest, 1, {}, "1234"}, limits), std::nullopt);
    EXPECT_EQ(find_fault({"GET", longest, 1, {}, "12345"}, limits), Malformed::body_too_large);
    EXPECT_EQ(find_fault({"GET", "/ ", 1, {}, "12345"}, limits), Malformed::garbage);
    EXPECT_EQ(find_fault({"GET", longest + ' ', 1, {}, "12345"}, limits), Malformed::headers_too_large);
}

}  // namespace
}  // namespace understudy::net::request_parser_test
