#include "emulator/http/loopback_url.hpp"

#include <gtest/gtest.h>

namespace understudy::http {
namespace {

TEST(LoopbackUrl, OnlyThisMachineIsAsked) {
    const struct {
        std::string text, authority, target;
    } rows[] = {
        {"http://127.0.0.1:8080/keys.json", "127.0.0.1:8080", "/keys.json"},
        {"http://localhost", "localhost", "/"},
        {"http://localhost:80?a=b", "localhost", "/?a=b"},
        {"http://[::1]:9/a?b#c", "[::1]:9", "/a?b"},
    };
    for (const auto& row : rows) {
        const auto url = parse_loopback_url(row.text);
        ASSERT_TRUE(url) << row.text;
        EXPECT_EQ(authority_of(*url), row.authority);
        EXPECT_EQ(url->target, row.target);
    }
    for (const char* text :
         {"https://localhost/keys", "http://example.com/", "http://localhost.example.com/", "http://127.0.0.1x/",
          "http://localhost:0/", "http://localhost:65536/", "http://localhost:/", "http://me@localhost/",
          "http://localhost/a b", "http://localhost/a\r\nX: y", "keys.json", ""}) {
        EXPECT_FALSE(parse_loopback_url(text)) << text;
    }
}

}  // namespace
}  // namespace understudy::http
