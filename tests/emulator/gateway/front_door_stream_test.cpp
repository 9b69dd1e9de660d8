#include "emulator/app/single_function.hpp"
#include "emulator/gateway/front_door.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

namespace understudy::gateway::front_door_stream_test {
namespace {

using app::FrontKind;
using event::ids_of;
using event::kSampleTime;
using event::sample_facts;

app::Api streaming(FrontKind front) {
    app::Api api = app::to_single_function_api(front, {}, "function");
    api.id = "abcdefghij";
    for (app::Route& route : api.routes) {
        std::get<app::LambdaIntegration>(route.integration).transfer = app::TransferMode::stream;
    }
    return api;
}

Accepted accepted(FrontDoor& door, http::Headers headers = {}) {
    return std::get<Accepted>(door.admit({"GET", "/", 1, std::move(headers), ""}, sample_facts()));
}

/// A prelude, its delimiter and the start of the body.
std::string piece(std::string_view prelude) {
    return std::string(prelude) + std::string(8, '\0') + "body";
}

TEST(FrontDoorStreams, OnlyRestAndUrlsStream) {
    struct Row {
        FrontKind front;
        app::TransferMode transfer;
    };
    const Row rows[] = {
        {FrontKind::http, app::TransferMode::buffered}, {FrontKind::http1, app::TransferMode::buffered},
        {FrontKind::alb, app::TransferMode::buffered},  {FrontKind::rest, app::TransferMode::stream},
        {FrontKind::url, app::TransferMode::stream},
    };
    for (const Row& row : rows) {
        FrontDoor door({}, streaming(row.front));
        EXPECT_EQ(accepted(door).transfer, row.transfer) << app::front_name(row.front);
    }
}

TEST(FrontDoorStreams, AHeadHasTheGatewaysHeadersAndNoLength) {
    struct Row {
        FrontKind front;
        std::string_view prelude;
        http::Response response;
    };
    const std::string date = "Thu, 12 Mar 2020 19:03:58 GMT";
    const std::string id = sample_facts().request_id;
    const std::string trace =
        "Root=1-5e6a861e-1f2d3c4b5a69788796a5b4c3;Parent=53995c3f42cd8ad8;Sampled=0;Lineage=1:a1b2c3d4:0";
    const Row rows[] = {
        {FrontKind::rest,
         R"({"statusCode":201,"headers":{"X-A":"1"}})",
         {201,
          {{"Date", date},
           {"X-A", "1"},
           {"Content-Type", "application/json"},
           {"Connection", "keep-alive"},
           {"x-amzn-RequestId", id},
           {"x-amz-apigw-id", "JKJaXmPLvHcESHA="},
           {"X-Amzn-Trace-Id", trace}},
          {}}},
        {FrontKind::url,
         R"({"cookies":["a=b"]})",
         {200,
          {{"Date", date},
           {"Set-Cookie", "a=b"},
           {"Content-Type", "application/octet-stream"},
           {"Connection", "keep-alive"},
           {"x-amzn-RequestId", id},
           {"X-Amzn-Trace-Id", trace}},
          {}}},
    };
    for (const Row& row : rows) {
        FrontDoor door({}, streaming(row.front));
        const Accepted request = accepted(door);
        event::StreamReply stream = door.read_stream(event::kHttpStreamType);
        event::StreamStep step = stream.feed(piece(row.prelude));
        EXPECT_EQ(step.body, "body");
        ASSERT_TRUE(step.head);
        const Answer answer = door.answer_head(request.ticket, std::move(*step.head), kSampleTime);
        EXPECT_EQ(answer.response, row.response);
    }
}

TEST(FrontDoorStreams, CorsOfAUrlIsInTheHead) {
    app::Api api = streaming(FrontKind::url);
    api.cors = app::Cors{.allow_origins = {"https://a"}};
    FrontDoor door({}, api);
    const Accepted request = accepted(door, {{"Origin", "https://a"}});
    event::StreamReply stream = door.read_stream(event::kHttpStreamType);
    event::StreamStep step = stream.feed(piece(R"({"headers":{"Access-Control-Allow-Origin":"https://own"}})"));
    ASSERT_TRUE(step.head);
    const Answer answer = door.answer_head(request.ticket, std::move(*step.head), kSampleTime);
    EXPECT_EQ(answer.response.headers.first("Access-Control-Allow-Origin"), "https://a");
    EXPECT_EQ(answer.response.headers.last("Access-Control-Allow-Origin"), "https://a");
}

TEST(FrontDoorStreams, ABadPreludeIsTheFrontsOwnError) {
    FrontDoor door({}, streaming(FrontKind::rest));
    const Accepted request = accepted(door);
    event::StreamReply stream = door.read_stream("");
    stream.feed("no delimiter");
    const Answer answer = door.answer_head(request.ticket, std::move(*stream.finish().head), kSampleTime);
    EXPECT_EQ(answer.response.status, 500);
    EXPECT_EQ(answer.response.body.view(), R"({"message": "Internal server error"})");
    EXPECT_EQ(ids_of(answer.findings), "reply-malformed");
}

TEST(FrontDoorStreams, AReplyThatWasNotStreamed) {
    struct Row {
        FrontKind front;
        std::string payload;
        int status;
        std::string_view body;
    };
    const std::string plain = R"({"statusCode": 418, "body": "x"})";
    const Row rows[] = {
        {FrontKind::url, plain, 200, plain},
        {FrontKind::rest, plain, 500, R"({"message": "Internal server error"})"},
        {FrontKind::rest, piece(R"({"statusCode":418})"), 418, "body"},
        {FrontKind::rest, piece(R"({"statusCode":42})"), 500, R"({"message": "Internal server error"})"},
        {FrontKind::rest, piece("{"), 500, R"({"message": "Internal server error"})"},
        {FrontKind::rest, "", 500, R"({"message": "Internal server error"})"},
    };
    for (const Row& row : rows) {
        FrontDoor door({}, streaming(row.front));
        const Accepted request = accepted(door);
        const Answer answer = door.answer(request.ticket, {FunctionReply::Kind::succeeded, row.payload}, kSampleTime);
        EXPECT_EQ(answer.response.status, row.status);
        EXPECT_EQ(answer.response.body.view(), row.body);
    }
}

TEST(FrontDoorStreams, AStreamLosesItsBodyWhereTheRouteDoesNotStream) {
    FrontDoor door({}, app::to_single_function_api(FrontKind::rest, {}, "function"));
    const Accepted request = accepted(door);
    const auto answer = [&](const std::string& payload) {
        return door.answer(request.ticket, {FunctionReply::Kind::succeeded, payload}, kSampleTime);
    };
    const Answer bodiless = answer(piece(R"({"statusCode":201,"headers":{"X-A":"1","Content-Length":"4"}})"));
    EXPECT_EQ(bodiless.response.status, 201);
    EXPECT_EQ(bodiless.response.headers.first("X-A"), "1");
    EXPECT_FALSE(bodiless.response.headers.contains("Content-Length"));
    EXPECT_EQ(bodiless.response.body.view(), "");
    ASSERT_EQ(ids_of(bodiless.findings), "rest-stream-unread");
    EXPECT_NE(bodiless.findings[0].text.find("the 4 bytes of its body did not. Cure: --streaming."), std::string::npos);
    EXPECT_EQ(answer(piece(R"({"statusCode":42})")).response.status, 502);
}

}  // namespace
}  // namespace understudy::gateway::front_door_stream_test
