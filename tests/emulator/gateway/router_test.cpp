#include "emulator/app/route_key.hpp"
#include "emulator/gateway/http_router.hpp"
#include "emulator/gateway/rest_router.hpp"
#include "emulator/gateway/route_explanation.hpp"
#include "emulator/gateway/target.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <random>
#include <string>
#include <tuple>
#include <vector>

namespace understudy::gateway {

static void PrintTo(const Target& target, std::ostream* out) {
    *out << target.path << " ? " << target.query;
}

namespace {

/// Routes from `GET /users/{id}`, `$default`.
app::Api api_of(app::ApiKind kind, const std::vector<std::string>& keys) {
    app::Api api{.kind = kind};
    for (const std::string& key : keys) {
        const auto blank = key.find(' ');
        app::Route& route = api.routes.emplace_back();
        route.path = blank == std::string::npos ? key : key.substr(blank + 1);
        if (blank != std::string::npos) route.method = key.substr(0, blank);
    }
    return api;
}

/// `GET /users/{id} id=7`, or "none".
std::string shown(const app::Api& api, const std::optional<RouteMatch>& match) {
    if (!match) return "none";
    std::string text = route_key(api.routes[match->route]);
    for (const auto& [name, value] : match->parameters) text += ' ' + name + '=' + value;
    return text;
}

std::string rest(const std::vector<std::string>& keys, std::string_view method, std::string_view path) {
    const app::Api api = api_of(app::ApiKind::rest, keys);
    return shown(api, RestRouter(api).find(method, path));
}

std::string http(const std::vector<std::string>& keys, std::string_view method, std::string_view path,
                 TrailingSlash slash = TrailingSlash::counts) {
    const app::Api api = api_of(app::ApiKind::http, keys);
    return shown(api, HttpRouter(api, slash).find(method, path));
}

TEST(Target, TargetsAreTakenApart) {
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

TEST(RestRouter, SiblingsAsRecorded) {
    const std::vector<std::string> keys = {"POST /test", "OPTIONS /{proxy+}", "ANY /test/any"};
    EXPECT_EQ(rest(keys, "POST", "/test"), "POST /test");
    EXPECT_EQ(rest(keys, "OPTIONS", "/test"), "OPTIONS /{proxy+} proxy=test");
    EXPECT_EQ(rest(keys, "GET", "/test/any"), "ANY /test/any");
    EXPECT_EQ(rest(keys, "OPTIONS", "/test/any"), "ANY /test/any");
    EXPECT_EQ(rest(keys, "GET", "/test"), "none");
    EXPECT_EQ(rest(keys, "GET", "/other"), "none");
}

TEST(RestRouter, PathsAsRecorded) {
    const std::vector<std::string> keys = {"ANY /", "ANY /{proxy+}", "GET /hardcoded", "GET /a/{id}"};
    struct Row {
        std::string_view path, expected;
    };
    const Row rows[] = {
        {"/proxy-value", "ANY /{proxy+} proxy=proxy-value"},
        {"/proxy-value/", "ANY /{proxy+} proxy=proxy-value"},
        {"/proxy-value//double-slash", "ANY /{proxy+} proxy=proxy-value//double-slash"},
        {"//proxy-value", "ANY /{proxy+} proxy=proxy-value"},
        {"///proxy-value", "ANY /{proxy+} proxy=proxy-value"},
        {"/a%2Fb", "ANY /{proxy+} proxy=a%2Fb"},
        {"/api/test%2Balias@gmail.com/test+alias@gmail.com",
         "ANY /{proxy+} proxy=api/test%2Balias@gmail.com/test+alias@gmail.com"},
        {"/hardcoded", "GET /hardcoded"},
        {"/hardcoded/", "GET /hardcoded"},
        {"//hardcoded", "GET /hardcoded"},
        {"/Hardcoded", "ANY /{proxy+} proxy=Hardcoded"},
        {"/a/7", "GET /a/{id} id=7"},
        {"/a/7/", "GET /a/{id} id=7"},
        {"/a//", "ANY /{proxy+} proxy=a/"},
        {"/", "ANY /"},
        {"//", "ANY /"},
        {"", "ANY /"},
    };
    for (const Row& row : rows) EXPECT_EQ(rest(keys, "GET", row.path), row.expected) << row.path;
}

TEST(RestRouter, AParameterTakesNoEmptySegment) {
    EXPECT_EQ(rest({"ANY /{proxy+}"}, "GET", "/"), "none");
    EXPECT_EQ(rest({"ANY /a/{proxy+}"}, "GET", "/a"), "none");
    EXPECT_EQ(rest({"ANY /a/{proxy+}"}, "GET", "/a/"), "none");
    EXPECT_EQ(rest({"ANY /a/{proxy+}"}, "GET", "/a//"), "none");
    EXPECT_EQ(rest({"ANY /{a}/{b}"}, "GET", "/x//"), "none");
    EXPECT_EQ(rest({"ANY /{a}/{b}"}, "GET", "/x/y"), "ANY /{a}/{b} a=x b=y");
}

TEST(RestRouter, OnlyTheLastSegmentIsGreedy) {
    const app::Api api = api_of(app::ApiKind::rest, {"GET /a/{all+}/b"});
    EXPECT_EQ(rest({"GET /a/{all+}/b"}, "GET", "/a/x/b"), "none") << "AWS takes no such resource";
    for (const NearMiss& miss : explain_routes(api, "GET", "/a/x/b", std::nullopt)) {
        EXPECT_NE(miss.reason, MissReason::less_specific) << "the explanation says what the router does";
    }
}

TEST(RestRouter, TheMostSpecificResourceWithTheMethodWins) {
    const std::vector<std::string> keys = {"ANY /{proxy+}", "GET /pets/{proxy+}", "GET /pets/{kind}/{id}",
                                           "PUT /pets/dog/1"};
    EXPECT_EQ(rest(keys, "PUT", "/pets/dog/1"), "PUT /pets/dog/1");
    EXPECT_EQ(rest(keys, "GET", "/pets/dog/1"), "GET /pets/{kind}/{id} kind=dog id=1");
    EXPECT_EQ(rest(keys, "GET", "/pets/dog/1/2"), "GET /pets/{proxy+} proxy=dog/1/2");
    EXPECT_EQ(rest(keys, "POST", "/pets/dog/1"), "ANY /{proxy+} proxy=pets/dog/1");
}

TEST(RestRouter, AnyIsSevenMethods) {
    for (const std::string_view method : {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"}) {
        EXPECT_EQ(rest({"ANY /"}, method, "/"), "ANY /") << method;
    }
    for (const std::string_view method : {"TRACE", "CONNECT", "PROPFIND", "get", ""}) {
        EXPECT_EQ(rest({"ANY /"}, method, "/"), "none") << method;
    }
    EXPECT_EQ(rest({"GET /"}, "HEAD", "/"), "none");
}

TEST(HttpRouter, TheDocumentedExample) {
    const std::vector<std::string> keys = {"GET /pets/dog/1", "GET /pets/dog/{id}", "GET /pets/{proxy+}",
                                           "ANY /{proxy+}", "$default"};
    EXPECT_EQ(http(keys, "GET", "/pets/dog/1"), "GET /pets/dog/1");
    EXPECT_EQ(http(keys, "GET", "/pets/dog/2"), "GET /pets/dog/{id} id=2");
    EXPECT_EQ(http(keys, "GET", "/pets/cat/1"), "GET /pets/{proxy+} proxy=cat/1");
    EXPECT_EQ(http(keys, "POST", "/test/5"), "ANY /{proxy+} proxy=test/5");
    EXPECT_EQ(http(keys, "POST", "/pets/dog/1"), "ANY /{proxy+} proxy=pets/dog/1");
    EXPECT_EQ(http(keys, "GET", "/"), "$default");
}

TEST(HttpRouter, AMethodOfItsOwnGoesBeforeAny) {
    EXPECT_EQ(http({"ANY /{a}", "GET /{b}"}, "GET", "/x"), "GET /{b} b=x");
    EXPECT_EQ(http({"ANY /{a}", "GET /{b}"}, "PROPFIND", "/x"), "ANY /{a} a=x");
    EXPECT_EQ(http({"ANY /x", "GET /{b}"}, "GET", "/x"), "ANY /x");
}

TEST(HttpRouter, GreedyRoutesComeLast) {
    EXPECT_EQ(http({"GET /a/{proxy+}", "GET /{x}/b"}, "GET", "/a/b"), "GET /{x}/b x=a");
    EXPECT_EQ(rest({"GET /a/{proxy+}", "GET /{x}/b"}, "GET", "/a/b"), "GET /a/{proxy+} proxy=b");
}

TEST(HttpRouter, ASlashAtTheEndCounts) {
    EXPECT_EQ(http({"GET /foo"}, "GET", "/foo/"), "none");
    EXPECT_EQ(http({"GET /foo"}, "GET", "/foo/", TrailingSlash::is_ignored), "GET /foo");
    EXPECT_EQ(http({"GET /{id}"}, "GET", "/foo/"), "none");
    EXPECT_EQ(http({"GET /{proxy+}"}, "GET", "/foo/"), "GET /{proxy+} proxy=foo");
    EXPECT_EQ(http({"ANY /{proxy+}"}, "GET", "/"), "none");
    EXPECT_EQ(http({"GET /"}, "GET", "/"), "GET /");
    EXPECT_EQ(http({"GET /"}, "GET", "//"), "none");
}

// What follows states the rules once more, route by route, and asks both the same.

std::vector<std::string> split(std::string_view path) {
    std::vector<std::string> segments;
    for (std::size_t at = 1; at < path.size() || (at == path.size() && path.size() > 1);) {
        const auto slash = std::min(path.find('/', at), path.size());
        segments.emplace_back(path.substr(at, slash - at));
        at = slash + 1;
    }
    return segments;
}

/// A digit for each segment of the route, 0 literal, 1 parameter, 2 greedy; nullopt where it does not fit.
std::optional<std::string> fit(std::string_view route, const std::vector<std::string>& sent) {
    const auto segments = split(route);
    std::string kinds;
    for (std::size_t i = 0; i < segments.size(); ++i) {
        if (segments[i].ends_with("+}")) {
            for (std::size_t j = i; j < sent.size(); ++j) {
                if (!sent[j].empty()) return kinds + '2';
            }
            return std::nullopt;
        }
        if (i >= sent.size()) return std::nullopt;
        const bool parameter = segments[i].starts_with('{');
        if (parameter ? sent[i].empty() : sent[i] != segments[i]) return std::nullopt;
        kinds += parameter ? '1' : '0';
    }
    if (segments.size() != sent.size()) return std::nullopt;
    return kinds;
}

std::optional<std::size_t> oracle(const app::Api& api, std::string_view method, std::string path) {
    const bool is_rest = api.kind == app::ApiKind::rest;
    if (is_rest) {
        while (path.starts_with("//")) path.erase(0, 1);
        if (path.size() > 1 && path.ends_with('/')) path.pop_back();
    }
    using Rank = std::tuple<bool, std::string, bool, std::size_t>;
    std::optional<Rank> best;
    for (std::size_t i = 0; i < api.routes.size(); ++i) {
        const app::Route& route = api.routes[i];
        const bool any = route.method == "ANY";
        if (!any && route.method != method) continue;
        if (any && is_rest && method == "TRACE") continue;
        const auto kinds = fit(route.path, split(path));
        if (!kinds) continue;
        const Rank rank{!is_rest && kinds->ends_with('2'), *kinds, any, i};
        if (!best || rank < *best) best = rank;
    }
    if (!best) return std::nullopt;
    return std::get<3>(*best);
}

using Random = std::mt19937;

std::size_t below(Random& random, std::size_t limit) {
    return random() % limit;
}

std::string random_route(Random& random) {
    constexpr const char* kSegments[] = {"a", "b", "c", "{x}", "{y}"};
    constexpr const char* kMethods[] = {"GET", "POST", "ANY", "TRACE"};
    std::string route = std::string(kMethods[below(random, 4)]) + ' ';
    for (std::size_t length = below(random, 4); length > 0; --length) {
        route.append("/").append(kSegments[below(random, 5)]);
    }
    if (below(random, 4) == 0) route += "/{proxy+}";
    return route.ends_with(' ') ? route + '/' : route;
}

std::string random_path(Random& random) {
    constexpr const char* kSegments[] = {"a", "b", "c", "d", ""};
    std::string path;
    for (std::size_t length = below(random, 5); length > 0; --length) {
        path.append("/").append(kSegments[below(random, 5)]);
    }
    return path.empty() || below(random, 5) == 0 ? path + '/' : path;
}

template <class Router>
void expect_oracle(const app::Api& api, const Router& router, Random& random) {
    constexpr std::string_view kMethods[] = {"GET", "POST", "PUT", "TRACE"};
    for (int i = 0; i < 60; ++i) {
        const std::string path = random_path(random);
        const std::string_view method = kMethods[below(random, 4)];
        const auto match = router.find(method, path);
        const auto expected = oracle(api, method, path);
        ASSERT_EQ(match ? std::optional(match->route) : std::nullopt, expected)
            << method << ' ' << path << ": " << shown(api, match);
    }
}

app::Api random_api(app::ApiKind kind, Random& random) {
    std::vector<std::string> keys;
    for (std::size_t count = 1 + below(random, 20); count > 0; --count) keys.push_back(random_route(random));
    return api_of(kind, keys);
}

TEST(RestRouter, AgreesWithTheOracle) {
    Random random(1);
    for (int table = 0; table < 300; ++table) {
        const app::Api api = random_api(app::ApiKind::rest, random);
        expect_oracle(api, RestRouter(api), random);
    }
}

TEST(HttpRouter, AgreesWithTheOracle) {
    Random random(2);
    for (int table = 0; table < 300; ++table) {
        const app::Api api = random_api(app::ApiKind::http, random);
        expect_oracle(api, HttpRouter(api, TrailingSlash::counts), random);
    }
}

std::string reasons(app::ApiKind kind, const std::vector<std::string>& keys, std::string_view method,
                    std::string_view path, std::optional<std::size_t> taken = std::nullopt) {
    std::string text;
    const app::Api api = api_of(kind, keys);
    for (const NearMiss& miss : explain_routes(api, method, path, taken)) {
        text += route_key(api.routes[miss.route]) + ": " + miss.text + '\n';
    }
    return text;
}

TEST(RouteExplanation, Reasons) {
    using app::ApiKind;
    EXPECT_EQ(reasons(ApiKind::http, {"POST /foo"}, "GET", "/foo"),
              "POST /foo: the path fits, the method GET does not\n");
    EXPECT_EQ(reasons(ApiKind::http, {"GET /foo"}, "GET", "/foo/"), "GET /foo: the slash at the end counts\n");
    EXPECT_EQ(reasons(ApiKind::rest, {"GET /foo"}, "GET", "/foo/", 0), "");
    EXPECT_EQ(reasons(ApiKind::rest, {"GET /Users/{id}"}, "GET", "/users/7"),
              "GET /Users/{id}: upper and lower case count\n");
    EXPECT_EQ(reasons(ApiKind::rest, {"GET /users/{id}"}, "GET", "/user/7"),
              "GET /users/{id}: the path has 'user' where the route has 'users'\n");
    EXPECT_EQ(reasons(ApiKind::rest, {"ANY /{proxy+}"}, "GET", "/"), "ANY /{proxy+}: {proxy} would be empty\n");
    EXPECT_EQ(reasons(ApiKind::rest, {"ANY /{proxy+}", "GET /a"}, "GET", "/a", 1),
              "ANY /{proxy+}: another route goes before it\n");
    EXPECT_EQ(reasons(ApiKind::rest, {"ANY /a"}, "TRACE", "/a"), "ANY /a: the path fits, the method TRACE does not\n");
    EXPECT_EQ(reasons(ApiKind::http, {"GET /a/b", "GET /x/y/z", "$default"}, "GET", "/c/d"), "");
}

}  // namespace
}  // namespace understudy::gateway
