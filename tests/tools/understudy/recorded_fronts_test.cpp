#include "tools/understudy/recorded_fronts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <variant>

namespace understudy::cli {
namespace {

using testing::ElementsAre;

const app::LambdaIntegration& integration_of(const app::Api& api) {
    return std::get<app::LambdaIntegration>(api.routes.front().integration);
}

TEST(RecordedFronts, AreSetUpAsTheSessionTells) {
    record::Session session;
    session.apis = {{.id = "r", .kind = "rest", .name = "Shop", .stages = {"dev", "v1"}},
                    {.id = "h", .kind = "http", .name = "Old", .stages = {"$default"}},
                    {.id = "a", .kind = "alb", .name = "Balancer"},
                    {.id = "w", .kind = "websocket", .name = "Chat"}};
    session.apis[0].binary_media_types = {"image/png"};
    session.apis[0].streams = true;
    session.apis[1].payload_format = "1.0";
    session.apis[2].multi_value_headers = true;
    const auto fronts = to_recorded_fronts(&session, {}, {}, "orders");
    ASSERT_EQ(fronts.size(), 3U) << "no command stands behind a WebSocket";
    EXPECT_EQ(fronts[0].id, "r");
    EXPECT_EQ(fronts[0].kind, app::ApiKind::rest);
    EXPECT_EQ(fronts[0].stages[1].name, "v1");
    EXPECT_THAT(fronts[0].binary_media_types, ElementsAre("image/png"));
    EXPECT_EQ(integration_of(fronts[0]).transfer, app::TransferMode::stream);
    EXPECT_EQ(integration_of(fronts[0]).function, "orders");
    EXPECT_EQ(integration_of(fronts[1]).payload, app::PayloadFormat::v1);
    EXPECT_EQ(integration_of(fronts[1]).transfer, app::TransferMode::buffered);
    EXPECT_TRUE(fronts[2].multi_value_headers);
}

TEST(RecordedFronts, WhereTheRecordingTellsOfNoneTheFirstRequestDoesAndTheOptions) {
    RecordedScene scene;
    scene.front = "http1";
    scene.api = "h";
    const auto told = to_recorded_fronts(nullptr, {}, scene, "orders");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(integration_of(told[0]).payload, app::PayloadFormat::v1);
    EXPECT_EQ(told[0].id, "");
    record::Session older;
    older.apis = {{.id = "h", .kind = "http", .name = "Old"}};
    EXPECT_EQ(integration_of(to_recorded_fronts(&older, {}, scene, "orders")[0]).payload, app::PayloadFormat::v1);
    ReplayOptions options;
    options.front = "rest";
    options.front_options.binary_media_types = {"*/*"};
    options.recorded_ids = true;
    const auto said = to_recorded_fronts(&older, options, scene, "orders");
    ASSERT_EQ(said.size(), 1U);
    EXPECT_EQ(said[0].kind, app::ApiKind::rest);
    EXPECT_THAT(said[0].binary_media_types, ElementsAre("*/*"));
    EXPECT_EQ(said[0].id, "h");
}

}  // namespace
}  // namespace understudy::cli
