#include "emulator/gateway/route.hpp"

#include <gtest/gtest.h>

#include <ostream>

namespace understudy::gateway {

static void PrintTo(const Target& target, std::ostream* out) {
    *out << target.path << " ? " << target.query;
}
static void PrintTo(const Route& route, std::ostream* out) {
    *out << route.key << ' ' << route.path << ' ' << route.proxy.value_or("(none)");
}

namespace {

using app::ApiKind;

TEST(Route, TargetsAreTakenApart) {
    EXPECT_EQ(parse_target("/a/b?x=1?y"), (Target{"/a/b", "x=1?y"}));
    EXPECT_EQ(parse_target("/"), (Target{"/", ""}));
    EXPECT_EQ(parse_target("/?"), (Target{"/", ""}));
    EXPECT_EQ(parse_target("//a"), (Target{"//a", ""}));
    EXPECT_EQ(parse_target("http://host:1/a?b"), (Target{"/a", "b"}));
    EXPECT_EQ(parse_target("HTTPS://host"), (Target{"/", ""}));
    EXPECT_EQ(parse_target("http://host?b"), (Target{"/", "b"}));
    EXPECT_EQ(parse_target("*"), std::nullopt);
    EXPECT_EQ(parse_target(""), std::nullopt);
    EXPECT_EQ(parse_target("host:443"), std::nullopt);
    EXPECT_EQ(parse_target("ftp://host/a"), std::nullopt);
}

TEST(Route, RestPathsAsRecorded) {
    struct Row {
        std::string_view request, path;
        std::optional<std::string> proxy;
    };
    const Row rows[] = {
        {"/proxy-value", "/proxy-value", "proxy-value"},
        {"/proxy-value/", "/proxy-value/", "proxy-value"},
        {"/proxy-value//double-slash", "/proxy-value//double-slash", "proxy-value//double-slash"},
        {"//proxy-value", "/proxy-value", "proxy-value"},
        {"///proxy-value", "/proxy-value", "proxy-value"},
        {"/api/test%2Balias@gmail.com/plus/test+alias@gmail.com",
         "/api/test%2Balias@gmail.com/plus/test+alias@gmail.com",
         "api/test%2Balias@gmail.com/plus/test+alias@gmail.com"},
        {"/a%2Fb", "/a%2Fb", "a%2Fb"},
        {"/", "/", std::nullopt},
        {"//", "/", std::nullopt},
    };
    for (const Row& row : rows) {
        const Route expected{row.proxy ? "/{proxy+}" : "/", std::string(row.path), row.proxy};
        EXPECT_EQ(find_route(ApiKind::rest, "GET", row.request), expected) << row.request;
    }
}

TEST(Route, AnyIsSevenMethodsOnRest) {
    for (const std::string_view method : {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}) {
        EXPECT_TRUE(find_route(ApiKind::rest, method, "/").has_value()) << method;
    }
    for (const std::string_view method : {"TRACE", "CONNECT", "PROPFIND", "get", ""}) {
        EXPECT_FALSE(find_route(ApiKind::rest, method, "/").has_value()) << method;
    }
}

TEST(Route, TheDefaultRouteTakesEverything) {
    EXPECT_EQ(find_route(ApiKind::http, "PROPFIND", "//a//b/"), (Route{"$default", "//a//b/", std::nullopt}));
    EXPECT_EQ(find_route(ApiKind::http, "GET", "/"), (Route{"$default", "/", std::nullopt}));
}

}  // namespace
}  // namespace understudy::gateway
