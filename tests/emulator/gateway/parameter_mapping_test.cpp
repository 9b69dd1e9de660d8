#include "emulator/gateway/parameter_mapping.hpp"

#include "emulator/event/api_findings.hpp"
#include "emulator/event/mapping_target.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway::parameter_mapping_test {
namespace {

const ResponseContext kContext{.variables = {{"context.requestId", "id="}, {"stageVariables.env", "dev"}},
                               .headers = {}};

TEST(ParameterMapping, WhatMayBeChanged) {
    for (const char* good : {"append:header.a", "overwrite:header.a.b", "remove:querystring.a", "overwrite:path",
                             "overwrite:statuscode"}) {
        EXPECT_TRUE(event::parse_mapping_target(good)) << good;
    }
    for (const char* bad : {"", "append:path", "remove:statuscode", "header.a", "append:header.", "append:body.a",
                            "replace:header.a", "append:header"}) {
        EXPECT_FALSE(event::parse_mapping_target(bad)) << bad;
    }
}

TEST(ParameterMapping, OfRequests) {
    event::Place place = event::http_place("GET /users/{id}");
    place.path = "/users/7%208";
    place.query = "a=1&b=2&a=%2B";
    place.path_parameters = {{"id", "7%208"}};
    place.authorizer = R"({"jwt":{"claims":{"sub":"me"},"scopes":null}})";
    const http::Request request{.method = "POST",
                                .target = "/users/7%208?a=1&b=2&a=%2B",
                                .headers = {{"X-Old", "1"}, {"x-old", "2"}, {"Keep", "k"}},
                                .body = R"({"user":{"names":["x","y"],"age":7.0}})"};
    const struct {
        std::string target, value, headers, query, path;
    } rows[] = {
        {"append:header.X-New", "plain", "X-Old:1 x-old:2 Keep:k X-New:plain ", "a=1&b=2&a=%2B", "/users/7%208"},
        {"append:header.x-old", "3", "X-Old:1 x-old:2 Keep:k x-old:3 ", "a=1&b=2&a=%2B", "/users/7%208"},
        {"overwrite:header.x-old", "$request.header.X-OLD", "Keep:k x-old:1,2 ", "a=1&b=2&a=%2B", "/users/7%208"},
        {"remove:header.X-OLD", "''", "Keep:k ", "a=1&b=2&a=%2B", "/users/7%208"},
        {"overwrite:header.k", "${request.path.id}-${context.requestId}",
         "X-Old:1 x-old:2 Keep:k k:7 8-id= ", "a=1&b=2&a=%2B", "/users/7%208"},
        {"overwrite:header.k", "$request.body.user.names[1]", "X-Old:1 x-old:2 Keep:k k:y ", "a=1&b=2&a=%2B",
         "/users/7%208"},
        {"overwrite:header.k", "$request.body.user.age", "X-Old:1 x-old:2 Keep:k k:7.0 ", "a=1&b=2&a=%2B",
         "/users/7%208"},
        {"overwrite:header.k", "$context.authorizer.claims.sub", "X-Old:1 x-old:2 Keep:k k:me ", "a=1&b=2&a=%2B",
         "/users/7%208"},
        {"overwrite:header.k", "$request.body.nothing", "X-Old:1 x-old:2 Keep:k ", "a=1&b=2&a=%2B", "/users/7%208"},
        {"overwrite:header.via", "me", "X-Old:1 x-old:2 Keep:k ", "a=1&b=2&a=%2B", "/users/7%208"},
        {"append:querystring.a", "x y", "X-Old:1 x-old:2 Keep:k ", "a=1&b=2&a=%2B&a=x%20y", "/users/7%208"},
        {"overwrite:querystring.a", "$request.querystring.a", "X-Old:1 x-old:2 Keep:k ", "b=2&a=1%2C%2B",
         "/users/7%208"},
        {"remove:querystring.a", "''", "X-Old:1 x-old:2 Keep:k ", "b=2", "/users/7%208"},
        {"overwrite:path", "/${stageVariables.env}$request.path", "X-Old:1 x-old:2 Keep:k ", "a=1&b=2&a=%2B",
         "/dev/users/7%208"},
        {"overwrite:path", "/$request.path.id", "X-Old:1 x-old:2 Keep:k ", "a=1&b=2&a=%2B", "/7 8"},
        {"overwrite:path", "/a/$request.path.none", "X-Old:1 x-old:2 Keep:k ", "a=1&b=2&a=%2B", "/users/7%208"},
        {"overwrite:header.k", "$5 of $context.requestId, $", "X-Old:1 x-old:2 Keep:k k:$5 of id=, $ ", "a=1&b=2&a=%2B",
         "/users/7%208"},
        {"overwrite:header.k", "$context.authorizer.claims.sub/${request.path.id}$request.header.keep",
         "X-Old:1 x-old:2 Keep:k k:me/7 8k ", "a=1&b=2&a=%2B", "/users/7%208"},
        {"overwrite:path", "else", "X-Old:1 x-old:2 Keep:k ", "a=1&b=2&a=%2B", "/else"},
    };
    for (const auto& row : rows) {
        const MappedRequest mapped = map_request({{row.target, row.value}}, request, place, kContext);
        std::string headers;
        for (const auto [name, value] : mapped.headers) headers.append(name).append(":").append(value).append(" ");
        EXPECT_EQ(headers, row.headers) << row.target << ' ' << row.value;
        EXPECT_EQ(mapped.query, row.query) << row.target;
        EXPECT_EQ(mapped.path, row.path) << row.target;
    }
}

TEST(ParameterMapping, OfReplies) {
    const std::vector<app::ResponseMapping> mappings = {
        {200, {{"append:header.x-more", "$response.header.X-Kind"}, {"overwrite:header.x-kind", "$context.requestId"}}},
        {404,
         {{"overwrite:statuscode", "200"}, {"remove:header.x-kind", "''"}, {"append:header.e", "$response.body.e"}}},
        {500, {{"overwrite:statuscode", "none"}, {"append:header.content-length", "1"}}}};
    const struct {
        int status, mapped;
        http::Headers headers;
    } rows[] = {{200, 200, {{"X-More", "a"}, {"X-Kind", "id="}}},
                {404, 200, {{"E", "gone"}}},
                {500, 500, {{"X-Kind", "a"}}},
                {201, 201, {{"X-Kind", "a"}}}};
    for (const auto& row : rows) {
        http::Response response{.status = row.status, .headers = {{"X-Kind", "a"}}, .body = R"({"e":"gone"})"};
        map_response(mappings, response, kContext);
        EXPECT_EQ(response.status, row.mapped);
        EXPECT_EQ(response.headers, row.headers) << row.status;
    }
}

TEST(ParameterMapping, WhatAwsRefusesIsTold) {
    app::Api api{
        .kind = app::ApiKind::http,
        .routes = {{.method = "GET",
                    .path = "/",
                    .integration = app::LambdaIntegration{
                        .function = "f",
                        .request_parameters = {{"append:header.Authorization", "x"}, {"append:header.ok", "x"}},
                        .response_parameters = {{200, {{"append:body.x", "x"}}}}}}}};
    EXPECT_EQ(event::ids_of(event::find_in_api(api)), "parameter-mapping-refused parameter-mapping-refused");
}

}  // namespace
}  // namespace understudy::gateway::parameter_mapping_test
