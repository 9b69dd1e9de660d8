// All 256 byte values, and none at all, through every front and back.
#include "emulator/event/alb_reply.hpp"
#include "emulator/event/http1_event.hpp"
#include "emulator/event/http1_reply.hpp"
#include "emulator/event/http_event.hpp"
#include "emulator/event/http_reply.hpp"
#include "emulator/event/rest_event.hpp"
#include "emulator/event/rest_reply.hpp"
#include "emulator/event/url_event.hpp"
#include "emulator/event/url_reply.hpp"
#include "emulator/http/base64.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>

namespace understudy::event::binary_matrix_test {
namespace {

enum class Front : std::uint8_t { rest, http, http1, url, alb };
constexpr std::array<Front, 5> kFronts = {Front::rest, Front::http, Front::http1, Front::url, Front::alb};

const BinaryMediaTypes kListed({"application/x-protobuf", "image/*"});

RenderedEvent event_through(Front front, const http::Request& request) {
    const Facts facts = sample_facts();
    const std::string trace = "Root=" + facts.trace_root;
    const Place place = http_place("/x", "", "POST");
    switch (front) {
        case Front::rest:
            return render_rest_event(request, place, kListed, facts, trace);
        case Front::http:
            return render_http_event(request, place, facts, trace);
        case Front::http1:
            return render_http1_event(request, place, facts, trace);
        case Front::url:
            return render_url_event(request, place, facts, trace);
        case Front::alb:
            return render_alb_event(request, place, facts, trace, AlbHeaders::single_value);
    }
    return {};
}

Reply reply_through(Front front, const std::string& payload, const http::Headers& request) {
    switch (front) {
        case Front::rest:
            return render_rest_reply(payload, to_rest_accept(request, kListed));
        case Front::http:
            return render_http_reply(payload);
        case Front::http1:
            return render_http1_reply(payload);
        case Front::url:
            return render_url_reply(payload, app::TransferMode::buffered);
        case Front::alb:
            return render_alb_reply(payload, AlbHeaders::single_value);
    }
    return {};
}

http::Headers with(std::string_view name, std::optional<std::string_view> value) {
    http::Headers headers;
    if (value) headers.add(name, *value);
    return headers;
}

// Which fronts hand a body on as base64, in the order of kFronts: `1` base64, `0` text.
TEST(BinaryMatrix, RequestsOfAllBytes) {
    struct Row {
        std::optional<std::string_view> content_type;
        std::string_view base64;
    };
    const Row rows[] = {
        {"application/x-protobuf", "11111"},
        {"Application/X-Protobuf; proto=a.B", "11111"},
        {"application/protobuf", "01111"},
        {"application/octet-stream", "01111"},
        {"image/png", "11111"},
        {"multipart/form-data; boundary=x", "01111"},
        {"application/x-www-form-urlencoded", "01111"},
        {std::nullopt, "01111"},
        {"application/json", "00000"},
        {"text/plain", "00000"},
        {"text/plain; charset=iso-8859-1", "01110"},
        {"application/graphql", "00001"},
    };
    static_assert(std::size(rows) == 12);
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < kFronts.size(); ++i) {
            const http::Request request{"POST", "/x", 1, with("Content-Type", row.content_type), all_bytes()};
            const RenderedEvent rendered = event_through(kFronts[i], request);
            const auto event = parse_json(rendered.json);
            const bool base64 = row.base64[i] == '1';
            const auto where = std::string(row.content_type.value_or("none")) + " on front " + std::to_string(i);
            EXPECT_EQ(event.at("isBase64Encoded").as_bool(), base64) << where;
            EXPECT_EQ(event.at("body").as_string(), base64 ? http::to_base64(all_bytes()) : all_bytes_replaced())
                << where;
            EXPECT_EQ(rendered.body.form, base64 ? BodyForm::base64 : BodyForm::text) << where;
            const bool told = ids_of(rendered.findings).find("-body-replaced") != std::string::npos;
            EXPECT_EQ(told, !base64) << where;
        }
    }
}

// Which fronts send bytes, in the order of kFronts: `1` bytes, `0` the base64 text.
TEST(BinaryMatrix, RepliesOfAllBytes) {
    struct Row {
        std::optional<std::string_view> accept;
        std::string_view bytes;
    };
    const Row rows[] = {
        {"application/x-protobuf", "11111"},
        {"APPLICATION/X-PROTOBUF", "11111"},
        {"application/x-protobuf;q=0.1, */*", "11111"},
        {"*/*, application/x-protobuf", "01111"},
        {"*/*", "01111"},
        {"application/*", "01111"},
        {"application/protobuf", "01111"},
        {"application/json", "01111"},
        {"image/webp", "11111"},
        {"image/*", "11111"},
        {"", "01111"},
        {std::nullopt, "01111"},
    };
    static_assert(std::size(rows) == 12);
    const std::string base64 = http::to_base64(all_bytes());
    const std::string payload =
        R"({"statusCode":200,"headers":{"Content-Type":"application/x-protobuf"},"isBase64Encoded":true,"body":")" +
        base64 + "\"}";
    for (const Row& row : rows) {
        for (std::size_t i = 0; i < kFronts.size(); ++i) {
            const Reply reply = reply_through(kFronts[i], payload, with("Accept", row.accept));
            const auto& response = std::get<http::Response>(reply.result);
            const bool bytes = row.bytes[i] == '1';
            EXPECT_EQ(response.body.view(), bytes ? all_bytes() : base64) << row.accept.value_or("none") << i;
            EXPECT_EQ(ids_of(reply.findings), bytes ? "" : "rest-base64-sent") << row.accept.value_or("none") << i;
        }
    }
}

TEST(BinaryMatrix, AnEmptyMessageOnAllFronts) {
    const std::string_view bodies[] = {"null", "absent", "null", "absent", R"("")"};
    const std::string payload =
        R"({"statusCode":200,"headers":{"Content-Type":"application/x-protobuf"},"body":"","isBase64Encoded":true})";
    for (std::size_t i = 0; i < kFronts.size(); ++i) {
        const http::Headers headers = {{"Content-Type", "application/x-protobuf"},
                                       {"Accept", "application/x-protobuf"}};
        const RenderedEvent rendered = event_through(kFronts[i], {"POST", "/x", 1, headers, ""});
        const auto event = parse_json(rendered.json);
        EXPECT_EQ(at(event, "/body"), bodies[i]) << i;
        EXPECT_EQ(at(event, "/isBase64Encoded"), "false") << i;
        EXPECT_EQ(rendered.body.form, BodyForm::none) << i;
        EXPECT_EQ(rendered.body.type, "application/x-protobuf") << i;
        const Reply reply = reply_through(kFronts[i], payload, headers);
        EXPECT_EQ(std::get<http::Response>(reply.result).body.view(), "") << i;
        EXPECT_EQ(ids_of(rendered.findings) + ids_of(reply.findings), "") << i;
    }
}

}  // namespace
}  // namespace understudy::event::binary_matrix_test
