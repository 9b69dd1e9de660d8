#include "emulator/lambda/variables.hpp"

#include "emulator/app/variable_name.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace understudy::lambda::variables_test {
namespace {

using testing::Contains;
using testing::Not;
using testing::StartsWith;
using Lines = std::vector<std::string>;

app::Function function() {
    app::Function made;
    made.name = "search";
    made.directory = "/home/me/search";
    made.handler = "index.handler";
    made.memory_megabytes = 512;
    return made;
}

Surroundings surroundings() {
    return {.runtime_api = "127.0.0.1:41234",
            .log_stream_name = "2026/01/13/[$LATEST]0123456789abcdef0123456789abcdef",
            .search_path = "/home/me/bin:/usr/bin",
            .credentials = dummy_credentials(),
            .lambda_endpoint = "http://127.0.0.1:3001",
            .connections_endpoint = "http://127.0.0.1:3000/_apis/Chat/prod"};
}

Lines variables_with(std::vector<std::pair<std::string, std::string>> own) {
    app::Function made = function();
    made.environment = std::move(own);
    return to_variables(app::Application{}, made, surroundings());
}

TEST(Variables, AreTheRecordedSet) {
    EXPECT_EQ(variables_with({{"MODE", "a=b"}, {"EMPTY", ""}}),
              (Lines{"AWS_ACCESS_KEY_ID=UNDERSTUDYDUMMYKEY00",
                     "AWS_SECRET_ACCESS_KEY=understudy-dummy-secret-access-key",
                     "AWS_SESSION_TOKEN=understudy-dummy-session-token",
                     "AWS_REGION=us-east-1",
                     "AWS_DEFAULT_REGION=us-east-1",
                     "AWS_LAMBDA_FUNCTION_NAME=search",
                     "AWS_LAMBDA_FUNCTION_VERSION=$LATEST",
                     "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=512",
                     "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
                     "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/search",
                     "AWS_LAMBDA_LOG_STREAM_NAME=2026/01/13/[$LATEST]0123456789abcdef0123456789abcdef",
                     "AWS_LAMBDA_RUNTIME_API=127.0.0.1:41234",
                     "AWS_XRAY_CONTEXT_MISSING=LOG_ERROR",
                     "AWS_XRAY_DAEMON_ADDRESS=127.0.0.1:2000",
                     "_AWS_XRAY_DAEMON_ADDRESS=127.0.0.1",
                     "_AWS_XRAY_DAEMON_PORT=2000",
                     "LAMBDA_TASK_ROOT=/home/me/search",
                     "LAMBDA_RUNTIME_DIR=/var/runtime",
                     "_HANDLER=index.handler",
                     "LANG=en_US.UTF-8",
                     "TZ=:UTC",
                     "PATH=/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin:/home/me/bin:/usr/bin",
                     "LD_LIBRARY_PATH=/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/home/me/search:"
                     "/home/me/search/lib:/opt/lib",
                     "AWS_ENDPOINT_URL_LAMBDA=http://127.0.0.1:3001",
                     "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI=http://127.0.0.1:3000/_apis/Chat/prod",
                     "MODE=a=b",
                     "EMPTY="}));
}

TEST(Variables, ReservedNamesCannotBeOverridden) {
    const Lines platform = variables_with({});
    for (const char* name :
         {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION",
          "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_LAMBDA_RUNTIME_API", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR", "_HANDLER", "AWS_EXECUTION_ENV",
          "AWS_ACCESS_KEY"}) {
        EXPECT_EQ(variables_with({{name, "mine"}}), platform) << name;
    }
}

TEST(Variables, UnreservedNamesCanBeOverriddenInTheirPlace) {
    for (const char* name : {"AWS_XRAY_CONTEXT_MISSING", "AWS_XRAY_DAEMON_ADDRESS", "_AWS_XRAY_DAEMON_ADDRESS",
                             "_AWS_XRAY_DAEMON_PORT", "LANG", "TZ", "PATH", "LD_LIBRARY_PATH",
                             "AWS_ENDPOINT_URL_LAMBDA", "AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI"}) {
        const Lines lines = variables_with({{name, "mine"}});
        EXPECT_THAT(lines, Contains(std::string(name) + "=mine"));
        EXPECT_EQ(lines.size(), variables_with({}).size()) << name;
    }
}

TEST(Variables, NamesWithALeadingUnderscoreAreDroppedButForThoseOfTheTelemetry) {
    const Lines lines =
        variables_with({{"_MINE", "1"}, {"_X_AMZN_TRACE_ID", "1"}, {"_LAMBDA_TELEMETRY_LOG_FD", "3"}, {"A_", "1"}});
    EXPECT_THAT(lines, Not(Contains(StartsWith("_MINE"))));
    EXPECT_THAT(lines, Not(Contains(StartsWith("_X_AMZN_TRACE_ID"))));
    EXPECT_THAT(lines, Contains("_LAMBDA_TELEMETRY_LOG_FD=3"));
    EXPECT_THAT(lines, Contains("A_=1"));
}

TEST(Variables, NamesThatAwsRefusesAreToldWithTheReason) {
    for (const char* name : {"AWS_REGION", "AWS_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_LAMBDA_RUNTIME_API", "_HANDLER",
                             "_X_AMZN_TRACE_ID", "AWS_EXECUTION_ENV", "LAMBDA_TASK_ROOT"}) {
        EXPECT_THAT(app::find_name_fault(name).value_or("taken"),
                    testing::EndsWith("Reserved keys used in this request: " + std::string(name)));
    }
    for (const char* name : {"", "A", "1A", "_MINE", "A-B", "A B",
                             "\xc3\x84"
                             "B",
                             "_AWS_XRAY_DAEMON_PORT"}) {
        EXPECT_THAT(app::find_name_fault(name).value_or("taken"), testing::HasSubstr("[a-zA-Z]")) << name;
    }
    for (const char* name : {"AB", "a_", "A1", "PATH", "TZ", "AWS_XRAY_DAEMON_ADDRESS", "AWS_ENDPOINT_URL_LAMBDA"}) {
        EXPECT_EQ(app::find_name_fault(name), std::nullopt) << name;
    }
}

TEST(Variables, TheLastOfEqualNamesWins) {
    const Lines lines = variables_with({{"A", "1"}, {"A", "2"}});
    EXPECT_THAT(lines, Contains("A=2"));
    EXPECT_THAT(lines, Not(Contains("A=1")));
}

TEST(Variables, AStrictEnvironmentHasNoEndpoint) {
    Surroundings strict = surroundings();
    strict.lambda_endpoint.clear();
    strict.connections_endpoint.clear();
    EXPECT_THAT(to_variables(app::Application{}, function(), strict), Not(Contains(StartsWith("AWS_ENDPOINT_URL"))));
}

TEST(Variables, LayersStandWhereTheirFolderIs) {
    Surroundings layered = surroundings();
    layered.opt = "/tmp/layers";
    const Lines lines = to_variables(app::Application{}, function(), layered);
    EXPECT_THAT(lines,
                Contains("PATH=/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/tmp/layers/bin:/home/me/bin:/usr/bin"));
    EXPECT_THAT(lines, Contains(testing::EndsWith(":/home/me/search/lib:/tmp/layers/lib")));
}

TEST(Variables, InheritedCredentialsAreHandedOn) {
    Surroundings inherited = surroundings();
    inherited.credentials = {"key", "secret", ""};
    const Lines lines = to_variables(app::Application{}, function(), inherited);
    EXPECT_THAT(lines, Contains("AWS_ACCESS_KEY_ID=key"));
    EXPECT_THAT(lines, Contains("AWS_SECRET_ACCESS_KEY=secret"));
    EXPECT_THAT(lines, Not(Contains(StartsWith("AWS_SESSION_TOKEN"))));
}

TEST(Variables, WithoutAPathOfOurOwnAwssStandsAlone) {
    Surroundings bare = surroundings();
    bare.search_path.clear();
    EXPECT_THAT(to_variables(app::Application{}, function(), bare),
                Contains("PATH=/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin"));
}

}  // namespace
}  // namespace understudy::lambda::variables_test
