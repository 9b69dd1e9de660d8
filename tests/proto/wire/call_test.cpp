#include "proto/wire/base64.hpp"
#include "proto/wire/call_reading.hpp"
#include "proto/wire/call_writing.hpp"
#include "proto/wire/connect_error.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/grpc_status.hpp"
#include "proto/wire/percent.hpp"
#include "proto/wire/twirp_error.hpp"

#include <gmock/gmock.h>

namespace understudy::wire {
namespace {

using namespace std::literals;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using testing::Pair;

constexpr const char* kMethod = "logquery.v1.LogQueryService/CheckWindow";

Call make_call(Dialect dialect) {
    return {.dialect = dialect, .method = kMethod, .message = dialect.codec == Codec::json ? "{\"a\":1}" : "\x08\x01"};
}

// The query of a GET, decoded as a front door does.
Metadata to_query(const std::string& target) {
    Metadata query;
    auto rest = std::string_view(target).substr(std::min(target.find('?') + 1, target.size()));
    while (!rest.empty() && target.find('?') != std::string::npos) {
        const auto pair = rest.substr(0, rest.find('&'));
        const auto equals = pair.find('=');
        query.emplace_back(pair.substr(0, equals), from_percent(pair.substr(equals + 1)));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    }
    return query;
}

class EachDialect : public testing::TestWithParam<Dialect> {};

INSTANTIATE_TEST_SUITE_P(Wire, EachDialect, testing::ValuesIn(kDialects),
                         [](const testing::TestParamInfo<Dialect>& row) {
                             std::string name(to_name(row.param));
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

TEST_P(EachDialect, HasAName) {
    EXPECT_EQ(parse_dialect_name(to_name(GetParam())), GetParam());
}

TEST_P(EachDialect, RequestsAreReadAsWritten) {
    for (const auto compression : {Compression::identity, Compression::gzip}) {
        for (const std::string& message : {""s, make_call(GetParam()).message, std::string(5'000, 'z')}) {
            auto sent = make_call(GetParam());
            sent.compression = sent.accepts = compression;
            sent.message = message;
            sent.timeout = 700ms;
            sent.metadata = {{"X-Who", "me"}, {"x-key-bin", "AP8"}};
            const auto request = to_http_request(sent);
            Call read{.dialect = GetParam()};
            EXPECT_EQ(read_call(request, to_query(request.target), kMostMessageBytes, read), Status());
            EXPECT_EQ(read.message, message);
            EXPECT_EQ(read.timeout, has_timeout(GetParam().protocol) ? sent.timeout : std::nullopt);
            EXPECT_EQ(read.accepts, compression);
            EXPECT_THAT(read.metadata, Contains(Pair("x-key-bin", "AP8")));
        }
    }
}

TEST_P(EachDialect, RepliesAreReadAsWritten) {
    for (const auto compression : {Compression::identity, Compression::gzip}) {
        for (const std::string& message : {""s, make_call(GetParam()).message, std::string(5'000, 'z')}) {
            auto call = make_call(GetParam());
            call.accepts = compression;
            const Answer answer{.headers = {{"X-A", "1"}, {"X-A", "2"}},
                                .trailers = {{"x-cost", "3"}, {"x-cost", "4"}},
                                .message = message,
                                .compression = compression};
            const auto read = read_answer(GetParam(), compression, to_http_reply(call, answer));
            EXPECT_EQ(read.unreadable, "");
            EXPECT_EQ(read.answer.status, Status());
            EXPECT_EQ(read.answer.message, message);
            EXPECT_EQ(read.answer.trailers, answer.trailers);
            EXPECT_THAT(read.answer.headers, Contains(Pair("X-A", "2")));
        }
    }
}

TEST_P(EachDialect, EachErrorIsReadAsWritten) {
    for (int number = 1; number <= 16; ++number) {
        const Status status(static_cast<Code>(number), "50%\r\n\u263a\U0001F608 \"why\"",
                            {{"google.rpc.RetryInfo", "\x0a\x02\x08\x05"}, {"pkg.Empty", ""}});
        const auto call = make_call(GetParam());
        for (const Metadata& headers : {Metadata(), Metadata{{"x-a", "1"}}}) {
            const auto reply =
                to_http_reply(call, {.status = status, .headers = headers, .trailers = {{"x-cost", "3"}}});
            const auto read = read_answer(GetParam(), Compression::identity, reply);
            EXPECT_EQ(read.unreadable, "");
            EXPECT_EQ(read.answer.status.code(), status.code());
            EXPECT_EQ(read.answer.status.message(), status.message());
            // Twirp has no details.
            if (GetParam().protocol != Protocol::twirp) {
                EXPECT_EQ(read.answer.status, status);
            }
            EXPECT_THAT(read.answer.trailers, Contains(Pair("x-cost", "3")));
        }
    }
}

TEST_P(EachDialect, RefusesMoreThanItsLimit) {
    for (const auto compression : {Compression::identity, Compression::gzip}) {
        auto sent = make_call(GetParam());
        sent.compression = compression;
        sent.message = std::string(1'000, 'z');
        const auto request = to_http_request(sent);
        Call read{.dialect = GetParam()};
        EXPECT_EQ(read_call(request, to_query(request.target), 999, read).code(), Code::resource_exhausted);
        EXPECT_EQ(read_call(request, to_query(request.target), 1'000, read), Status());
    }
}

TEST(CallRequests, AreThoseOfTheProtocolsClients) {
    auto call = make_call({Protocol::connect, Codec::proto});
    call.timeout = 200ms;
    EXPECT_EQ(to_http_request(call).target, "/logquery.v1.LogQueryService/CheckWindow");
    EXPECT_EQ(to_http_request(call).headers, (Metadata{{"Content-Type", "application/proto"},
                                                       {"Connect-Protocol-Version", "1"},
                                                       {"Connect-Timeout-Ms", "200"}}));
    call.dialect = {Protocol::grpc_web, Codec::proto};
    EXPECT_EQ(
        to_http_request(call).headers,
        (Metadata{{"Content-Type", "application/grpc-web+proto"}, {"X-Grpc-Web", "1"}, {"grpc-timeout", "200m"}}));
    EXPECT_EQ(to_http_request(call).body, "\0\0\0\0\2\x08\x01"s);
    call.dialect = {Protocol::grpc_web_text, Codec::proto};
    EXPECT_THAT(to_http_request(call).headers, Contains(Pair("Accept", "application/grpc-web-text")));
    EXPECT_EQ(to_http_request(call).body, "AAAAAAIIAQ==");
    call.dialect = {Protocol::twirp, Codec::proto};
    EXPECT_EQ(to_http_request(call).target, "/twirp/logquery.v1.LogQueryService/CheckWindow");
    EXPECT_EQ(to_http_request(call).headers,
              (Metadata{{"Content-Type", "application/protobuf"}, {"Accept", "application/protobuf"}}));
    call.dialect = {Protocol::grpc, Codec::proto};
    EXPECT_EQ(to_http_request(call).headers,
              (Metadata{{"Content-Type", "application/grpc+proto"}, {"te", "trailers"}, {"grpc-timeout", "200m"}}));
}

TEST(CallRequests, OfGetHaveNeitherBodyNorContentType) {
    auto call = make_call({Protocol::connect_get, Codec::proto});
    const auto request = to_http_request(call);
    EXPECT_EQ(request.method, "GET");
    EXPECT_EQ(request.target,
              "/logquery.v1.LogQueryService/CheckWindow?connect=v1&base64=1&encoding=proto&message=CAE");
    EXPECT_EQ(request.headers, Metadata());
    EXPECT_EQ(request.body, "");
    call.dialect.codec = Codec::json;
    call.message = "{}";
    EXPECT_THAT(to_http_request(call).target, HasSubstr("?connect=v1&encoding=json&message=%7B%7D"));
    call.compression = Compression::gzip;
    EXPECT_THAT(to_http_request(call).target,
                HasSubstr("?connect=v1&base64=1&compression=gzip&encoding=json&message=H4"));
}

TEST(CallRequests, MetadataReplacesTheProtocolsLine) {
    auto call = make_call({Protocol::twirp, Codec::proto});
    call.metadata = {{"accept", "*/*"}, {"x-a", "1"}};
    EXPECT_EQ(to_http_request(call).headers,
              (Metadata{{"Content-Type", "application/protobuf"}, {"accept", "*/*"}, {"x-a", "1"}}));
}

struct BadRequest {
    Dialect dialect;
    HttpRequest request;
    Code code;
};

class BadRequests : public testing::TestWithParam<BadRequest> {};

TEST_P(BadRequests, AreRefused) {
    Call call{.dialect = GetParam().dialect};
    const auto& request = GetParam().request;
    EXPECT_EQ(read_call(request, to_query(request.target), kMostMessageBytes, call).code(), GetParam().code);
}

constexpr Dialect kConnect{Protocol::connect, Codec::proto}, kGet{Protocol::connect_get, Codec::proto},
    kGrpcWeb{Protocol::grpc_web, Codec::proto}, kText{Protocol::grpc_web_text, Codec::proto},
    kTwirp{Protocol::twirp, Codec::proto}, kPlain{Protocol::plain, Codec::proto}, kGrpc{Protocol::grpc, Codec::proto};

const std::string kFrame = "\0\0\0\0\2\x08\x01"s;

INSTANTIATE_TEST_SUITE_P(
    Wire, BadRequests,
    testing::Values(BadRequest{kConnect, {.headers = {{"connect-timeout-ms", "1e3"}}}, Code::invalid_argument},
                    BadRequest{kConnect, {.headers = {{"content-encoding", "foo"}}}, Code::unimplemented},
                    BadRequest{kConnect,
                               {.headers = {{"content-encoding", "gzip"}}, .body = "\x1F\x8B damaged"},
                               Code::invalid_argument},
                    BadRequest{kGrpcWeb, {.headers = {{"grpc-timeout", "0"}}, .body = kFrame}, Code::invalid_argument},
                    BadRequest{kGrpcWeb, {.headers = {{"grpc-encoding", "foo"}}, .body = kFrame}, Code::unimplemented},
                    BadRequest{kGrpcWeb, {.body = "\1\0\0\0\2\x08\x01"s}, Code::internal},
                    BadRequest{kGrpcWeb, {.body = ""}, Code::unimplemented},
                    BadRequest{kGrpcWeb, {.body = kFrame + kFrame}, Code::unimplemented},
                    BadRequest{kGrpcWeb, {.body = kFrame.substr(0, 6)}, Code::invalid_argument},
                    BadRequest{kText, {.body = kFrame}, Code::invalid_argument},
                    BadRequest{kGet, {.target = "/m?encoding=proto"}, Code::invalid_argument},
                    BadRequest{kGet, {.target = "/m?message="}, Code::invalid_argument},
                    BadRequest{kGet, {.target = "/m?encoding=xml&message="}, Code::invalid_argument},
                    BadRequest{kGet, {.target = "/m?encoding=proto&base64=1&message=*"}, Code::invalid_argument},
                    BadRequest{kGet, {.target = "/m?encoding=proto&compression=br&message="}, Code::unimplemented}));

TEST(CallReading, GetIsReadInAnyOrderWithUnknownParametersAndPadding) {
    Call call{.dialect = kGet};
    const Metadata query{{"message", "_-8="}, {"x", "y"}, {"base64", "1"}, {"encoding", "proto"}};
    EXPECT_EQ(read_call(HttpRequest{}, query, kMostMessageBytes, call), Status());
    EXPECT_EQ(call.message, "\xff\xef");
    Call text{.dialect = kGet};
    const Metadata json{{"message", "{\"a,b\": \"1+2\"}"}, {"base64", "0"}, {"encoding", "json"}};
    EXPECT_EQ(read_call(HttpRequest{}, json, kMostMessageBytes, text), Status());
    EXPECT_EQ(text.message, "{\"a,b\": \"1+2\"}");
    EXPECT_EQ(text.dialect.codec, Codec::json);
}

TEST(CallReading, TakesABodyThatARestApiHasDecompressedAsItIs) {
    Call call{.dialect = kConnect};
    EXPECT_EQ(read_call(HttpRequest{.headers = {{"Content-Encoding", "gzip"}}, .body = "\x08\x01"}, {},
                        kMostMessageBytes, call),
              Status());
    EXPECT_EQ(call.message, "\x08\x01");
}

struct ForeignReply {
    Dialect dialect;
    HttpReply reply;
    Code code;
    const char* words;  ///< In the message.
};

class ForeignReplies : public testing::TestWithParam<ForeignReply> {};

TEST_P(ForeignReplies, AreReadAsTheProtocolsClientsDo) {
    const auto read = read_answer(GetParam().dialect, Compression::identity, GetParam().reply);
    EXPECT_EQ(read.answer.status.code(), GetParam().code);
    EXPECT_THAT(read.answer.status.message(), HasSubstr(GetParam().words));
}

HttpReply web(std::string body, Metadata more = {}) {
    Metadata headers{{"content-type", "application/grpc-web+proto"}};
    headers.insert(headers.end(), more.begin(), more.end());
    return {.status = 200, .headers = std::move(headers), .body = std::move(body)};
}

std::string trailers(std::string_view lines) {
    std::string body;
    append_envelope(body, kTrailers, lines);
    return body;
}

INSTANTIATE_TEST_SUITE_P(
    Wire, ForeignReplies,
    testing::Values(
        ForeignReply{kConnect, {.headers = {{"Content-Type", "text/html"}}}, Code::unknown, "'text/html'"},
        ForeignReply{kConnect, {.headers = {{"Content-Type", "application/json"}}}, Code::internal, "application/json"},
        ForeignReply{kConnect, {}, Code::unknown, "missing"},
        ForeignReply{kConnect,
                     {.headers = {{"Content-Type", "application/proto"}, {"Content-Encoding", "gzip"}}, .body = "x"},
                     Code::internal,
                     "not offered"},
        ForeignReply{kConnect,
                     {.status = 502, .body = R"({"message": "Internal server error"})"},
                     Code::unavailable,
                     "Internal server error"},
        ForeignReply{kPlain, {.status = 404}, Code::unimplemented, "404"},
        ForeignReply{
            kTwirp, {.status = 404, .body = R"({"code":"bad_route","msg":"none"})"}, Code::unimplemented, "none"},
        ForeignReply{kTwirp, {.status = 400, .body = R"({"code":"malformed","msg":"m"})"}, Code::invalid_argument, "m"},
        ForeignReply{kTwirp, {.status = 500, .body = R"({"code":"dataloss","msg":"m"})"}, Code::data_loss, "m"},
        ForeignReply{kTwirp, {.status = 500, .body = R"({"code":"data_loss","msg":"m"})"}, Code::data_loss, "m"},
        ForeignReply{kTwirp,
                     {.status = 429, .body = R"({"message":"Too Many Requests"})"},
                     Code::resource_exhausted,
                     "Too Many"},
        ForeignReply{kTwirp, {.status = 503, .body = "<html>"}, Code::unavailable, "HTTP status 503"},
        ForeignReply{
            kGrpcWeb, {.status = 403, .body = R"({"message":"Forbidden"})"}, Code::permission_denied, "Forbidden"},
        ForeignReply{kGrpcWeb, {.status = 500, .body = R"({"code":"not_found"})"}, Code::unknown, "500"},
        ForeignReply{kGrpcWeb, web(""), Code::internal, "neither a body nor a grpc-status"},
        ForeignReply{kGrpcWeb, web("", {{"Grpc-Status", "5"}, {"grpc-message", "a%20b"}}), Code::not_found, "a b"},
        ForeignReply{kGrpcWeb, web("", {{"grpc-status", "0"}}), Code::unimplemented, "not 0"},
        ForeignReply{kGrpcWeb, web(kFrame), Code::internal, "no trailers"},
        ForeignReply{kGrpcWeb, web(kFrame + trailers("x-a: b\r\n")), Code::unknown, "no grpc-status"},
        ForeignReply{kGrpcWeb, web(trailers("grpc-status: 0\r\n")), Code::unimplemented, "not 0"},
        ForeignReply{kGrpcWeb, web(kFrame + kFrame + trailers("grpc-status: 0\r\n")), Code::unimplemented, "not 2"},
        ForeignReply{kGrpcWeb, web(kFrame + trailers("Grpc-Status: 99\r\n"), {{"grpc-status", "0"}}), Code::unknown,
                     ""},
        ForeignReply{kGrpcWeb, web("AAAAAAIIAQ=="), Code::internal, "no stream of messages"},
        ForeignReply{kGrpcWeb, web("\1\0\0\0\1x"s), Code::internal, "does not say how"},
        ForeignReply{kText, web("AAAAAAIIAQ=="), Code::unknown, "content type"},
        ForeignReply{kGrpc,
                     {.headers = {{"content-type", "application/grpc"}}, .body = kFrame},
                     Code::internal,
                     "no trailers"}));

TEST(AnswerReading, TrailersOfGrpcWebMayBeCompressed) {
    std::string body;
    append_envelope(body, 0, "\x08\x01");
    append_envelope(body, kTrailers | kCompressed, to_gzip("grpc-status: 0\r\nx-cost: 3\r\n"));
    const auto read = read_answer(kGrpcWeb, Compression::gzip, web(body, {{"grpc-encoding", "gzip"}}));
    EXPECT_EQ(read.answer.status, Status());
    EXPECT_EQ(read.answer.trailers, (Metadata{{"x-cost", "3"}}));
    EXPECT_EQ(read.answer.message, "\x08\x01");
}

TEST(AnswerReading, AMessageThatIsTooLargeIsToldAsThat) {
    HttpReply reply{.headers = {{"Content-Type", "application/proto"}, {"Content-Encoding", "gzip"}},
                    .body = to_gzip(std::string(kMostMessageBytes + 1, 'x'))};
    const auto read = read_answer(kConnect, Compression::gzip, std::move(reply));
    EXPECT_EQ(read.answer.status.code(), Code::resource_exhausted);
    EXPECT_EQ(read.unreadable, "the reply's message has more than 67108864 bytes");
    EXPECT_EQ(read.answer.message, "");
}

TEST(AnswerWriting, AnErrorOfGrpcWebWithoutHeadersIsTrailersOnly) {
    const auto call = make_call(kGrpcWeb);
    const Status status(Code::not_found, "no\nsuch");
    EXPECT_EQ(to_http_reply(call, {.status = status}).headers, (Metadata{{"Content-Type", "application/grpc-web+proto"},
                                                                         {"grpc-status", "5"},
                                                                         {"grpc-message", "no%0Asuch"}}));
    EXPECT_EQ(to_http_reply(call, {.status = status}).body, "");
    const auto reply = to_http_reply(call, {.status = status, .headers = {{"x-a", "1"}}});
    EXPECT_EQ(reply.body, trailers("grpc-status: 5\r\ngrpc-message: no%0Asuch\r\n"));
}

TEST(AnswerWriting, ASuccessOfGrpcWebHasAStatusAndNoMessage) {
    EXPECT_EQ(to_http_reply(make_call(kGrpcWeb), {.message = "\x08\x01"}).body,
              kFrame + trailers("grpc-status: 0\r\n"));
    EXPECT_EQ(to_http_reply(make_call(kText), {.message = "\x08\x01"}).body,
              to_base64(kFrame + trailers("grpc-status: 0\r\n"), Padding::full));
}

TEST(AnswerWriting, TwirpHasItsOwnStatuses) {
    const auto reply = to_http_reply(make_call(kTwirp), {.status = {Code::failed_precondition, "first"}});
    EXPECT_EQ(reply.status, 412);
    EXPECT_EQ(reply.body, R"({"code":"failed_precondition","msg":"first"})");
    EXPECT_EQ(reply.headers, (Metadata{{"Content-Type", "application/json"}}));
    EXPECT_EQ(to_http_reply(make_call(kTwirp), {.status = {Code::deadline_exceeded, ""}}).status, 408);
    EXPECT_EQ(to_http_reply(make_call(kTwirp), {.status = {Code::data_loss, ""}}).body,
              R"({"code":"data_loss","msg":""})");
}

TEST(AnswerWriting, GrpcPutsItsStatusIntoTrailers) {
    const auto reply = to_http_reply(make_call(kGrpc), {.trailers = {{"x-cost", "3"}}, .message = "\x08\x01"});
    EXPECT_EQ(reply.body, kFrame);
    EXPECT_EQ(reply.trailers, (Metadata{{"grpc-status", "0"}, {"x-cost", "3"}}));
    EXPECT_THAT(reply.headers, Not(Contains(Pair("grpc-status", testing::_))));
}

TEST(ConnectErrorDetails, AreWrittenWithoutPaddingAndReadWithIt) {
    const Status status(Code::aborted, "", {{"pkg.A", "\x08\x01"}});
    EXPECT_EQ(render_connect_error(status), R"({"code":"aborted","details":[{"type":"pkg.A","value":"CAE"}]})");
    EXPECT_EQ(parse_connect_error(
                  409, R"({"code":"aborted","details":[{"type":"pkg.A","value":"CAE=","debug":{}},{"type":"x"},7]})"),
              Status(Code::aborted, "HTTP status 409", {{"pkg.A", "\x08\x01"}}));
}

TEST(Dialects, AreKnownByTheirContentTypes) {
    EXPECT_EQ(parse_dialect("application/grpc-web"), kGrpcWeb);
    EXPECT_EQ(parse_dialect("Application/GRPC-Web+Proto; charset=x"), kGrpcWeb);
    EXPECT_EQ(parse_dialect("application/grpc-web-text"), kText);
    EXPECT_EQ(parse_dialect("application/grpc-web+json"), (Dialect{Protocol::grpc_web, Codec::json}));
    EXPECT_EQ(parse_dialect("application/grpc-web+foo"), std::nullopt);
    EXPECT_EQ(parse_dialect("application/json"), (Dialect{Protocol::connect, Codec::json}));
    EXPECT_EQ(parse_dialect("application/x-protobuf"), kPlain);
    EXPECT_EQ(parse_dialect("application/grpc+proto"), kPlain);
    EXPECT_EQ(parse_dialect("application/grpc"), std::nullopt);
    EXPECT_EQ(parse_grpc_dialect("application/grpc"), kGrpc);
    EXPECT_EQ(parse_grpc_dialect("application/grpc-web"), std::nullopt);
    EXPECT_EQ(parse_dialect("application/foo"), std::nullopt);
}

}  // namespace
}  // namespace understudy::wire
