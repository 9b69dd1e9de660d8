#include "emulator/gateway/alb_rules.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway::alb_rules_test {
namespace {

using Field = app::AlbCondition::Field;

app::Api one_rule(app::AlbCondition condition) {
    app::Api api{.kind = app::ApiKind::alb};
    api.routes.push_back({.integration = {}, .priority = 1, .conditions = {std::move(condition)}});
    return api;
}

TEST(AlbRules, Conditions) {
    struct Row {
        app::AlbCondition condition;
        bool holds;
    };
    const http::Request request{"GET",
                                "/api/Users?a=1&Flag=Yes&x",
                                1,
                                {{"Host", "Shop.example.com:3000"}, {"X-Team", "red"}, {"x-team", "Blue"}},
                                ""};
    const AlbRequest seen{request, *parse_target(request.target), "10.1.2.3"};
    const Row rows[] = {
        {{Field::path, "", {"/nope", "/api/*"}}, true},
        {{Field::path, "", {"/api/users"}}, false},
        {{Field::path, "", {"/api/Users?a=1*"}}, false},
        {{Field::host, "", {"*.EXAMPLE.com"}}, true},
        {{Field::host, "", {"example.com"}}, false},
        {{Field::header, "X-TEAM", {"bl*"}}, true},
        {{Field::header, "X-Team", {"green"}}, false},
        {{Field::header, "X-Other", {"*"}}, false},
        {{Field::method, "", {"POST", "GET"}}, true},
        {{Field::method, "", {"get"}}, false},
        {{Field::query, "", {"flag=yes"}}, true},
        {{Field::query, "", {"ye?"}}, true},
        {{Field::query, "", {"a=2"}}, false},
        {{Field::source_ip, "", {"10.0.0.0/8"}}, true},
        {{Field::source_ip, "", {"192.168.0.0/16", "nonsense"}}, false},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(AlbRules(one_rule(row.condition)).find(seen).has_value(), row.holds) << row.condition.values.front();
    }
}

TEST(AlbRules, TheLowestPriorityWins) {
    app::Api api{.kind = app::ApiKind::alb};
    api.routes.push_back({.integration = {}, .priority = 50'000});
    api.routes.push_back({.integration = {}, .priority = 20, .conditions = {{Field::path, "", {"/a*"}}}});
    api.routes.push_back(
        {.integration = {}, .priority = 10, .conditions = {{Field::path, "", {"/a*"}}, {Field::method, "", {"PUT"}}}});
    const AlbRules rules(api);
    const http::Request put{"PUT", "/ab", 1, {}, ""};
    const http::Request get{"GET", "/ab", 1, {}, ""};
    const http::Request other{"GET", "/", 1, {}, ""};
    EXPECT_EQ(rules.find({put, {"/ab", ""}, "::1"}), 2u);
    EXPECT_EQ(rules.find({get, {"/ab", ""}, "::1"}), 1u);
    EXPECT_EQ(rules.find({other, {"/", ""}, "::1"}), 0u);
    EXPECT_EQ(rules.failed_conditions(2, {get, {"/ab", ""}, "::1"}), std::vector<std::size_t>{1});
    api.routes.erase(api.routes.begin());
    EXPECT_EQ(AlbRules(api).find({other, {"/", ""}, "::1"}), std::nullopt);
}

}  // namespace
}  // namespace understudy::gateway::alb_rules_test
