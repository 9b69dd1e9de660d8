// What the Lambda service decides about an invocation, through the whole emulator: versions, aliases, concurrency.

#include "tests/emulator/served.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy {
namespace {

using app::FrontKind;
using testing::HasSubstr;

constexpr const char* kArn = "arn:aws:lambda:us-east-1:123456789012:function:shop";

/// The scripted handler with a published version and an alias for it; its API leads to `qualifier`.
Settings published(FrontKind front, const std::string& qualifier) {
    Settings settings = scripted_alone(front);
    app::Function& function = settings.application.functions.front();
    function.name = "shop";  // `function:live` would be the function `live`
    function.versions = {"1"};
    function.aliases = {{.name = "live", .version = "1"}, {.name = "next", .version = "$LATEST"}};
    auto& route = settings.application.apis.front().routes.front();
    std::get<app::LambdaIntegration>(route.integration).qualifier = qualifier;
    std::get<app::LambdaIntegration>(route.integration).function = "shop";
    return settings;
}

TEST(Versions, AreEnvironmentsOfTheirOwnThatKnowTheirVersion) {
    const Served served(published(FrontKind::http, ""));
    struct Row {
        const char* name;
        const char* version;
    };
    std::string pids[2];
    for (const Row& row :
         {Row{"shop", "$LATEST"}, Row{"shop:next", "$LATEST"}, Row{"shop:live", "1"}, Row{"shop:1", "1"}}) {
        SCOPED_TRACE(row.name);
        const auto reply = served.invoke_function(row.name, R"({"do":"environment"})");
        ASSERT_NE(reply.find_header("X-Amz-Executed-Version"), nullptr);
        EXPECT_EQ(*reply.find_header("X-Amz-Executed-Version"), row.version);
        EXPECT_THAT(reply.body, HasSubstr(std::string("AWS_LAMBDA_FUNCTION_VERSION=") + row.version + '\n'));
        EXPECT_THAT(reply.body, HasSubstr(std::string("/[") + row.version + ']'));
        std::string& pid = pids[row.version[0] == '1' ? 1 : 0];
        const std::string answered = served.invoke_function(row.name, R"({"do":"pid"})").body;
        EXPECT_EQ(answered, pid.empty() ? answered : pid);
        pid = answered;
    }
    EXPECT_NE(pids[0], pids[1]);
    served.record().wait_for_log(" Version: 1");
}

TEST(Versions, TheInvokedArnSaysWhatTheCallerSaid) {
    const Served served(published(FrontKind::http, "live"));
    const std::string order = R"({"do":"context"})";
    EXPECT_EQ(served.invoke_function("shop", order).body, std::string("\n") + kArn);
    EXPECT_EQ(served.invoke_function("shop:live", order).body, std::string("\n") + kArn + ":live");
    EXPECT_EQ(served.invoke_function("shop%3A1", order).body, std::string("\n") + kArn + ":1");
    EXPECT_EQ(served.order("context").body, std::string("\n") + kArn + ":live") << "by the gateway's integration";
}

TEST(Versions, ARouteToNoVersionFailsAndIsTold) {
    const Served served(published(FrontKind::rest, "nobody"));
    EXPECT_EQ(served.order("echo").status, 502);
    EXPECT_THAT(served.record().advice(), testing::Contains(HasSubstr("'nobody'")));
    const auto refused = served.invoke_function("shop:nobody", "{}");
    EXPECT_EQ(refused.status, 404);
    EXPECT_THAT(refused.body, HasSubstr(std::string(kArn) + ":nobody"));
}

TEST(Versions, AReplacementInitialisesThoseAtWork) {
    Settings settings = published(FrontKind::http, "live");
    Served served(settings);
    const std::string old = served.order("pid").body;
    settings.application.functions.front().environment = {{"BUILD", "two"}};
    ASSERT_TRUE(served.replace(settings.application));
    const auto reply = served.order("environment");
    EXPECT_THAT(reply.body, HasSubstr("BUILD=two\n"));
    EXPECT_THAT(reply.body, HasSubstr("AWS_LAMBDA_FUNCTION_VERSION=1\n"));
    EXPECT_NE(served.order("pid").body, old);
}

}  // namespace
}  // namespace understudy
