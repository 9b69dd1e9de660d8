// All mistakes through the front doors, each once as it is made and once nearly.
#include "emulator/event/mistakes.hpp"

#include "emulator/app/single_function.hpp"
#include "emulator/event/api_findings.hpp"
#include "emulator/event/exchange_findings.hpp"
#include "emulator/event/reply_fields.hpp"
#include "emulator/event/request_findings.hpp"
#include "emulator/event/sam.hpp"
#include "emulator/gateway/front_door.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <set>
#include <string>

namespace understudy::gateway::mistakes_test {
namespace {

using app::FrontKind;
using Findings = std::vector<event::Finding>;
using Kind = FunctionReply::Kind;
using Strings = std::vector<std::string>;

/// What a client sends to a front door with these binary types, and what comes of it.
struct Call {
    Strings binary;
    http::Request request;
    FunctionReply reply = {Kind::succeeded, R"({"statusCode":200,"body":"x"})"};
};

struct Row {
    int mistake;
    std::string_view id;
    FrontKind front;
    Call made, nearly;
};

http::Request post(std::string type, std::string body, http::Headers more = {}) {
    http::Headers headers = {{"Content-Type", type}};
    for (const auto [name, value] : more) headers.add(name, value);
    return {"POST", "/", 1, headers, std::move(body)};
}
http::Request get(http::Headers headers = {}) {
    return {"GET", "/", 1, std::move(headers), ""};
}
FunctionReply reply(std::string payload) {
    return {Kind::succeeded, std::move(payload)};
}
FunctionReply error(std::string_view message) {
    return {Kind::function_error, R"({"errorType":"Error","errorMessage":")" + std::string(message) + R"("})"};
}

Findings find(FrontKind front, const Call& call) {
    app::FrontOptions options;
    options.binary_media_types = call.binary;
    app::Api api = app::to_single_function_api(front, options, "function");
    api.id = "abcdefghij";
    app::Application application;
    application.apis = {api};
    FrontDoor door(application, api);
    Verdict verdict = door.admit(call.request, event::sample_facts());
    if (auto* answer = std::get_if<Answer>(&verdict)) return answer->findings;
    auto& accepted = std::get<Accepted>(verdict);
    accepted.ticket.event = std::make_shared<const std::string>(accepted.event);
    Findings findings = std::move(accepted.findings);
    std::ranges::move(door.answer(accepted.ticket, call.reply, event::kSampleTime).findings,
                      std::back_inserter(findings));
    return findings;
}

constexpr const char* kProtobuf = "application/x-protobuf";
const std::string kMessage = "\x08\x01";
const std::string kGzip = std::string("\x1f\x8b\x08\0\0\0\0\0\x02\xff\x4b\x04\0\x43\xbe\xb7\xe8\x01\0\0\0", 21);

std::vector<Row> requests() {
    const Strings none, listed = {kProtobuf}, all = {"*/*"};
    return {
        {2,
         event::kRestBodyReplaced,
         FrontKind::rest,
         {none, post(kProtobuf, "\xFF")},
         {none, post(kProtobuf, "\xC3\xA9")}},
        {2,
         event::kHttpBodyReplaced,
         FrontKind::http,
         {none, post("text/plain", "\xFF")},
         {none, post(kProtobuf, "\xFF")}},
        {4,
         event::kRestTypeNearMiss,
         FrontKind::rest,
         {listed, post("application/protobuf", "a")},
         {listed, post("application/octet-stream", "a")}},
        {9,
         event::kRestJsonAsBase64,
         FrontKind::rest,
         {all, post("application/json", "{}")},
         {all, post(kProtobuf, "{}")}},
        {14,
         event::kEventTooLarge,
         FrontKind::http,
         {none, post(kProtobuf, std::string(5'000'000, 'a'))},
         {none, post(kProtobuf, std::string(4'600'000, 'a'))}},
        {14,
         event::kBodyTooLarge,
         FrontKind::alb,
         {none, post(kProtobuf, std::string(1'048'577, 'a'))},
         {none, post(kProtobuf, std::string(1'048'576, 'a'))}},
        {15, event::kBodyOfGet, FrontKind::http, {none, {"GET", "/", 1, {}, "a"}}, {none, {"DELETE", "/", 1, {}, "a"}}},
        {16,
         event::kRestBodyCompressed,
         FrontKind::rest,
         {none, post("a/b", kGzip, {{"Content-Encoding", "gzip"}})},
         {none, post("a/b", "a", {{"Content-Encoding", "identity"}})}},
        {16,
         event::kHttpBodyCompressed,
         FrontKind::http,
         {none, post("a/b", kGzip, {{"Content-Encoding", "gzip"}})},
         {none, post("a/b", "a", {{"Content-Encoding", "identity"}})}},
        {17,
         event::kRestTypeParameters,
         FrontKind::rest,
         {none, post("application/x-protobuf; proto=a.B", "a")},
         {listed, post("application/x-protobuf; proto=a.B", "a")}},
    };
}

std::vector<Row> replies() {
    const Strings none, listed = {kProtobuf}, images = {"image/png"};
    const FunctionReply bytes = reply(R"({"statusCode":200,"isBase64Encoded":true,"body":"AA=="})");
    const FunctionReply image =
        reply(R"({"statusCode":200,"headers":{"Content-Type":"image/png"},"isBase64Encoded":true,"body":"AA=="})");
    return {
        {1,
         event::kRestBase64Sent,
         FrontKind::rest,
         {listed, get(), bytes},
         {listed, get({{"Accept", "application/x-protobuf, */*"}}), bytes}},
        {7,
         event::kReplyBadBase64,
         FrontKind::http,
         {none, get(), reply(R"({"statusCode":200,"isBase64Encoded":true,"body":"a b!"})")},
         {none, get(), reply(R"({"statusCode":200,"isBase64Encoded":"false","body":"a b!"})")}},
        {8,
         event::kReplyProtobufAsText,
         FrontKind::http,
         {none, get(), reply(R"({"statusCode":200,"headers":{"Content-Type":"application/proto"},"body":"\u0096"})")},
         {none, get(), reply(R"({"statusCode":200,"headers":{"Content-Type":"text/plain"},"body":"\u0096"})")}},
        {8,
         event::kReplyBodyReplaced,
         FrontKind::http,
         {none, get(), reply("{\"statusCode\":200,\"body\":\"\xFF\"}")},
         {none, get(), reply("{\"statusCode\":200,\"body\":\"\xC3\xA9\"}")}},
        {11,
         event::kReplyMalformed,
         FrontKind::rest,
         {none, get(), reply(R"({"statusCode":200,"cookies":[]})")},
         {none, get(), reply(R"({"statusCode":"200","headers":null})")}},
        {12,
         event::kHttpInferred,
         FrontKind::http,
         {none, get(), reply(R"({"body":"x"})")},
         {none, get(), reply(R"({"message":"x"})")}},
        {13,
         event::kSamDecodes,
         FrontKind::rest,
         {images, get({{"Accept", "text/html, image/png"}}), image},
         {images, get({{"Accept", "text/html"}}), image}},
        {14,
         event::kReplyTooLarge,
         FrontKind::alb,
         {none, get(), reply(std::string(1'048'577, ' '))},
         {none, get(), reply(R"({"statusCode":200,"body":")" + std::string(1'000'000, 'a') + "\"}")}},
        {19,
         event::kHttpDefaultType,
         FrontKind::http,
         {none, get(), bytes},
         {none, get(), reply(R"({"statusCode":204,"isBase64Encoded":true,"body":""})")}},
        {21,
         event::kReplyBase64Variant,
         FrontKind::http,
         {none, get(), reply(R"({"statusCode":200,"isBase64Encoded":true,"body":"AA-_"})")},
         {none, get(), reply(R"({"statusCode":200,"isBase64Encoded":true,"body":"AA+/"})")}},
    };
}

std::vector<Row> exchanges() {
    const Strings none;
    const FunctionReply refusal = reply(R"({"statusCode":415,"body":"send protobuf"})");
    return {
        {5,
         event::kBase64NotDecoded,
         FrontKind::http,
         {none, post(kProtobuf, kMessage), error("Error parsing message")},
         {none, post(kProtobuf, "\x08"), error("Error parsing message")}},
        {6,
         event::kTextDecoded,
         FrontKind::http,
         {none, post("application/json", "{}"), error("Incorrect padding")},
         {none, post("application/json", "{bad"), error("Unexpected token b in JSON at position 1")}},
        {18,
         event::kHeaderCaseMissed,
         FrontKind::rest,
         {none, post(kProtobuf, kMessage), refusal},
         {none, post("text/csv", "a,b"), refusal}},
        {20,
         event::kEmptyBodyNotRead,
         FrontKind::http,
         {none, post(kProtobuf, ""), error("the body is null")},
         {none, post(kProtobuf, ""), error("database is down")}},
    };
}

Findings of_settings(Strings binary, app::Integration integration) {
    app::Api api{.kind = app::ApiKind::rest, .binary_media_types = std::move(binary)};
    api.routes.push_back({.method = "OPTIONS", .path = "/x", .integration = std::move(integration)});
    return event::find_in_api(api);
}
Findings of_change(Strings before, Strings after) {
    const app::Api old{.kind = app::ApiKind::rest, .binary_media_types = std::move(before)};
    const app::Api next{.kind = app::ApiKind::rest, .binary_media_types = std::move(after)};
    const auto finding = event::find_changed_binary_types(old, next);
    return finding ? Findings{*finding} : Findings();
}

struct Settings {
    int mistake;
    std::string_view id;
    Findings made, nearly;
};

std::vector<Settings> settings() {
    return {
        {3, event::kBinaryTypesChanged, of_change({"a/b"}, {"a/b", "c/d"}), of_change({"a/b", "c/d"}, {"c/d", "a/b"})},
        {10, event::kMockWithBinary, of_settings({"*/*"}, app::MockIntegration{}),
         of_settings({"image/*"}, app::MockIntegration{})},
        {17, event::kBinaryTypeNeverMatches, of_settings({"a/b; c=d"}, app::LambdaIntegration{}),
         of_settings({"a/*"}, app::LambdaIntegration{})},
    };
}

using Told = std::set<std::pair<int, std::string_view>>;

void expect(int mistake, std::string_view id, const Findings& made, const Findings& nearly, Told& told) {
    const auto is_told = [id](const Findings& findings) {
        return std::ranges::find(findings, id, &event::Finding::id) != findings.end();
    };
    EXPECT_TRUE(is_told(made)) << id << " is made, and not told";
    EXPECT_FALSE(is_told(nearly)) << id << " is nearly made, and told";
    told.emplace(mistake, id);
}

TEST(FrontDoorMistakes, EachIsToldAndItsNearMissIsNot) {
    Told told, listed;
    for (const auto& rows : {requests(), replies(), exchanges()}) {
        for (const Row& row : rows) {
            expect(row.mistake, row.id, find(row.front, row.made), find(row.front, row.nearly), told);
        }
    }
    for (const Settings& row : settings()) expect(row.mistake, row.id, row.made, row.nearly, told);
    for (const event::Mistake& mistake : event::mistakes()) listed.emplace(mistake.row, mistake.id);
    EXPECT_EQ(told, listed);
}

}  // namespace
}  // namespace understudy::gateway::mistakes_test
