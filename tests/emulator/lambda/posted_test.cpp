#include "emulator/lambda/posted.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::lambda::posted_test {
namespace {

const std::string kBinary("\0\xff<&>\n", 6);

TEST(Posted, ResponsesArePassedVerbatim) {
    const Outcome outcome = to_outcome(InvocationResponse{.id = "id", .body = kBinary, .content_type = "image/png"});
    EXPECT_EQ(outcome.kind, OutcomeKind::succeeded);
    EXPECT_EQ(outcome.payload, kBinary);
    EXPECT_EQ(outcome.content_type, "image/png");
}

TEST(Posted, IntegrationResponsesKeepTheirPreludeAndType) {
    const std::string body = R"({"statusCode":200})" + std::string(8, '\0') + "payload";
    const char* type = "application/vnd.awslambda.http-integration-response";
    const Outcome outcome = to_outcome(InvocationResponse{.id = "id", .body = body, .content_type = type});
    EXPECT_EQ(outcome.payload, body);
    EXPECT_EQ(outcome.content_type, type);
}

TEST(Posted, AnErrorInTheTrailersWins) {
    const Outcome outcome = to_outcome(InvocationResponse{
        .id = "id", .body = "half", .content_type = "a/b", .stream_error = StreamError{"Runtime.X", "{}"}});
    EXPECT_EQ(outcome.kind, OutcomeKind::function_error);
    EXPECT_EQ(outcome.payload, "{}");
    EXPECT_EQ(outcome.content_type, "application/json");
}

TEST(Posted, AnErrorInTheTrailersWithoutADocumentLeavesTheBody) {
    const Outcome outcome = to_outcome(InvocationResponse{
        .id = "id", .body = "half", .content_type = "a/b", .stream_error = StreamError{"Runtime.X", ""}});
    EXPECT_EQ(outcome.kind, OutcomeKind::function_error);
    EXPECT_EQ(outcome.payload, "half");
    EXPECT_EQ(outcome.content_type, "a/b");
}

TEST(Posted, ErrorBodiesArePassedVerbatim) {
    for (const std::string& type :
         {std::string(), std::string("application/json"), std::string("application/vnd.aws.lambda.error+json")}) {
        for (const std::string& body : {std::string(), kBinary, std::string(R"({"errorCause":1.0,"a":<})")}) {
            const Outcome outcome = to_outcome(
                InvocationError{.id = "id", .body = body, .content_type = type, .error_type = "Function.Other"});
            EXPECT_EQ(outcome.kind, OutcomeKind::function_error);
            EXPECT_EQ(outcome.payload, body);
            EXPECT_EQ(outcome.content_type, type);
        }
    }
}

struct CauseCase {
    std::string body;
    std::string payload;
    std::string content_type = "application/json";
};

TEST(Posted, TheErrorCauseIsSplitOff) {
    const std::vector<CauseCase> table{
        {R"({"errorMessage":"m","errorType":"T","stackTrace":["a","b"],"errorCause":{"message":"x"}})",
         R"({"errorMessage":"m","errorType":"T","stackTrace":["a","b"]})"},
        {R"({"errorType":"T","errorCause":[[[]]],"other":1})", R"({"errorMessage":"","errorType":"T"})"},
        {R"({"errorMessage":"a<b","errorType":null,"stackTrace":[]})", R"({"errorMessage":"a\u003cb","errorType":""})"},
        {"null", R"({"errorMessage":"","errorType":""})"},
        {R"({"errorMessage":1})", R"("Invalid error body")", "application/octet-stream"},
        {R"({"stackTrace":"a"})", R"("Invalid error body")", "application/octet-stream"},
        {R"({"stackTrace":[1]})", R"("Invalid error body")", "application/octet-stream"},
        {R"(["errorMessage"])", R"("Invalid error body")", "application/octet-stream"},
        {"oops", R"("Invalid error body")", "application/octet-stream"},
        {"", R"("Invalid error body")", "application/octet-stream"},
    };
    for (const CauseCase& row : table) {
        const Outcome outcome =
            to_outcome(InvocationError{.id = "id",
                                       .body = row.body,
                                       .content_type = "application/vnd.aws.lambda.error.cause+json",
                                       .error_type = ""});
        EXPECT_EQ(outcome.kind, OutcomeKind::function_error);
        EXPECT_EQ(outcome.payload, row.payload) << row.body;
        EXPECT_EQ(outcome.content_type, row.content_type) << row.body;
    }
}

TEST(Posted, InitErrorsArePassedVerbatim) {
    const Outcome json = to_outcome(InitError{.body = R"({"a": 1.0})", .content_type = "x/y", .error_type = ""});
    EXPECT_EQ(json.kind, OutcomeKind::function_error);
    EXPECT_EQ(json.payload, R"({"a": 1.0})");
    EXPECT_EQ(json.content_type, "application/json");
    const Outcome other = to_outcome(InitError{.body = kBinary, .content_type = "application/json", .error_type = ""});
    EXPECT_EQ(other.payload, kBinary);
    EXPECT_EQ(other.content_type, "application/octet-stream");
}

}  // namespace
}  // namespace understudy::lambda::posted_test
