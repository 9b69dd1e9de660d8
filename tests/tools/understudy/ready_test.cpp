#include "tools/understudy/ready.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

Endpoints endpoints() {
    return {"http://127.0.0.1:1", "http://127.0.0.1:2", {{"abc", app::ApiKind::rest, "http://127.0.0.1:1", "Orders"}}};
}

app::Application application() {
    app::Application application;
    application.functions.emplace_back().command = {"./bootstrap", "x"};
    return application;
}

TEST(ReadyLine, HoldsPidUrlsFunctionsAndApis) {
    EXPECT_EQ(
        render_ready_line(endpoints(), application(), 7),
        R"({"pid":7,"gateway":"http://127.0.0.1:1","lambda":"http://127.0.0.1:2",)"
        R"("functions":[{"name":"function"}],"apis":[{"id":"abc","kind":"rest","name":"Orders","url":"http://127.0.0.1:1"}]})");
}

TEST(ReadyLine, NamesWhereGrpcIsTaken) {
    EXPECT_THAT(render_ready_line(endpoints(), application(), 7, "127.0.0.1:3"),
                testing::HasSubstr(R"("lambda":"http://127.0.0.1:2","grpc":"127.0.0.1:3","functions":)"));
}

TEST(ReadyLine, TellsEachStageOfAnApiThatHasSome) {
    Endpoints several = endpoints();
    several.apis[0].stages = {{"prod", "http://127.0.0.1:1"}, {"dev", "http://127.0.0.1:1/_apis/Orders/dev"}};
    several.apis.push_back({"def", app::ApiKind::url, "http://127.0.0.1:1/_apis/f", "f"});
    EXPECT_THAT(
        render_ready_line(several, application(), 7),
        testing::HasSubstr(R"("name":"Orders","url":"http://127.0.0.1:1","stages":[{"name":"prod","url":)"
                           R"("http://127.0.0.1:1"},{"name":"dev","url":"http://127.0.0.1:1/_apis/Orders/dev"}]},)"
                           R"({"id":"def","kind":"url","name":"f","url":"http://127.0.0.1:1/_apis/f"}])"));
}

TEST(ReadyLine, TellsKeysThatWereMadeUp) {
    app::Application declared = application();
    declared.api_keys = {{.id = "a", .name = "Made", .value = "v1", .generated = true},
                         {.id = "b", .name = "Given", .value = "v2"}};
    const std::string line = render_ready_line(endpoints(), declared, 7);
    EXPECT_THAT(line, testing::HasSubstr(R"("apiKeys":[{"name":"Made","value":"v1"}])"));
    EXPECT_THAT(line, testing::Not(testing::HasSubstr("v2")));
}

}  // namespace
}  // namespace understudy::cli
