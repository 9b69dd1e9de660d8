#include "handler/runtime/reply_parser.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace understudy::runtime {
namespace {

constexpr std::string_view kReply =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nlambda-runtime-aws-request-id: 8476a536\r\n"
    "X-Empty:\r\nContent-Length: 5\r\n\r\nhello";

/// Feeds `bytes` in pieces, the rest of a body of known length through room(), as a connection does.
void feed_in_pieces(ReplyParser& parser, std::string_view bytes, std::size_t piece) {
    while (!bytes.empty() && !parser.is_complete()) {
        const auto room = parser.room();
        const std::size_t size = std::min({piece, bytes.size(), room.empty() ? bytes.size() : room.size()});
        if (room.empty()) {
            parser.feed(bytes.substr(0, size));
        } else {
            std::memcpy(room.data(), bytes.data(), size);
            parser.advance(size);
        }
        bytes.remove_prefix(size);
    }
}

TEST(ReplyParser, ReadsAReplyHoweverItIsCut) {
    ReplyParser parser;
    for (std::size_t piece = 1; piece <= kReply.size(); ++piece) {
        parser.begin();
        feed_in_pieces(parser, kReply, piece);
        ASSERT_TRUE(parser.is_complete()) << piece;
        EXPECT_TRUE(parser.keeps_alive());
        EXPECT_EQ(parser.reply().status, 200);
        EXPECT_EQ(parser.reply().body, "hello");
        EXPECT_EQ(parser.reply().headers.size(), 4U);
        ASSERT_NE(parser.reply().find_header("Lambda-Runtime-Aws-Request-Id"), nullptr);
        EXPECT_EQ(*parser.reply().find_header("Lambda-Runtime-Aws-Request-Id"), "8476a536");
        EXPECT_EQ(*parser.reply().find_header("x-empty"), "");
        EXPECT_EQ(parser.reply().find_header("x-missing"), nullptr);
    }
}

TEST(ReplyParser, ReadsAChunkedReplyHoweverItIsCut) {
    constexpr std::string_view kChunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n";
    ReplyParser parser;
    for (std::size_t piece = 1; piece <= kChunked.size(); ++piece) {
        parser.begin();
        feed_in_pieces(parser, kChunked, piece);
        ASSERT_TRUE(parser.is_complete()) << piece;
        EXPECT_TRUE(parser.keeps_alive());
        EXPECT_EQ(parser.reply().body, "hello");
    }
}

TEST(ReplyParser, ABodyHoldsAnyBytes) {
    std::string body;
    for (int i = 0; i < 256; ++i) body.push_back(static_cast<char>(i));
    ReplyParser parser;
    parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 256\r\n\r\n" + body);
    ASSERT_TRUE(parser.is_complete());
    EXPECT_EQ(parser.reply().body, body);
}

TEST(ReplyParser, ASmallReplyAfterALargeOneHasItsOwnBody) {
    ReplyParser parser;
    parser.feed("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123456789");
    ASSERT_TRUE(parser.is_complete());
    parser.begin();
    EXPECT_FALSE(parser.is_complete());
    EXPECT_FALSE(parser.has_begun());
    parser.feed("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n");
    ASSERT_TRUE(parser.is_complete());
    EXPECT_EQ(parser.reply().status, 202);
    EXPECT_EQ(parser.reply().body, "");
    EXPECT_EQ(parser.reply().headers.size(), 1U);
}

TEST(ReplyParser, SkipsInterimReplies) {
    ReplyParser parser;
    parser.feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 Accepted\r\nContent-Length: 2\r\n\r\nok");
    ASSERT_TRUE(parser.is_complete());
    EXPECT_EQ(parser.reply().status, 202);
    EXPECT_EQ(parser.reply().body, "ok");
}

TEST(ReplyParser, AConnectionIsNotKeptWhereTheServerSaysSo) {
    for (const char* head : {"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                             "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
                             "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nmore than was asked for"}) {
        ReplyParser parser;
        parser.feed(head);
        ASSERT_TRUE(parser.is_complete());
        EXPECT_FALSE(parser.keeps_alive()) << head;
    }
}

TEST(ReplyParser, ABodyWithoutLengthEndsWithTheConnection) {
    ReplyParser parser;
    parser.feed("HTTP/1.1 200 OK\r\n\r\nall of it");
    EXPECT_FALSE(parser.is_complete());
    parser.end();
    ASSERT_TRUE(parser.is_complete());
    EXPECT_EQ(parser.reply().body, "all of it");
    EXPECT_FALSE(parser.keeps_alive());
}

TEST(ReplyParser, RefusesWhatIsNoReply) {
    for (const char* bytes : {"garbage\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "HTTP/1.1 20x OK\r\n\r\n",
                              "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
                              "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999\r\n\r\n",
                              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"}) {
        ReplyParser parser;
        EXPECT_THROW(parser.feed(bytes), MalformedReply) << bytes;
    }
}

TEST(ReplyParser, RefusesAnEndWithinAReply) {
    for (const char* bytes : {"HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
                              "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n"}) {
        ReplyParser parser;
        parser.feed(bytes);
        EXPECT_THROW(parser.end(), MalformedReply) << bytes;
    }
}

TEST(ReplyParser, AcceptsHeadersOfAMegabyte) {
    ReplyParser parser;
    parser.feed("HTTP/1.1 200 OK\r\nX-Large: " + std::string(1024 * 1024, 'x') + "\r\nContent-Length: 0\r\n\r\n");
    ASSERT_TRUE(parser.is_complete());
    EXPECT_EQ(parser.reply().find_header("X-Large")->size(), 1024U * 1024U);
}

}  // namespace
}  // namespace understudy::runtime
