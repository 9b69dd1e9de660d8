#include "emulator/lambda/runtime_reply.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace understudy::lambda::runtime_reply_test {
namespace {

using std::chrono::system_clock;

const system_clock::time_point kDeadline{std::chrono::microseconds(1'700'000'003'000'999)};

Invocation full_invocation() {
    return {.id = "8476a536-e9f4-11e8-9739-2dfe598c3fcd",
            .payload = std::make_shared<const std::string>("\0\xff{}", 4),
            .function_arn = "arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST",
            .trace = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1",
            .client_context = R"({"client":{}})",
            .identity = R"({"cognitoIdentityId":"a","cognitoIdentityPoolId":"b"})",
            .tenant = "blue"};
}

TEST(RuntimeReply, TheWholeHeaderSet) {
    const http::Response response = render_event(full_invocation(), kDeadline);
    EXPECT_EQ(response.status, 200);
    const http::Headers expected{
        {"Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd"},
        {"Lambda-Runtime-Trace-Id", "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1"},
        {"Lambda-Runtime-Client-Context", R"({"client":{}})"},
        {"Lambda-Runtime-Cognito-Identity", R"({"cognitoIdentityId":"a","cognitoIdentityPoolId":"b"})"},
        {"Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST"},
        {"Lambda-Runtime-Deadline-Ms", "1700000003000"},
        {"Lambda-Runtime-Aws-Tenant-Id", "blue"},
        {"Content-Type", "application/json"}};
    EXPECT_EQ(response.headers, expected);
}

TEST(RuntimeReply, EmptyHeadersAreOmitted) {
    Invocation invocation;
    invocation.id = "id";
    const http::Headers expected{{"Lambda-Runtime-Aws-Request-Id", "id"},
                                 {"Lambda-Runtime-Deadline-Ms", "1700000003000"},
                                 {"Content-Type", "application/json"}};
    EXPECT_EQ(render_event(invocation, kDeadline).headers, expected);
}

TEST(RuntimeReply, TheEventIsSharedNotCopied) {
    const Invocation invocation = full_invocation();
    const http::Response response = render_event(invocation, kDeadline);
    EXPECT_EQ(response.body.view().data(), invocation.payload->data());
    EXPECT_EQ(response.body.size(), 4u);
}

struct ErrorCase {
    http::Response response;
    int status;
    std::string body;
};

TEST(RuntimeReply, ErrorsAreJsonWithANewline) {
    const std::vector<ErrorCase> table{
        {render_accepted(), 202, R"({"status":"OK"})"},
        {render_invalid_request_id(), 400, R"({"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"})"},
        {render_invalid_response_mode(), 400,
         R"({"errorMessage":"Invalid function response mode","errorType":"InvalidFunctionResponseMode"})"},
        {render_invalid_transition("Started", "InvocationResponse"), 403,
         R"({"errorMessage":"State transition from Started to InvocationResponse failed for runtime. )"
         R"(Error: State transition is not allowed","errorType":"InvalidStateTransition"})"},
        {render_too_large(), 413,
         R"({"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).",)"
         R"("errorType":"RequestEntityTooLarge"})"},
        {render_fixed({FixedCall::Kind::telemetry, ""}), 202,
         R"({"errorMessage":"Telemetry API is not supported","errorType":"Telemetry.NotSupported"})"},
        {render_fixed({FixedCall::Kind::logs, ""}), 202,
         R"({"errorMessage":"Logs API is not supported","errorType":"Logs.NotSupported"})"},
    };
    for (const ErrorCase& row : table) {
        EXPECT_EQ(row.response.status, row.status);
        EXPECT_EQ(row.response.headers, (http::Headers{{"Content-Type", "application/json"}})) << row.body;
        EXPECT_EQ(row.response.body.view(), row.body + "\n");
    }
}

TEST(RuntimeReply, UnknownPathsAnswerInPlainText) {
    const http::Response response = render_fixed({});
    EXPECT_EQ(response.status, 404);
    EXPECT_EQ(response.headers.first("Content-Type"), "text/plain; charset=utf-8");
    EXPECT_EQ(response.body.view(), "404 page not found\n");
}

TEST(RuntimeReply, WrongMethodsAndSwitchedOffExtensionsHaveNoBody) {
    const http::Response wrong = render_fixed({FixedCall::Kind::wrong_method, "POST"});
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.headers.first("Allow"), "POST");
    EXPECT_TRUE(wrong.body.empty());
    const http::Response extension = render_fixed({FixedCall::Kind::extension, ""});
    EXPECT_EQ(extension.status, 404);
    EXPECT_TRUE(extension.body.empty());
}

TEST(RuntimeReply, PingIsAnsweredByPong) {
    EXPECT_EQ(render_pong().status, 200);
    EXPECT_EQ(render_pong().body.view(), "pong");
}

}  // namespace
}  // namespace understudy::lambda::runtime_reply_test
