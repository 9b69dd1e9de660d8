#include "emulator/gateway/own_answer.hpp"

#include "emulator/gateway/cors.hpp"
#include "emulator/gateway/target_health.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway::own_answer_test {
namespace {

http::Request with_origin(std::string method, std::string_view origin) {
    return {std::move(method), "/", 1, {{"Origin", origin}, {"Access-Control-Request-Method", "PUT"}}, ""};
}

const app::Cors kCors{.allow_origins = {"https://a.example", "http://*"},
                      .allow_methods = {"GET", "PUT"},
                      .allow_headers = {"content-type", "x-a"},
                      .expose_headers = {"x-b"},
                      .max_age = std::chrono::seconds(300),
                      .allow_credentials = true};

TEST(CorsPolicy, Preflights) {
    const http::Headers headers = {{"access-control-allow-origin", "https://a.example"},
                                   {"access-control-allow-credentials", "true"},
                                   {"access-control-allow-methods", "GET,PUT"},
                                   {"access-control-allow-headers", "content-type,x-a"},
                                   {"access-control-expose-headers", "x-b"},
                                   {"access-control-max-age", "300"}};
    const CorsPolicy http(app::ApiKind::http, kCors);
    EXPECT_EQ(http.preflight(with_origin("OPTIONS", "https://a.example")), (http::Response{204, headers, ""}));
    EXPECT_EQ(http.preflight(with_origin("OPTIONS", "https://evil.example")), (http::Response{204, {}, ""}));
    const CorsPolicy url(app::ApiKind::url, kCors);
    EXPECT_EQ(url.preflight(with_origin("OPTIONS", "https://a.example")), (http::Response{200, headers, ""}));
    EXPECT_TRUE(is_preflight(with_origin("OPTIONS", "x")));
    EXPECT_FALSE(is_preflight(with_origin("GET", "x")));
    EXPECT_FALSE(is_preflight({"OPTIONS", "/", 1, {{"Origin", "x"}}, ""}));
}

TEST(CorsPolicy, PreflightsSayAnAgeOnlyWhereOneIsConfigured) {
    app::Cors cors = kCors;
    for (const auto kind : {app::ApiKind::http, app::ApiKind::url}) {
        const auto age = [&] {
            return CorsPolicy(kind, cors)
                .preflight(with_origin("OPTIONS", "https://a.example"))
                .headers.first("access-control-max-age")
                .has_value();
        };
        cors.max_age = std::nullopt;
        EXPECT_FALSE(age());
        cors.max_age = std::chrono::seconds(0);
        EXPECT_TRUE(age());
    }
}

TEST(CorsPolicy, AnswersToAllowedOrigins) {
    const CorsPolicy policy(app::ApiKind::http, kCors);
    EXPECT_EQ(policy.headers_for(with_origin("GET", "http://b.example:8080")),
              (http::Headers{{"access-control-allow-origin", "http://b.example:8080"},
                             {"access-control-allow-credentials", "true"},
                             {"access-control-expose-headers", "x-b"}}));
    EXPECT_TRUE(policy.headers_for(with_origin("GET", "https://b.example")).empty());
    EXPECT_TRUE(policy.headers_for({"GET", "/", 1, {}, ""}).empty());
    EXPECT_EQ(without_cors({{"a", "1"}, {"Access-Control-Allow-Origin", "x"}, {"access-control-max-age", "1"}}),
              (http::Headers{{"a", "1"}}));
}

TEST(CorsPolicy, OriginPatterns) {
    const CorsPolicy any(app::ApiKind::http, {.allow_origins = {"*"}});
    EXPECT_EQ(any.headers_for(with_origin("GET", "https://b.example")),
              (http::Headers{{"access-control-allow-origin", "*"}}));
}

TEST(OwnAnswer, MockMethods) {
    EXPECT_EQ(to_response(app::MockIntegration{.status = 204, .headers = {{"X", "1"}}}, {}),
              (http::Response{204, {{"X", "1"}, {"Content-Type", "application/json"}}, ""}));
    const app::MockIntegration mock{.templates = {{"text/html", "<p>"}, {"application/json", "{}"}}};
    EXPECT_EQ(to_response(mock, {{"Accept", "text/html;q=0.5, */*"}}),
              (http::Response{200, {{"Content-Type", "text/html"}}, "<p>"}));
    EXPECT_EQ(to_response(mock, {{"Accept", "image/png"}}),
              (http::Response{200, {{"Content-Type", "application/json"}}, "{}"}));
}

TEST(OwnAnswer, APreflightRepeatsOneOfSeveralOrigins) {
    const app::MockIntegration mock{
        .status = 204,
        .headers = {{"Access-Control-Allow-Origin", "https://a.example"}, {"Vary", "Origin"}},
        .templates = {{"application/json", ""}},
        .origins = {.exact = {"https://b.example"}, .expressions = {"https://.*\\.c\\.example", "(", "null|x"}}};
    const auto allowed = [&mock](const http::Headers& request) {
        const http::Response response = to_response(mock, request);
        EXPECT_EQ(response.status, 204);
        EXPECT_EQ(response.headers.first("Vary"), "Origin");
        EXPECT_EQ(response.headers.first("Access-Control-Allow-Origin"),
                  response.headers.last("Access-Control-Allow-Origin"));
        return std::string(response.headers.first("Access-Control-Allow-Origin").value_or("none"));
    };
    EXPECT_EQ(allowed({}), "https://a.example");
    EXPECT_EQ(allowed({{"Origin", "https://evil.example"}}), "https://a.example");
    EXPECT_EQ(allowed({{"origin", "https://b.example"}}), "https://b.example");
    EXPECT_EQ(allowed({{"Origin", "https://B.example"}}), "https://a.example");
    EXPECT_EQ(allowed({{"Origin", "https://x.c.example"}}), "https://x.c.example");
    EXPECT_EQ(allowed({{"Origin", "https://x.c.example.evil"}}), "https://a.example");
}

TEST(OwnAnswer, MockMethodsMayRefuseTypesWithoutATemplate) {
    const app::MockIntegration open;
    const app::MockIntegration closed{.request_types = {"application/json", "Text/CSV"}};
    EXPECT_TRUE(takes(open, {{"Content-Type", "text/plain"}}));
    EXPECT_TRUE(takes(closed, {})) << "counts as JSON";
    EXPECT_TRUE(takes(closed, {{"Content-Type", "Application/JSON; charset=utf-8"}}));
    EXPECT_TRUE(takes(closed, {{"content-type", "text/csv"}}));
    EXPECT_FALSE(takes(closed, {{"Content-Type", "text/plain"}}));
}

TEST(TargetHealth, ChangesAsItsThresholdsSay) {
    TargetHealth health(
        app::HealthCheck{.function = "f", .healthy_threshold = 3, .unhealthy_threshold = 2, .matcher = "200,210-219"});
    using State = TargetHealth::State;
    const struct {
        std::optional<int> status;
        State state;
    } rows[] = {{500, State::initial},   {200, State::healthy},          {201, State::healthy},
                {215, State::healthy},   {std::nullopt, State::healthy}, {500, State::unhealthy},
                {200, State::unhealthy}, {200, State::unhealthy},        {404, State::unhealthy},
                {200, State::unhealthy}, {219, State::unhealthy},        {210, State::healthy}};
    for (const auto& row : rows) {
        const State before = health.state();
        EXPECT_EQ(health.on_check(row.status), before == row.state ? std::nullopt : std::optional(row.state));
        EXPECT_EQ(health.state(), row.state) << &row - rows;
    }
    for (const char* never : {"", "x", "200-", "-300", "199-100"}) EXPECT_FALSE(matches_status(never, 200)) << never;
}

TEST(OwnAnswer, FixedResponses) {
    EXPECT_EQ(to_response(app::FixedResponse{404, "text/html", "<p>"}),
              (http::Response{404, {{"Content-Type", "text/html; charset=utf-8"}}, "<p>"}));
    EXPECT_EQ(to_response(app::FixedResponse{503, "", ""}), (http::Response{503, {}, ""}));
}

TEST(OwnAnswer, Redirects) {
    const RedirectSource source{"http", "a.example", 3000, {"/x/y", "q=1&#{path}"}};
    const auto location = [&](const app::Redirect& redirect) {
        return std::string(to_response(redirect, source).headers.first("Location").value_or(""));
    };
    EXPECT_EQ(location({}), "http://a.example:3000/x/y?q=1&#{path}");
    EXPECT_EQ(location({.protocol = "HTTPS", .port = "443", .path = "/new/#{path}", .query = ""}),
              "https://a.example:443/new/x/y");
    EXPECT_EQ(location({.host = "www.#{host}", .path = "/", .query = "from=#{path}&#{query}"}),
              "http://www.a.example:3000/?from=x/y&q=1&#{path}");
    const http::Response moved = to_response(app::Redirect{.status = 301}, source);
    EXPECT_EQ(moved.status, 301);
    EXPECT_NE(moved.body.view().find("<h1>301 Moved Permanently</h1>"), std::string_view::npos);
}

TEST(OwnAnswer, ARedirectKeepsTheWayByPathWhereItStaysOnTheServer) {
    const RedirectSource source{"http", "a.example", 3000, {"/x/y", "q=1"}, "/_apis/Listener"};
    const auto location = [&](const app::Redirect& redirect) {
        return std::string(to_response(redirect, source).headers.first("Location").value_or(""));
    };
    EXPECT_EQ(location({.path = "/new/#{path}"}), "http://a.example:3000/_apis/Listener/new/x/y?q=1");
    EXPECT_EQ(location({.host = "A.EXAMPLE", .path = "/"}), "http://A.EXAMPLE:3000/_apis/Listener/?q=1");
    EXPECT_EQ(location({.host = "b.example"}), "http://b.example:3000/x/y?q=1");
    EXPECT_EQ(location({.protocol = "HTTPS", .port = "443"}), "https://a.example:443/x/y?q=1");
}

}  // namespace
}  // namespace understudy::gateway::own_answer_test
