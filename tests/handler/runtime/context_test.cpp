#include "handler/runtime/context.hpp"

#include "handler/runtime/connection.hpp"
#include "handler/runtime/failure.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace understudy::runtime {

void PrintTo(const ApiAddress& address, std::ostream* out) {
    *out << address.host << " " << address.port << " " << address.prefix;
}

namespace {

using std::chrono::milliseconds;
using std::chrono::system_clock;
using testing::HasSubstr;

TEST(Context, HoldsWhatTheHeadersOfTheEventSay) {
    const Reply next{
        .status = 200,
        .headers = {{"lambda-runtime-aws-request-id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"},
                    {"Lambda-Runtime-Deadline-Ms", "1542409706888"},
                    {"Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:f"},
                    {"Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0"},
                    {"Lambda-Runtime-Client-Context", R"({"custom":{}})"},
                    {"Lambda-Runtime-Cognito-Identity", R"({"cognitoIdentityId":"i"})"},
                    {"Lambda-Runtime-Aws-Tenant-Id", "blue"},
                    {"Content-Type", "application/json"}},
        .body = {}};
    FunctionEnvironment function;
    function.function_name = "f";
    const Context context = to_context(next, function);
    EXPECT_EQ(context.request_id, "8476a536-e9f4-11e8-9739-2dfe598c3fcd");
    EXPECT_EQ(context.deadline, system_clock::time_point(milliseconds(1542409706888)));
    EXPECT_EQ(context.invoked_function_arn, "arn:aws:lambda:us-east-1:123456789012:function:f");
    EXPECT_EQ(context.trace_id, "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Sampled=0");
    EXPECT_EQ(context.client_context, R"({"custom":{}})");
    EXPECT_EQ(context.cognito_identity, R"({"cognitoIdentityId":"i"})");
    EXPECT_EQ(context.tenant_id, "blue");
    EXPECT_EQ(context.content_type, "application/json");
    EXPECT_EQ(context.function.function_name, "f");
}

TEST(Context, WithoutARequestIdIsNone) {
    EXPECT_THROW(to_context(Reply{.status = 200, .headers = {}, .body = {}}, {}), MalformedReply);
}

TEST(Context, TimeRemainsUntilTheDeadlineAndNeverLess) {
    Context context;
    EXPECT_GT(context.remaining(), std::chrono::hours(1)) << "no deadline";
    context.deadline = system_clock::now() + std::chrono::minutes(5);
    EXPECT_GT(context.remaining(), std::chrono::minutes(4));
    EXPECT_LE(context.remaining(), std::chrono::minutes(5));
    context.deadline = system_clock::now() - std::chrono::minutes(5);
    EXPECT_EQ(context.remaining(), milliseconds(0));
}

TEST(FunctionEnvironment, IsReadFromTheVariables) {
    setenv("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:9001", 1);
    setenv("AWS_LAMBDA_FUNCTION_NAME", "logquery", 1);
    setenv("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST", 1);
    setenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128", 1);
    setenv("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/logquery", 1);
    unsetenv("AWS_LAMBDA_LOG_STREAM_NAME");
    const FunctionEnvironment function = read_function_environment();
    EXPECT_EQ(function.runtime_api, "127.0.0.1:9001");
    EXPECT_EQ(function.function_name, "logquery");
    EXPECT_EQ(function.function_version, "$LATEST");
    EXPECT_EQ(function.memory_megabytes, 128U);
    EXPECT_EQ(function.log_group_name, "/aws/lambda/logquery");
    EXPECT_EQ(function.log_stream_name, "");
    unsetenv("AWS_LAMBDA_FUNCTION_MEMORY_SIZE");
    EXPECT_EQ(read_function_environment().memory_megabytes, 0U);
}

TEST(ApiAddress, IsHostPortAndPerhapsAPrefix) {
    EXPECT_EQ(parse_api_address("127.0.0.1:9001"), (ApiAddress{"127.0.0.1", 9001, ""}));
    EXPECT_EQ(parse_api_address("169.254.100.1:9001"), (ApiAddress{"169.254.100.1", 9001, ""}));
    EXPECT_EQ(parse_api_address("localhost:9001"), (ApiAddress{"127.0.0.1", 9001, ""}));
    EXPECT_EQ(parse_api_address("127.0.0.1:9001/function/"), (ApiAddress{"127.0.0.1", 9001, "/function"}));
    for (const char* text : {"", "127.0.0.1", "127.0.0.1:", ":9001", "127.0.0.1:0", "127.0.0.1:65536",
                             "127.0.0.1:9001x", "http://127.0.0.1:9001", "lambda.example:9001", "127.0.0.1:-1"}) {
        EXPECT_EQ(parse_api_address(text), std::nullopt) << text;
    }
}

template <class Exception>
Failure describe(const Exception& exception) {
    try {
        throw exception;
    } catch (...) {
        return describe_current_exception();
    }
}

TEST(Failure, NamesTheExceptionsTypeAndWhatItSays) {
    const Failure failure = describe(std::invalid_argument("no such day"));
    EXPECT_EQ(failure.type, "std::invalid_argument");
    EXPECT_EQ(failure.message, "no such day");
    EXPECT_EQ(describe(MalformedReply("x")).type, "understudy::runtime::MalformedReply");
}

TEST(Failure, OfAnythingElseThatIsThrownNamesItsType) {
    EXPECT_EQ(describe(42).type, "int");
    EXPECT_THAT(describe(42).message, HasSubstr("no std::exception"));
}

TEST(Failure, IsRenderedAsLambdasErrorObject) {
    EXPECT_EQ(render_failure({.type = "std::runtime_error", .message = "say \"no\"\n"}),
              R"({"errorMessage":"say \"no\"\n","errorType":"std::runtime_error","stackTrace":[]})");
}

TEST(Failure, IsValidUtf8WhateverTheExceptionSays) {
    EXPECT_EQ(render_failure({.type = "T", .message = "bad \xff byte"}),
              R"({"errorMessage":"bad ? byte","errorType":"T","stackTrace":[]})");
    EXPECT_EQ(render_failure({.type = "T", .message = "good é"}),
              R"({"errorMessage":"good é","errorType":"T","stackTrace":[]})");
}

}  // namespace
}  // namespace understudy::runtime
