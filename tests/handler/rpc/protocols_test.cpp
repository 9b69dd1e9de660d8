#include "handler/rpc/json_text.hpp"
#include "handler/rpc/proxy_reply.hpp"
#include "proto/wire/base64.hpp"
#include "proto/wire/call_writing.hpp"
#include "proto/wire/percent.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>

#include <logquery/v1/logquery.pb.h>

#include <tuple>
#include <utility>

namespace understudy::rpc {
namespace {

using logquery::v1::CheckWindowRequest;
using logquery::v1::CheckWindowResponse;
using testing::Contains;
using testing::HasSubstr;
using testing::Pair;
using wire::Dialect;
using wire::Protocol;

constexpr const char* kCheckWindow = "logquery.v1.LogQueryService/CheckWindow";

/// The events that front doors make of a request.
enum class Front : std::uint8_t { rest, http, alb, alb_multi };

std::string text(std::string_view value) {
    std::string out;
    append_json_string(out, value);
    return out;
}

// Each name with its last value, or with all of them.
std::string map(const wire::Metadata& lines, bool lists) {
    std::string out = "{";
    for (const auto& [name, value] : lines)
        out.append(out.size() == 1 ? "" : ",")
            .append(text(name))
            .append(lists ? ":[" : ":")
            .append(text(value))
            .append(lists ? "]" : "");
    return out + "}";
}

wire::Metadata query_of(const std::string& target, bool decoded) {
    wire::Metadata query;
    auto rest = target.find('?') == std::string::npos ? std::string() : target.substr(target.find('?') + 1);
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        const auto value = pair.substr(pair.find('=') + 1);
        query.emplace_back(pair.substr(0, pair.find('=')), decoded ? wire::from_percent(value) : value);
        rest.erase(0, pair.size() + 1);
    }
    return query;
}

std::string to_event(const wire::HttpRequest& request, Front front) {
    const auto path = text(request.target.substr(0, request.target.find('?')));
    std::string body;
    wire::append_base64(body, request.body);
    const auto tail = R"(,"body":)" + text(body) + R"(,"isBase64Encoded":true})";
    if (front == Front::http) {
        const auto mark = request.target.find('?');
        return R"({"version":"2.0","rawPath":)" + path + R"(,"rawQueryString":)" +
               text(mark == std::string::npos ? "" : request.target.substr(mark + 1)) + R"(,"headers":)" +
               map(request.headers, false) + R"(,"requestContext":{"http":{"method":")" + request.method + "\"}}" +
               tail;
    }
    const bool balancer = front == Front::alb || front == Front::alb_multi;
    const auto query = query_of(request.target, !balancer);
    auto event = R"({"httpMethod":")" + request.method + R"(","path":)" + path + R"(,"requestContext":)" +
                 (balancer ? R"({"elb":{}})" : R"({"stage":"prod"})");
    if (front != Front::alb_multi)
        event += R"(,"headers":)" + map(request.headers, false) + R"(,"queryStringParameters":)" + map(query, false);
    if (front != Front::alb)
        event += R"(,"multiValueHeaders":)" + map(request.headers, true) + R"(,"multiValueQueryStringParameters":)" +
                 map(query, true);
    return event + tail;
}

// What a front door makes of the function's reply.
wire::HttpReply to_http(const std::string& response) {
    const auto value = boost::json::parse(response);
    const auto& object = value.as_object();
    wire::HttpReply reply{.status = static_cast<int>(object.at("statusCode").as_int64())};
    if (const auto* headers = object.if_contains("headers")) {
        for (const auto& [name, line] : headers->as_object())
            reply.headers.emplace_back(name, std::string(line.as_string()));
    }
    if (const auto* lists = object.if_contains("multiValueHeaders")) {
        for (const auto& [name, lines] : lists->as_object()) {
            for (const auto& line : lines.as_array()) reply.headers.emplace_back(name, std::string(line.as_string()));
        }
    }
    const std::string body(object.at("body").as_string());
    reply.body = object.at("isBase64Encoded").as_bool() ? *wire::read_padded_base64(body) : body;
    return reply;
}

/// CheckWindow answers with what its caller sent, or fails where that is negative.
class Protocols : public testing::TestWithParam<std::tuple<Dialect, Front>> {
  protected:
    Protocols() {
        methods_.add<CheckWindowRequest, CheckWindowResponse>(
            kCheckWindow, [](const CheckWindowRequest& request, CheckWindowResponse& response, CallContext& context) {
                context.headers = {{"X-Seen", "yes"}};
                context.trailers = {{"x-cost", "3"}, {"x-cost", "4"}};
                if (const auto* who = wire::find_value(context.metadata, "x-who"))
                    context.headers.emplace_back("X-Who", *who);
                response.set_found(request.tolerance().seconds() > 0);
                if (request.tolerance().seconds() >= 0) return wire::Status();
                return wire::Status(wire::Code::failed_precondition, "neg\u00e4tive\n", {{"pkg.Why", "\x08\x01"}});
            });
    }

    Dialect dialect() const { return std::get<0>(GetParam()); }

    wire::Call make_call(std::int64_t seconds) const {
        CheckWindowRequest request;
        request.mutable_tolerance()->set_seconds(seconds);
        wire::Call call{.dialect = dialect(), .method = kCheckWindow, .metadata = {{"x-who", "me"}}};
        EXPECT_TRUE(wire::encode(request, dialect().codec, call.message).ok());
        return call;
    }

    wire::ReadAnswer serve(const wire::Call& call) const {
        const auto served = serve_event(methods_, to_event(wire::to_http_request(call), std::get<1>(GetParam())));
        return wire::read_answer(dialect(), call.accepts, to_http(served.response));
    }

    MethodTable methods_;
};

// Native gRPC does not come as an event.
INSTANTIATE_TEST_SUITE_P(Rpc, Protocols,
                         testing::Combine(testing::Values(Dialect{Protocol::connect, wire::Codec::proto},
                                                          Dialect{Protocol::connect, wire::Codec::json},
                                                          Dialect{Protocol::connect_get, wire::Codec::proto},
                                                          Dialect{Protocol::connect_get, wire::Codec::json},
                                                          Dialect{Protocol::grpc_web, wire::Codec::proto},
                                                          Dialect{Protocol::grpc_web, wire::Codec::json},
                                                          Dialect{Protocol::grpc_web_text, wire::Codec::proto},
                                                          Dialect{Protocol::twirp, wire::Codec::proto},
                                                          Dialect{Protocol::twirp, wire::Codec::json},
                                                          Dialect{Protocol::plain, wire::Codec::proto}),
                                          testing::Values(Front::rest, Front::http, Front::alb, Front::alb_multi)));

TEST_P(Protocols, ACallIsAnswered) {
    for (const auto compression : {wire::Compression::identity, wire::Compression::gzip}) {
        auto call = make_call(60);
        call.compression = compression;
        const auto read = serve(call);
        EXPECT_EQ(read.unreadable, "");
        EXPECT_EQ(read.answer.status, wire::Status());
        CheckWindowResponse response;
        EXPECT_TRUE(wire::decode(read.answer.message, dialect().codec, response).ok());
        EXPECT_TRUE(response.found());
        EXPECT_THAT(read.answer.headers, Contains(Pair("X-Who", "me")));
        EXPECT_THAT(read.answer.trailers, Contains(Pair("x-cost", HasSubstr("3"))));
        EXPECT_THAT(read.answer.trailers, Contains(Pair("x-cost", HasSubstr("4"))));
    }
}

TEST_P(Protocols, TheEmptyMessageIsAMessage) {
    auto call = make_call(0);
    call.message.clear();
    const auto read = serve(call);
    EXPECT_EQ(read.answer.status, wire::Status());
    EXPECT_EQ(read.answer.message, dialect().codec == wire::Codec::json ? "{}" : "");
}

TEST_P(Protocols, AnErrorIsAnsweredWithAllThatTheProtocolCarries) {
    const auto read = serve(make_call(-1));
    EXPECT_EQ(read.unreadable, "");
    EXPECT_EQ(read.answer.status.code(), wire::Code::failed_precondition);
    EXPECT_EQ(read.answer.status.message(), "neg\u00e4tive\n");
    const bool carries = dialect().protocol != Protocol::twirp;
    EXPECT_EQ(read.answer.status.details().size(), carries ? 1U : 0U);
    EXPECT_THAT(read.answer.trailers, Contains(Pair("x-cost", HasSubstr("4"))));
}

TEST_P(Protocols, RepliesAreCompressedOnlyWhereTheyMayBe) {
    auto call = make_call(60);
    call.accepts = wire::Compression::gzip;
    const auto request = to_event(wire::to_http_request(call), std::get<1>(GetParam()));
    EXPECT_THAT(serve_event(methods_, request).response, testing::Not(HasSubstr("gzip")));
    methods_.compress_replies();
    EXPECT_THAT(serve_event(methods_, request).response, HasSubstr("gzip"));
    EXPECT_EQ(serve(call).answer.status, wire::Status());
}

TEST_P(Protocols, ARequestOverTheLimitIsRefused) {
    auto call = make_call(60);
    methods_.limit_requests(call.message.size());
    EXPECT_EQ(serve(call).answer.status, wire::Status());
    methods_.limit_requests(call.message.size() - 1);
    EXPECT_EQ(serve(call).answer.status.code(), wire::Code::resource_exhausted);
}

TEST(Twirp, AnswersWhatItCannotRouteWithBadRoute) {
    MethodTable methods;
    methods.add<CheckWindowRequest, CheckWindowResponse>(
        kCheckWindow, [](const CheckWindowRequest&, CheckWindowResponse&) { return wire::Status(); });
    const auto path = std::string("/prod/twirp/") + kCheckWindow;
    const ProxyRequest requests[] = {
        {.method = "POST", .path = "/twirp/a.B/Nothing", .headers = {{"content-type", "application/protobuf"}}},
        {.method = "GET", .path = path},
        {.method = "POST", .path = path, .headers = {{"content-type", "image/jpeg"}}},
    };
    for (const auto& request : requests) {
        const auto reply = methods.answer(request);
        EXPECT_EQ(reply.http_status, 404);
        EXPECT_THAT(reply.body, HasSubstr(R"({"code":"bad_route","msg":)"));
        EXPECT_EQ(reply.status.code(), wire::Code::unimplemented);
    }
}

TEST(GrpcWeb, IsToldOfAnUnknownMethodInItsOwnContentType) {
    const MethodTable methods;
    for (const std::string type : {"application/grpc-web+proto", "application/grpc-web-text"}) {
        const auto reply =
            methods.answer({.method = "POST", .path = "/a.B/Nothing", .headers = {{"content-type", type}}, .body = {}});
        EXPECT_EQ(reply.http_status, 200);
        EXPECT_EQ(reply.headers, (wire::Metadata{{"Content-Type", type},
                                                 {"grpc-status", "12"},
                                                 {"grpc-message", "there is no method at /a.B/Nothing"}}));
        EXPECT_EQ(reply.body, "");
        EXPECT_EQ(reply.method, "/a.B/Nothing");
        EXPECT_EQ(reply.status.code(), wire::Code::unimplemented);
    }
}

TEST(StreamedReplies, ArePreludeNulBytesAndTheBodyAsItIs) {
    const Reply reply{.http_status = 404, .headers = {{"A", "1"}, {"a", "2"}}, .body = std::string("\0\xff", 2)};
    EXPECT_EQ(render_streamed_reply(reply),
              R"({"statusCode":404,"headers":{"A":"1, 2"}})" + std::string("\0\0\0\0\0\0\0\0\0\xff", 10));
}

TEST(ProxyReplies, RepeatNamesAsTheFrontDoorWantsIt) {
    const Reply reply{.headers = {{"A", "1"}, {"B", "2"}, {"a", "3"}}, .body = "x"};
    EXPECT_THAT(render_proxy_reply(reply, Repeats::joined), HasSubstr(R"("headers":{"A":"1, 3","B":"2"},"body")"));
    EXPECT_THAT(render_proxy_reply(reply, Repeats::lists_beside),
                HasSubstr(R"("headers":{"B":"2"},"multiValueHeaders":{"A":["1","3"]},"body")"));
    EXPECT_THAT(render_proxy_reply(reply, Repeats::lists_only),
                HasSubstr(R"("statusCode":200,"multiValueHeaders":{"A":["1","3"],"B":["2"]},"body")"));
    EXPECT_THAT(render_proxy_reply({.headers = {}}, Repeats::lists_only), HasSubstr(R"("statusCode":200,"body")"));
}

}  // namespace
}  // namespace understudy::rpc
