#include "client/url.hpp"

#include "client/http_message.hpp"

#include <gtest/gtest.h>

namespace understudy::client::url_test {

void PrintTo(const Url& url, std::ostream* out) {
    *out << (url.scheme == Scheme::https ? "https " : "http ") << url.host << " " << url.port << " " << url.authority
         << " " << url.base_path;
}

namespace {

TEST(ServerUrl, HasTheSchemesPortAndNoSlashAtTheEnd) {
    EXPECT_EQ(parse_url("http://127.0.0.1:3000"), (Url{Scheme::http, "127.0.0.1", "3000", "127.0.0.1:3000", ""}));
    EXPECT_EQ(parse_url("http://127.0.0.1:3000/"), (Url{Scheme::http, "127.0.0.1", "3000", "127.0.0.1:3000", ""}));
    EXPECT_EQ(parse_url("https://api.example.com/prod/"),
              (Url{Scheme::https, "api.example.com", "443", "api.example.com", "/prod"}));
    EXPECT_EQ(parse_url("HTTP://localhost/a/b%20c"), (Url{Scheme::http, "localhost", "80", "localhost", "/a/b%20c"}));
    EXPECT_EQ(parse_url("http://[::1]:3000/dev"), (Url{Scheme::http, "::1", "3000", "[::1]:3000", "/dev"}));
}

TEST(ServerUrl, IsNothingElse) {
    for (const char* text : {"", "127.0.0.1:3000", "localhost", "/prod", "ftp://host", "http://", "http://:3000",
                             "http://host:", "http://host:0", "http://host:99999", "http://host:x", "http://user@host",
                             "http://host/?a=b", "http://host/#a", "http://ho st", "https//host"}) {
        EXPECT_EQ(parse_url(text), std::nullopt) << text;
    }
}

TEST(HttpRequestHead, GetsHostAndLengthAndKeepsTheRest) {
    const Url url = *parse_url("http://127.0.0.1:3000/prod");
    EXPECT_EQ(
        render_head(
            {.method = "POST", .target = "/a.B/C?x=%2F", .headers = {{"x-ONE", "1"}, {"X-One", "2"}}, .body = "abc"},
            url),
        "POST /prod/a.B/C?x=%2F HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nx-ONE: 1\r\nX-One: 2\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(render_head({.method = "GET", .target = "/", .headers = {}, .body = {}}, url),
              "GET /prod/ HTTP/1.1\r\nHost: 127.0.0.1:3000\r\n\r\n");
    EXPECT_EQ(render_head({.method = "POST", .target = "/", .headers = {}, .body = {}}, url),
              "POST /prod/ HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nContent-Length: 0\r\n\r\n");
}

TEST(HttpRequestHead, DoesNotRepeatWhatIsGiven) {
    const Url url = *parse_url("http://127.0.0.1:3000");
    EXPECT_EQ(render_head({.method = "POST",
                           .target = "/",
                           .headers = {{"host", "api.local"}, {"content-length", "9"}},
                           .body = "abc"},
                          url),
              "POST / HTTP/1.1\r\nhost: api.local\r\ncontent-length: 9\r\n\r\n");
}

}  // namespace
}  // namespace understudy::client::url_test
