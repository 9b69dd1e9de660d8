#include "emulator/lambda/runtime_call.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace understudy::lambda::runtime_call_test {
namespace {

http::Request request(std::string method, std::string target, http::Headers headers = {}, std::string body = "") {
    return {.method = std::move(method),
            .target = std::move(target),
            .headers = std::move(headers),
            .body = std::move(body)};
}

FixedCall fixed(FixedCall::Kind kind) {
    return {.kind = kind};
}

FixedCall wrong_method(std::string_view allowed) {
    return {FixedCall::Kind::wrong_method, allowed};
}

struct RouteCase {
    std::string method;
    std::string target;
    RuntimeCall call;
};

TEST(RuntimeCall, RoutesAreTheClassicRuntimes) {
    using Kind = FixedCall::Kind;
    const std::vector<RouteCase> table{
        {"GET", "/2018-06-01/runtime/invocation/next", Next{}},
        {"GET", "/2018-06-01/runtime/invocation/next?x=1", Next{}},
        {"POST", "/2018-06-01/runtime/invocation/next", wrong_method("GET")},
        {"HEAD", "/2018-06-01/runtime/invocation/next", wrong_method("GET")},
        {"GET", "/2018-06-01/runtime/invocation/next/", fixed(Kind::unknown_path)},
        {"GET", "/2018-06-01/ping", Ping{}},
        {"POST", "/2018-06-01/ping", wrong_method("GET")},
        {"POST", "/2018-06-01/runtime/invocation/id/response", InvocationResponse{.id = "id"}},
        {"GET", "/2018-06-01/runtime/invocation/id/response", wrong_method("POST")},
        {"POST", "/2018-06-01/runtime/invocation/id/error", InvocationError{.id = "id"}},
        {"PUT", "/2018-06-01/runtime/invocation/id/error", wrong_method("POST")},
        {"POST", "/2018-06-01/runtime/invocation//error", InvocationError{.id = ""}},
        {"POST", "/2018-06-01/runtime/invocation/id/other", fixed(Kind::unknown_path)},
        {"POST", "/2018-06-01/runtime/invocation/a/b/response", fixed(Kind::unknown_path)},
        {"POST", "/2018-06-01/runtime/invocation/id", fixed(Kind::unknown_path)},
        {"POST", "/2018-06-01/runtime/init/error", InitError{}},
        {"GET", "/2018-06-01/runtime/init/error", wrong_method("POST")},
        {"GET", "/2018-06-01/runtime/restore/next", fixed(Kind::unknown_path)},
        {"POST", "/2018-06-01/runtime/restore/error", fixed(Kind::unknown_path)},
        {"GET", "/2021-04-23/credentials", fixed(Kind::unknown_path)},
        {"POST", "/2020-01-01/extension/register", fixed(Kind::extension)},
        {"GET", "/2020-01-01/extension/event/next", fixed(Kind::extension)},
        {"PUT", "/2022-07-01/telemetry", fixed(Kind::telemetry)},
        {"POST", "/2022-07-01/telemetry", wrong_method("PUT")},
        {"PUT", "/2020-08-15/logs", fixed(Kind::logs)},
        {"GET", "/2020-08-15/logs", wrong_method("PUT")},
        {"GET", "/runtime/invocation/next", fixed(Kind::unknown_path)},
        {"GET", "/2018-06-01runtime/invocation/next", fixed(Kind::unknown_path)},
        {"GET", "/", fixed(Kind::unknown_path)},
        {"GET", "", fixed(Kind::unknown_path)},
    };
    for (const RouteCase& row : table) {
        EXPECT_EQ(parse_runtime_call(request(row.method, row.target)), row.call) << row.method << ' ' << row.target;
    }
}

TEST(RuntimeCall, IdsAreDecoded) {
    const std::vector<std::pair<std::string, std::string>> table{
        {"8d27-4a", "8d27-4a"}, {"a%2Fb", "a/b"}, {"%41%7a", "Az"}, {"100%", "100%"}, {"%4", "%4"}, {"%zz", "%zz"}};
    for (const auto& [sent, id] : table) {
        const RuntimeCall call =
            parse_runtime_call(request("POST", "/2018-06-01/runtime/invocation/" + sent + "/response"));
        EXPECT_EQ(std::get<InvocationResponse>(call).id, id);
    }
}

TEST(RuntimeCall, BodiesAreMoved) {
    for (const char* target : {"/2018-06-01/runtime/invocation/id/response", "/2018-06-01/runtime/invocation/id/error",
                               "/2018-06-01/runtime/init/error"}) {
        http::Request sent = request("POST", target, {}, std::string(100'000, 'x'));
        const char* bytes = sent.body.data();
        const RuntimeCall call = parse_runtime_call(std::move(sent));
        const auto* response = std::get_if<InvocationResponse>(&call);
        const auto* error = std::get_if<InvocationError>(&call);
        const std::string& body = response ? response->body : error ? error->body : std::get<InitError>(call).body;
        EXPECT_EQ(body.data(), bytes) << target;
    }
}

TEST(RuntimeCall, HeadersOfInterestAreReadInAnySpelling) {
    EXPECT_EQ(parse_runtime_call(request("POST", "/2018-06-01/runtime/invocation/id/response",
                                         {{"content-type", "image/png"},
                                          {"lambda-runtime-function-response-mode", "streaming"},
                                          {"Lambda-Runtime-Function-XRay-Error-Cause", std::string(900 << 10, 'x')}},
                                         "b")),
              RuntimeCall(InvocationResponse{
                  .id = "id", .body = "b", .content_type = "image/png", .response_mode = "streaming"}));
    EXPECT_EQ(parse_runtime_call(request("POST", "/2018-06-01/runtime/invocation/id/error",
                                         {{"Content-Type", "a/b"}, {"LAMBDA-RUNTIME-FUNCTION-ERROR-TYPE", "Runtime.X"}},
                                         "b")),
              RuntimeCall(InvocationError{.id = "id", .body = "b", .content_type = "a/b", .error_type = "Runtime.X"}));
    EXPECT_EQ(parse_runtime_call(request("POST", "/2018-06-01/runtime/init/error",
                                         {{"Content-Type", "a/b"}, {"Lambda-Runtime-Function-Error-Type", "T"}}, "b")),
              RuntimeCall(InitError{.body = "b", .content_type = "a/b", .error_type = "T"}));
}

struct TrailerCase {
    http::Headers headers;
    std::optional<StreamError> error;
};

TEST(RuntimeCall, ErrorTrailersCountOnlyInChunkedRequests) {
    const std::vector<TrailerCase> table{
        {{{"Transfer-Encoding", "chunked"},
          {"Lambda-Runtime-Function-Error-Type", "Runtime.X"},
          {"Lambda-Runtime-Function-Error-Body", "e30="}},
         StreamError{"Runtime.X", "{}"}},
        {{{"transfer-encoding", "Chunked"}, {"lambda-runtime-function-error-type", "X"}}, StreamError{"X", ""}},
        {{{"Transfer-Encoding", "chunked"}, {"Lambda-Runtime-Function-Error-Body", "?"}}, StreamError{"", ""}},
        {{{"Transfer-Encoding", "chunked"},
          {"Trailer", "Lambda-Runtime-Function-Error-Body,Lambda-Runtime-Function-Error-Type"}},
         std::nullopt},
        {{{"Content-Length", "1"}, {"Lambda-Runtime-Function-Error-Type", "Runtime.X"}}, std::nullopt},
    };
    for (const TrailerCase& row : table) {
        const RuntimeCall call =
            parse_runtime_call(request("POST", "/2018-06-01/runtime/invocation/id/response", row.headers, "b"));
        EXPECT_EQ(std::get<InvocationResponse>(call).stream_error, row.error) << row.headers;
    }
}

TEST(RuntimeCall, OnlyAnswersToInvocationsAreMissedWhereTheyAreNotReadWhole) {
    using Kind = FailedUpload::Kind;
    using Reason = FailedUpload::Reason;
    struct Case {
        const char* method;
        const char* target;
        std::optional<FailedUpload> upload;
    };
    const std::vector<Case> cases{
        {"POST", "/2018-06-01/runtime/invocation/a%2Fb/response",
         FailedUpload{Kind::response, Reason::broke_off, "a/b"}},
        {"POST", "/2018-06-01/runtime/invocation/id/error", FailedUpload{Kind::error, Reason::too_large, "id"}},
        {"GET", "/2018-06-01/runtime/invocation/id/response", std::nullopt},
        {"GET", "/2018-06-01/runtime/invocation/next", std::nullopt},
        {"POST", "/2018-06-01/runtime/init/error", std::nullopt},
        {"POST", "/elsewhere", std::nullopt},
    };
    for (const auto& [method, target, upload] : cases) {
        http::Request request;
        request.method = method;
        request.target = target;
        request.body = "half";
        const Reason reason = upload ? upload->reason : Reason::too_large;
        EXPECT_EQ(parse_failed_upload(std::move(request), reason), upload) << method << ' ' << target;
    }
}

TEST(RuntimeCall, ResponsesInStreamingModeOrInChunksAreStreams) {
    struct Row {
        std::string method;
        std::string target;
        http::Headers headers;
        std::optional<StreamBegin> expected;
    };
    const http::Headers streaming{{"lambda-runtime-function-response-mode", "streaming"}, {"Content-Type", "a/b"}};
    const std::string base = "/2018-06-01/runtime/invocation/";
    const std::vector<Row> rows{
        {"POST", base + "i%2Fd/response?x", streaming, StreamBegin{.id = "i/d", .content_type = "a/b"}},
        {"POST",
         base + "id/response",
         {{"Lambda-Runtime-Function-Response-Mode", "streaming"}},
         StreamBegin{.id = "id", .content_type = ""}},
        {"POST", base + "id/response", {{"Transfer-Encoding", "chunked"}}, StreamBegin{.id = "id", .content_type = ""}},
        {"POST", base + "id/response", {{"Content-Length", "2"}}, std::nullopt},
        {"POST",
         base + "id/response",
         {{"Transfer-Encoding", "chunked"}, {"Lambda-Runtime-Function-Response-Mode", "buffered"}},
         std::nullopt},
        {"GET", base + "id/response", {{"Transfer-Encoding", "chunked"}}, std::nullopt},
        {"POST", base + "id/error", {{"Transfer-Encoding", "chunked"}}, std::nullopt},
        {"POST", base + "id/response", {{"Lambda-Runtime-Function-Response-Mode", "Streaming"}}, std::nullopt},
        {"GET", base + "id/response", streaming, std::nullopt},
        {"POST", base + "id/error", streaming, std::nullopt},
        {"POST", base + "id/response/more", streaming, std::nullopt},
        {"POST", "/2018-06-01/runtime/init/error", streaming, std::nullopt},
        {"POST", "/", streaming, std::nullopt},
    };
    for (const Row& row : rows) {
        const http::Request head{.method = row.method, .target = row.target, .headers = row.headers, .body = {}};
        EXPECT_EQ(parse_stream_begin(head), row.expected) << row.method << ' ' << row.target;
    }
}

TEST(RuntimeCall, AStreamEndsWithTheErrorOfItsTrailers) {
    http::Request request{.method = "POST", .target = "/", .headers = {{"Transfer-Encoding", "chunked"}}, .body = {}};
    EXPECT_EQ(parse_stream_end(request), StreamEnd{});
    request.headers.add("Lambda-Runtime-Function-Error-Type", "Boom");
    request.headers.add("Lambda-Runtime-Function-Error-Body", "e30=");
    EXPECT_EQ(parse_stream_end(request), (StreamEnd{StreamError{"Boom", "{}"}}));
}

}  // namespace
}  // namespace understudy::lambda::runtime_call_test
