// What `understudy explain` takes its words for.
#include "tools/understudy/explained_request.hpp"

#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

http::Request typed(std::string_view target, http::Headers headers = {}, std::string body = {}) {
    http::Request request{"GET", "", 1, std::move(headers), std::move(body)};
    set_target(request, target);
    return request;
}

TEST(ExplainedRequest, AUrlIsAskedAsAClientDoes) {
    struct Row {
        const char* typed;
        const char* target;
        http::Headers headers;
    };
    const Row rows[] = {
        {"http://x/y", "/y", {{"Host", "x"}}},
        {"HTTPS://x:99/y?q=http://z", "/y?q=http://z", {{"Host", "x:99"}}},
        {"https://[::1]:80?q", "/?q", {{"Host", "[::1]:80"}}},
        {"http://x", "/", {{"Host", "x"}}},
        {"http://x/a?b#c?d", "/a?b", {{"Host", "x"}}},
        {"http://x#b", "/", {{"Host", "x"}}},
        {"http://u:p@x/y@z", "/y@z", {{"Host", "x"}, {"Authorization", "Basic dTpw"}}},
        {"http://x/a%20b", "/a%20b", {{"Host", "x"}}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(typed(row.typed).target, row.target) << row.typed;
        EXPECT_EQ(typed(row.typed).headers, row.headers) << row.typed;
    }
    const http::Headers own{{"Accept", "a"}, {"host", "other"}, {"authorization", "b"}};
    EXPECT_EQ(typed("http://u:p@x/y", own).headers, own);
}

TEST(ExplainedRequest, AWebSocketsUrlIsAskedByAHandshake) {
    const http::Request handshake = typed("wss://x/prod", {{"Sec-WebSocket-Key", "abc"}});
    EXPECT_EQ(handshake.target, "/prod");
    EXPECT_EQ(handshake.headers, (http::Headers{{"Host", "x"},
                                                {"Sec-WebSocket-Key", "abc"},
                                                {"Connection", "Upgrade"},
                                                {"Upgrade", "websocket"},
                                                {"Sec-WebSocket-Version", "13"}}));
    EXPECT_EQ(typed("ws://x", {}, "message").headers, (http::Headers{{"Host", "x"}}));
}

TEST(ExplainedRequest, AnyOtherTargetIsTheOneThatIsSent) {
    for (const char* target : {"/", "/a#b", "/a?u=http://x/y", "ftp://x/y", "urn:x://y", "?u=http://x/y", "a/b://c/d",
                               "://x/y", "http:/x/y", "*", "a.b:443", "", "/a b", "http://x /y", "http://\x7f@x/y"}) {
        EXPECT_EQ(typed(target).target, target);
        EXPECT_TRUE(typed(target).headers.empty()) << target;
    }
}

TEST(ExplainedRequest, AContentLengthOfAnotherBodyIsRefused) {
    EXPECT_TRUE(check_length(typed("/", {{"Content-Length", "2"}}, "ab")));
    EXPECT_TRUE(check_length(typed("/", {{"Content-Length", "0"}})));
    EXPECT_TRUE(check_length(typed("/", {}, "ab")));
    for (const char* other : {"x", "2x", "-1", ""}) {
        EXPECT_TRUE(check_length(typed("/", {{"Content-Length", other}}))) << "a parser's matter: " << other;
    }
    EXPECT_TRUE(check_length(typed("/", {{"Content-Length", "5"}, {"Content-Length", "6"}})));
    EXPECT_TRUE(check_length(typed("/", {{"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}, "ab")));
    EXPECT_EQ(check_length(typed("/", {{"Content-Length", "3"}}, "ab")).error().message(),
              "the header Content-Length says 3, the body has 2 bytes: leave the header out, it is added as a client "
              "adds it");
    EXPECT_FALSE(check_length(typed("/", {{"Content-Length", "5"}, {"Content-Length", "5"}})));
}

}  // namespace
}  // namespace understudy::cli
