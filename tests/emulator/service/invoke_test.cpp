#include "emulator/service/invoke.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/service/error.hpp"
#include "tests/emulator/service/invoke_calls.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::service::invoke_test {
namespace {

using testing::HasSubstr;

TEST(Invoke, PlainCallIsReadWhole) {
    const InvokeRequest request = accepted(post(kPath, {}, R"({"n": 1.0,  "b":[]})"));
    EXPECT_EQ(request.type, InvocationType::request_response);
    EXPECT_EQ(request.function, "fn");
    EXPECT_EQ(request.qualifier, "");
    EXPECT_EQ(request.invocation.id, kContext.request_id);
    EXPECT_EQ(*request.invocation.payload, R"({"n": 1.0,  "b":[]})");
    EXPECT_EQ(request.invocation.function_arn, "arn:aws:lambda:us-east-1:123456789012:function:fn");
    EXPECT_EQ(request.invocation.trace, kContext.trace);
    EXPECT_EQ(request.invocation.client_context, "");
    EXPECT_EQ(request.invocation.tenant, "");
    EXPECT_FALSE(request.invocation.wants_log_tail);
    EXPECT_EQ(request.hint, "");
}

TEST(Invoke, ContentTypeAndSignatureAreIgnored) {
    for (const char* type : {"application/octet-stream", "text/plain", "image/png", ""}) {
        accepted(post(kPath, {{"Content-Type", type}, {"Authorization", "AWS4-HMAC-SHA256 Credential=AKID/x"}}));
    }
}

TEST(Invoke, EmptyBodyIsAnEmptyObject) {
    EXPECT_EQ(*accepted(post(kPath, {{"Content-Length", "0"}}, "")).invocation.payload, "{}");
}

TEST(Invoke, HeadersOfTheCallReachTheInvocation) {
    const InvokeRequest request =
        accepted(post(kPath, {{"x-amz-invocation-type", "RequestResponse"},
                              {"X-Amz-Log-Type", "Tail"},
                              {"X-Amz-Client-Context", http::to_base64(R"({"custom":{"a":"b"}})")},
                              {"X-Amz-Tenant-Id", "tenant one"},
                              {"X-Amzn-RequestId", "AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee"},
                              {"X-Amzn-Trace-Id", "Root=1-0-0;Sampled=1"}}));
    EXPECT_TRUE(request.invocation.wants_log_tail);
    EXPECT_EQ(request.invocation.client_context, R"({"custom":{"a":"b"}})");
    EXPECT_EQ(request.invocation.tenant, "tenant one");
    EXPECT_EQ(request.invocation.id, "AAAAAAAA-bbbb-cccc-dddd-eeeeeeeeeeee");
    EXPECT_EQ(request.invocation.trace, "Root=1-0-0;Parent=0a9197af755a6419;Sampled=1");
    EXPECT_THAT(request.hint, HasSubstr("tenant"));
}

TEST(Invoke, TheCallersTraceIsRebuilt) {
    struct Row {
        std::string header;
        std::string trace;
    };
    const Row rows[] = {
        {"Root=1-0-0;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:1",
         "Root=1-0-0;Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a:1"},
        {"Sampled=1;Self=1-2-3;Parent=53995c3f42cd8ad8;Root=1-0-0", "Root=1-0-0;Parent=53995c3f42cd8ad8;Sampled=1"},
        {"Root=1-0-0", "Root=1-0-0;Parent=0a9197af755a6419;Sampled=0"},
        {"Parent=53995c3f42cd8ad8;Sampled=1", kContext.trace},
        {"nonsense", kContext.trace},
        {"", kContext.trace},
    };
    for (const Row& row : rows) {
        const InvokeRequest request = accepted(post(kPath, {{"X-Amzn-Trace-Id", row.header}}));
        EXPECT_EQ(request.invocation.trace, row.trace) << row.header;
        const http::Response response = render_invoke({lambda::OutcomeKind::succeeded, "{}", "", ""}, request, "");
        EXPECT_EQ(response.headers.first("X-Amzn-Trace-Id"), row.trace);
    }
}

TEST(Invoke, HeadersThatBreakTheModelAreRefused) {
    struct Row {
        http::HeaderLine header;
        int status;
        std::string code;
        std::string message;
    };
    const std::string large(3584, 'A');
    const std::string long_tenant(257, 't');
    const std::vector<Row> rows{
        {{"X-Amz-Invocation-Type", "Sync"},
         400,
         "ValidationException",
         "1 validation error detected: Value 'Sync' at 'invocationType' failed to satisfy constraint: Member must "
         "satisfy "
         "enum value set: [Event, RequestResponse, DryRun]"},
        {{"X-Amz-Log-Type", "All"},
         400,
         "ValidationException",
         "1 validation error detected: Value 'All' at 'logType' failed to satisfy constraint: Member must satisfy enum "
         "value set: [None, Tail]"},
        {{"X-Amz-Tenant-Id", "a*b"}, 400, "ValidationException", "'a*b' at 'tenantId'"},
        {{"X-Amz-Tenant-Id", long_tenant}, 400, "ValidationException", "have length less than or equal to 256"},
        {{"X-Amz-Client-Context", "%%%"},
         400,
         "InvalidRequestContentException",
         "Client context must be a valid Base64-encoded JSON object."},
        {{"X-Amz-Client-Context", "W10="}, 400, "InvalidRequestContentException", "JSON object"},
        {{"X-Amz-Client-Context", large}, 400, "InvalidRequestContentException", "no more than 3583 bytes"},
        {{"X-Amzn-RequestId", "not-a-uuid"}, 400, "InvalidRequestContentException", "not-a-uuid"},
        {{"X-Amz-Durable-Execution-Name", "d"}, 501, "NotImplementedException", "Durable"},
    };
    for (const Row& row : rows) {
        const http::Response response = refused(post(kPath, {row.header}));
        EXPECT_EQ(response.status, row.status) << row.header.value;
        EXPECT_EQ(error_type(response), row.code);
        EXPECT_THAT(std::string(response.body.view()), HasSubstr(row.message));
    }
}

TEST(Invoke, OtherOperationsAreNotImplementedInJson) {
    const std::vector<std::pair<std::string, std::string>> rows{
        {"GET", "/2015-03-31/functions/fn"},
        {"GET", kPath},
        {"POST", "/"},
        {"POST", "/2015-03-31/functions//invocations"},
        {"POST", "/2015-03-31/functions/a/b/invocations"},
        {"GET", "/2021-11-15/functions/fn/response-streaming-invocations"},
        {"POST", "/2015-03-31/functions/fn/response-streaming-invocations"},
        {"POST", "/2021-11-15/functions/fn/invocations"},
        {"POST", "/2014-11-13/functions/fn/invoke-async"},
        {"PUT", "/2015-03-31/functions/fn/code?x=\"y"},
    };
    for (const auto& [method, target] : rows) {
        http::Request request = post(target);
        request.method = method;
        const http::Response response = refused(std::move(request));
        expect_error(response, 501, "NotImplementedException",
                     R"({"Type":"Service","message":")" + method + ' ' + target.substr(0, target.find('?')) +
                         R"( is not emulated; of the Lambda API, Invoke and InvokeWithResponseStream are"})");
        EXPECT_EQ(response.headers.first("Content-Type"), "application/json");
    }
}

TEST(Invoke, AStreamedCallHasAPathOfItsOwnAndIsNoEvent) {
    const std::string path = "/2021-11-15/functions/fn%3Alive/response-streaming-invocations";
    EXPECT_FALSE(accepted(post(kPath)).streamed);
    const InvokeRequest request = accepted(post(path, {{"X-Amz-Log-Type", "Tail"}}));
    EXPECT_TRUE(request.streamed);
    EXPECT_EQ(request.qualifier, "live");
    EXPECT_TRUE(request.invocation.wants_log_tail);
    EXPECT_EQ(accepted(post(path, {{"X-Amz-Invocation-Type", "DryRun"}})).type, InvocationType::dry_run);
    const http::Response event = refused(post(path, {{"X-Amz-Invocation-Type", "Event"}}));
    EXPECT_EQ(error_type(event), "ValidationException");
    EXPECT_THAT(std::string(event.body.view()), HasSubstr("enum value set: [RequestResponse, DryRun]"));
}

TEST(Invoke, AStreamedReplyBeginsWithTheHeadOfAnEventStreamAndEndsWithTheOutcome) {
    InvokeRequest request = accepted(post("/2021-11-15/functions/fn/response-streaming-invocations"));
    const http::Response head = render_stream_head(request, kContext.date);
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.headers.first("Content-Type"), "application/vnd.amazon.eventstream");
    EXPECT_EQ(head.headers.first("x-amzn-RequestId"), kContext.request_id);
    EXPECT_EQ(head.headers.first("X-Amz-Executed-Version"), "$LATEST");
    EXPECT_EQ(render_stream_end({.payload = "unread", .log_tail = "unasked"}, request), render_invoke_complete({}));
    request.invocation.wants_log_tail = true;
    const lambda::Outcome failed{
        .kind = lambda::OutcomeKind::function_error, .payload = R"({"errorType":"E"})", .log_tail = "A"};
    EXPECT_EQ(render_stream_end(failed, request),
              render_invoke_complete(
                  {.error_code = "Unhandled", .error_details = R"({"errorType":"E"})", .log_result = "QQ=="}));
}

TEST(Invoke, ErrorsCarryTheCommonHeaders) {
    const http::Response response = refused(post("/2015-03-31/functions/unknown/invocations"));
    EXPECT_EQ(response.headers, (http::Headers{{"Date", kContext.date},
                                               {"Content-Type", "application/json"},
                                               {"Connection", "keep-alive"},
                                               {"x-amzn-RequestId", kContext.request_id},
                                               {"x-amzn-ErrorType", "ResourceNotFoundException"}}));
}

TEST(Invoke, PayloadUpToTheLimitIsAcceptedAndOneByteMoreIsNot) {
    const std::string largest = '"' + std::string(kMaxPayload - 2, 'x') + '"';
    EXPECT_EQ(accepted(post(kPath, {}, largest)).invocation.payload->size(), 6'291'456u);
    expect_error(refused(post(kPath, {}, largest + ' ')), 413, "RequestEntityTooLargeException",
                 R"({"message":"Request must be smaller than 6291456 bytes for the InvokeFunction operation"})");
}

TEST(Invoke, WhatIsTooLargeIsRefusedByItsHeadInTheSameWords) {
    const std::string id = "11111111-2222-4333-8444-555555555555";
    const std::string unknown = "/2015-03-31/functions/unknown/invocations";
    for (const auto& [target, headers] : std::initializer_list<std::pair<std::string, http::Headers>>{
             {kPath, {}},
             {kPath, {{"X-Amzn-RequestId", id}, {"X-Amz-Invocation-Type", "Event"}}},
             {kPath, {{"X-Amzn-RequestId", "none"}}},
             {unknown, {}},
             {"/2015-03-31/functions", {}}}) {
        SCOPED_TRACE(target);
        const http::Response response = refuse_oversized(post(target, headers), make_application(), kContext).response;
        EXPECT_EQ(response, refused(post(target, headers, std::string(kMaxPayload + 1, ' '))));
    }
}

TEST(Invoke, PayloadThatIsNoJsonIsRefusedInTheServicesWords) {
    expect_error(
        refused(post(kPath, {}, "{\"a\":}")), 400, "InvalidRequestContentException",
        R"({"Type":"User","message":"Could not parse request body into json: Could not parse payload into json: )"
        R"(Unexpected character ('}' (code 125)): expected a valid value (JSON String, Number, Array, Object or )"
        R"(token 'null', 'true' or 'false')\n at [Source: REDACTED )"
        R"((`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 6]"})");
}

TEST(Invoke, PayloadThatTheCommandLineDecodedIsExplained) {
    struct Row {
        std::string payload;
        std::string hint;
    };
    const std::vector<Row> rows{
        {*http::parse_base64("messagehello"), "reads messagehello: AWS CLI v2"},
        {*http::parse_base64("bodynum110num210"), "--cli-binary-format raw-in-base64-out"},
        {"{\"a\":}", ""},
        {"\xff\xfe\xff\xfe\xff\xfe\xff\xfe", ""},
    };
    for (const Row& row : rows) {
        auto result = parse(post(kPath, {}, row.payload));
        const auto* refusal = std::get_if<Refusal>(&result);
        ASSERT_TRUE(refusal);
        if (row.hint.empty()) {
            EXPECT_EQ(refusal->hint, "");
        } else {
            EXPECT_THAT(refusal->hint, HasSubstr(row.hint));
        }
    }
}

TEST(Invoke, ReplyOfASuccessHasTheRecordedHeaders) {
    InvokeRequest request = accepted(post(kPath));
    const http::Response response =
        render_invoke({lambda::OutcomeKind::succeeded, "not json \x01", "text/plain", ""}, request, kContext.date);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body.view(), "not json \x01");
    EXPECT_EQ(response.headers, (http::Headers{{"Date", kContext.date},
                                               {"Content-Type", "application/json"},
                                               {"Connection", "keep-alive"},
                                               {"x-amzn-RequestId", kContext.request_id},
                                               {"x-amzn-Remapped-Content-Length", "0"},
                                               {"X-Amz-Executed-Version", "$LATEST"},
                                               {"X-Amzn-Trace-Id", kContext.trace}}));
}

TEST(Invoke, FunctionErrorIsASuccessWithAHeader) {
    const http::Response response = render_invoke({lambda::OutcomeKind::function_error, R"({"errorType":"E"})", "", ""},
                                                  accepted(post(kPath)), kContext.date);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.first("X-Amz-Function-Error"), "Unhandled");
    EXPECT_EQ(response.body.view(), R"({"errorType":"E"})");
}

TEST(Invoke, LogTailIsSentWhereItWasAskedForAndCutTo4096Bytes) {
    const std::string log = std::string(100, 'a') + std::string(4096, 'b');
    const InvokeRequest tail = accepted(post(kPath, {{"X-Amz-Log-Type", "Tail"}}));
    EXPECT_EQ(render_invoke({lambda::OutcomeKind::succeeded, "", "", log}, tail, "").headers.first("X-Amz-Log-Result"),
              http::to_base64(std::string(4096, 'b')));
    EXPECT_EQ(
        render_invoke({lambda::OutcomeKind::succeeded, "", "", "short"}, tail, "").headers.first("X-Amz-Log-Result"),
        "c2hvcnQ=");
    const InvokeRequest none = accepted(post(kPath, {{"X-Amz-Log-Type", "None"}}));
    EXPECT_FALSE(
        render_invoke({lambda::OutcomeKind::succeeded, "", "", log}, none, "").headers.contains("X-Amz-Log-Result"));
}

TEST(Invoke, ThrottledCallIsTooManyRequests) {
    InvokeRequest request = accepted(post(kPath));
    for (const std::string reason :
         {"ConcurrentInvocationLimitExceeded", "ReservedFunctionConcurrentInvocationLimitExceeded"}) {
        expect_error(render_invoke({lambda::OutcomeKind::throttled, "", "", ""}, request, kContext.date), 429,
                     "TooManyRequestsException",
                     R"({"Reason":")" + reason + R"(","Type":"User","message":"Rate Exceeded."})");
        request.has_reserve = true;
    }
}

TEST(Invoke, AnEventForWhichThereIsNoRoomIsTooManyRequests) {
    const InvokeRequest request = accepted(post(kPath, {{"X-Amz-Invocation-Type", "Event"}}));
    expect_error(render_event_throttled(request, kContext.date), 429, "TooManyRequestsException",
                 R"({"Reason":"CallerRateLimitExceeded","Type":"User","message":"Rate Exceeded."})");
}

TEST(Invoke, AnEventIsTakenWithoutContextAndTail) {
    const InvokeRequest request = accepted(post(kPath, {{"X-Amz-Invocation-Type", "Event"},
                                                        {"X-Amz-Log-Type", "Tail"},
                                                        {"X-Amz-Client-Context", http::to_base64("{}")}}));
    EXPECT_EQ(request.type, InvocationType::event);
    EXPECT_EQ(request.invocation.client_context, "");
    EXPECT_FALSE(request.invocation.wants_log_tail);
    EXPECT_EQ(render_event(request, kContext.date), (http::Response{202,
                                                                    {{"Date", kContext.date},
                                                                     {"Connection", "keep-alive"},
                                                                     {"x-amzn-RequestId", kContext.request_id},
                                                                     {"x-amzn-Remapped-Content-Length", "0"},
                                                                     {"X-Amzn-Trace-Id", kContext.trace}},
                                                                    {}}));
}

TEST(Invoke, AnEventHasALimitOfItsOwn) {
    const std::string largest = '"' + std::string(kMaxEventPayload - 2, 'x') + '"';
    const http::Headers headers{{"X-Amz-Invocation-Type", "Event"}};
    EXPECT_EQ(accepted(post(kPath, headers, largest)).invocation.payload->size(), 1'048'576u);
    expect_error(refused(post(kPath, headers, largest + ' ')), 413, "RequestEntityTooLargeException",
                 R"~({"message":"1048577 byte payload is too large for the Event invocation type )~"
                 R"~((limit 1048576 bytes)"})~");
}

TEST(Invoke, DryRunIsCheckedAndAnsweredWithoutABody) {
    const InvokeRequest request = accepted(post(kPath, {{"X-Amz-Invocation-Type", "DryRun"}}));
    EXPECT_EQ(request.type, InvocationType::dry_run);
    const http::Response response = render_dry_run(request, kContext.date);
    EXPECT_EQ(response.status, 204);
    EXPECT_TRUE(response.body.empty());
    EXPECT_FALSE(response.headers.contains("Content-Type"));
    EXPECT_FALSE(response.headers.contains("X-Amz-Executed-Version"));
    EXPECT_EQ(refused(post("/2015-03-31/functions/unknown/invocations", {{"X-Amz-Invocation-Type", "DryRun"}})).status,
              404);
}

}  // namespace
}  // namespace understudy::service::invoke_test
