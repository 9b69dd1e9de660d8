#include "emulator/service/error.hpp"
#include "emulator/service/invoke.hpp"
#include "tests/emulator/service/invoke_calls.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::service::invoke_test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Invoke, FunctionIsFoundUnderEveryFormOfItsName) {
    struct Row {
        std::string target;
        std::string qualifier;
        std::string version = "$LATEST";
    };
    const std::string arn = "arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Afn";
    const std::vector<Row> rows{
        {"fn/invocations", ""},
        {"fn/invocations/", ""},
        {"fn/invocations?X=1", ""},
        {"fn/invocations?Qualifier=%24LATEST", "$LATEST"},
        {"fn/invocations?a=b&Qualifier=$LATEST", "$LATEST"},
        {"fn%3A%24LATEST/invocations", "$LATEST"},
        {"fn:$LATEST/invocations?Qualifier=%24LATEST", "$LATEST"},
        {arn + "/invocations", ""},
        {arn + "%3A%24LATEST/invocations", "$LATEST"},
        {"arn:aws:lambda:us-east-1:123456789012:function:fn/invocations", ""},
        {"123456789012%3Afunction%3Afn/invocations", ""},
        {"us-east-1%3A123456789012%3Afunction%3Afn/invocations", ""},
        {"function%3Afn/invocations", ""},
        {"fn:1/invocations", "1", "1"},
        {"fn:live/invocations", "live", "1"},
        {"fn/invocations?Qualifier=live", "live", "1"},
        {"fn:live/invocations?Qualifier=live", "live", "1"},
        {arn + "%3Alive/invocations", "live", "1"},
        {"123456789012%3Afunction%3Afn%3Alive/invocations", "live", "1"},
    };
    for (const Row& row : rows) {
        SCOPED_TRACE(row.target);
        const InvokeRequest request = accepted(post("/2015-03-31/functions/" + row.target));
        EXPECT_EQ(request.function, "fn");
        EXPECT_EQ(request.qualifier, row.qualifier);
        EXPECT_EQ(request.invocation.version, row.version);
        EXPECT_EQ(render_invoke({}, request, kContext.date).headers.first("X-Amz-Executed-Version"), row.version);
        EXPECT_EQ(request.invocation.function_arn, "arn:aws:lambda:us-east-1:123456789012:function:fn" +
                                                       (row.qualifier.empty() ? "" : ":" + row.qualifier));
    }
}

TEST(Invoke, NamesThatBreakThePatternAreAValidationError) {
    const std::vector<std::string> names{
        "my-function!",
        "*",
        "invalid-account:function:f",
        "arn:aws:lambda:invalid-region:123456789012:function:f",
        "arn:aws:ec2:us-east-1:123456789012:function:f",
        "arn:aws:lambda:us-east-1:123456789012:function:f:1:2",
        "function:f:$LATEST:extra",
        "arn:aws:lambda::123456789012:function:f",
        "arn:aws:lambda:us-east-1::function:f",
        "arn:aws:lambda:us-east-1:123456789012:function:f:$LATES",
        "arn:aws:lambda:us-east-1:123456789012@function:f",
    };
    std::string escaped;
    for (const char c : kPattern) escaped += c == '\\' ? "\\\\" : std::string(1, c);
    for (const std::string& name : names) {
        expect_error(
            refused(post("/2015-03-31/functions/" + name + "/invocations")), 400, "ValidationException",
            R"({"message":"1 validation error detected: Value ')" + name +
                "' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: " +
                escaped + "\"}");
    }
}

TEST(Invoke, QualifiersThatBreakTheModelAreAValidationError) {
    expect_error(
        refused(post(kPath + "?Qualifier=invalid!")), 400, "ValidationException",
        R"({"message":"1 validation error detected: Value 'invalid!' at 'qualifier' failed to satisfy constraint: )"
        R"(Member must satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+"})");
    const std::string longest(128, 'q');
    expect_error(
        refused(post(kPath + "?Qualifier=" + longest + 'q')), 400, "ValidationException",
        R"({"message":"1 validation error detected: Value ')" + longest +
            R"(q' at 'qualifier' failed to satisfy constraint: Member must have length less than or equal to 128"})");
    EXPECT_EQ(refused(post(kPath + "?Qualifier=" + longest)).status, 404);
}

TEST(Invoke, TwoFaultsAreToldTogetherQualifierFirst) {
    const http::Response response = refused(post("/2015-03-31/functions/my!/invocations?Qualifier=b!"));
    EXPECT_THAT(std::string(response.body.view()),
                testing::AllOf(StartsWith(R"({"message":"2 validation errors detected: Value 'b!' at 'qualifier')"),
                               HasSubstr("; Value 'my!' at 'functionName'")));
}

TEST(Invoke, DifferentQualifiersAreRefusedBeforeTheFunctionIsLookedUp) {
    for (const char* name : {"fn", "unknown"}) {
        expect_error(refused(post("/2015-03-31/functions/" + std::string(name) + ":1/invocations?Qualifier=2")), 400,
                     "InvalidParameterValueException",
                     R"({"Type":"User","message":"The derived qualifier from the function name does not match the )"
                     R"(specified qualifier."})");
    }
}

TEST(Invoke, WhatDoesNotExistIsNotFound) {
    struct Row {
        std::string target;
        std::string arn_end;
    };
    const std::string arn = "arn:aws:lambda:us-east-1:123456789012:function";
    const std::vector<Row> rows{
        {"unknown/invocations", "unknown:$LATEST"},
        {"unknown:7/invocations", "unknown:7"},
        {"fn:7/invocations", "fn:7"},
        {"fn/invocations?Qualifier=alias", "fn:alias"},
        {"fn:Live/invocations", "fn:Live"},
        {"fn/invocations?Qualifier=%24latest", "fn:$latest"},
        {std::string(65, 'n') + "/invocations", std::string(65, 'n') + ":$LATEST"},
        {arn + "/invocations", "function:$LATEST"},
        {arn + ":unknown/invocations", "unknown:$LATEST"},
    };
    for (const Row& row : rows) {
        expect_error(refused(post("/2015-03-31/functions/" + row.target)), 404, "ResourceNotFoundException",
                     R"({"Type":"User","Message":"Function not found: )" + arn + ':' + row.arn_end + "\"}");
    }
}

TEST(Invoke, OtherRegionIsNotReachable) {
    expect_error(
        refused(post("/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:fn/invocations")), 404,
        "ResourceNotFoundException",
        R"~({"Type":"User","Message":"Functions from 'eu-west-1' are not reachable in this region ('us-east-1')"})~");
}

TEST(Invoke, OtherAccountIsNotAuthorized) {
    const auto response =
        refused(post("/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:fn/invocations"));
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(error_type(response), "AccessDeniedException");
    EXPECT_THAT(std::string(response.body.view()),
                HasSubstr("is not authorized to perform: lambda:InvokeFunction on resource: "
                          "arn:aws:lambda:us-east-1:000000000000:function:fn"));
}

}  // namespace
}  // namespace understudy::service::invoke_test
