#include "emulator/app/single_function.hpp"
#include "emulator/gateway/front_door.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

namespace understudy::gateway::sam_profile_test {
namespace {

using app::ApiKind;
using app::Deviation;
using app::FrontKind;
using app::Profile;
using event::kSampleTime;
using event::sample_facts;
using testing::HasSubstr;
using Kind = FunctionReply::Kind;

/// One API before a function, under a profile.
class Doors {
  public:
    Doors(Profile profile, FrontKind front, std::vector<std::string> binary = {}) {
        app::Application application;
        application.profile = profile;
        application.account = "999999999999";
        app::Api api = app::to_single_function_api(front, {}, "function");
        api.id = "abcdefghij";
        api.binary_media_types = std::move(binary);
        if (front == FrontKind::http) api.cors = app::Cors{.allow_origins = {"*"}};
        application.apis.push_back(api);
        door_.emplace(application, application.apis.front());
    }

    /// The event, or the answer as `STATUS BODY`.
    std::string ask(const http::Request& request) {
        Verdict verdict = door_->admit(request, sample_facts());
        if (const auto* answer = std::get_if<Answer>(&verdict)) return in_short(answer->response);
        return std::get<Accepted>(verdict).event;
    }
    std::string reply(const http::Request& request, std::string payload, Kind kind = Kind::succeeded) {
        auto accepted = std::get<Accepted>(door_->admit(request, sample_facts()));
        const http::Response response =
            door_->answer(accepted.ticket, {kind, std::move(payload)}, kSampleTime).response;
        std::string text = in_short(response);
        for (const auto [name, value] : response.headers) text.append("|").append(name).append(": ").append(value);
        return text + ';';
    }
    std::string findings_of_reply(const http::Request& request, std::string payload) {
        auto accepted = std::get<Accepted>(door_->admit(request, sample_facts()));
        return event::ids_of(
            door_->answer(accepted.ticket, {Kind::succeeded, std::move(payload)}, kSampleTime).findings);
    }
    /// What a refusal of this kind is.
    std::string refuse(ErrorKind kind) { return in_short(door_->refuse(kind, sample_facts())); }

  private:
    static std::string in_short(const http::Response& response) {
        const std::string_view body = response.body.view();
        return std::to_string(response.status) + ' ' + (body == std::string_view("", 1) ? "<NUL>" : std::string(body));
    }
    std::optional<FrontDoor> door_;
};

http::Request post(std::string type, std::string body = "x") {
    return {"POST", "/a", 1, {{"Content-Type", type}, {"User-Agent", "curl"}}, std::move(body)};
}

/// What a deviation shows itself by, and what is seen of it under each profile.
struct Sign {
    std::function<std::string(Profile)> look;
    const char* aws;
    const char* sam;
};

const std::string kBase64Reply =
    R"({"statusCode":200,"headers":{"Content-Type":"image/png"},"body":"AA==","isBase64Encoded":true})";

std::multimap<Deviation, Sign> signs() {
    const auto event = [](FrontKind front, http::Request request, std::vector<std::string> binary = {}) {
        return [=](Profile profile) { return Doors(profile, front, binary).ask(request); };
    };
    const auto replied = [](FrontKind front, http::Request request, std::string payload, Kind kind,
                            std::vector<std::string> binary = {}) {
        return [=](Profile profile) { return Doors(profile, front, binary).reply(request, payload, kind); };
    };
    const auto refused = [](ErrorKind kind) {
        return [=](Profile profile) { return Doors(profile, FrontKind::http).refuse(kind); };
    };
    const http::Request get{"GET", "/", 1, {}, ""};
    const http::Request picky{"GET", "/", 1, {{"Accept", "text/html, image/*"}}, ""};
    const http::Request preflight{
        "OPTIONS", "/", 1, {{"Origin", "http://a"}, {"Access-Control-Request-Method", "GET"}}, ""};
    const std::string long_header(10'241, 'x');
    return {
        {Deviation::empty_members,
         {event(FrontKind::http, get), R"("x-forwarded-proto":"https"},"requestContext)",
          R"("stageVariables":null,"body":"","isBase)"}},
        {Deviation::user_agent,
         {event(FrontKind::http, post("text/plain")), R"("userAgent":"curl")", R"("userAgent":"Custom User Agent)"}},
        {Deviation::user_agent,
         {event(FrontKind::rest, post("text/plain")), R"("userAgent":"curl")", R"("userAgent":"Custom User Agent)"}},
        {Deviation::user_agent,
         {event(FrontKind::http1, post("text/plain")), R"("userAgent":"curl")", R"("userAgent":"Custom User Agent)"}},
        {Deviation::account,
         {event(FrontKind::rest, get), R"("accountId":"999999999999")", R"("accountId":"123456789012")"}},
        {Deviation::account,
         {event(FrontKind::http1, get), R"("accountId":"999999999999")", R"("accountId":"123456789012")"}},
        {Deviation::request_form,
         {event(FrontKind::http, post("image/png")), R"("body":"eA==")", R"("body":"x","isBase64Encoded":false)"}},
        {Deviation::request_form,
         {event(FrontKind::http1, post("text/plain"), {"text/plain"}), R"("body":"x")", R"("body":"eA==")"}},
        {Deviation::request_form,
         {event(FrontKind::rest, post("image/png"), {"image/*"}), R"("body":"eA==")", R"("body":"x")"}},
        {Deviation::damaged_text,
         {event(FrontKind::rest, post("a/b", "\xff")), "\"body\":\"\xEF\xBF\xBD\"",
          R"(502 {"message":"Internal server error"})"}},
        {Deviation::reply_decoding,
         {replied(FrontKind::rest, picky, kBase64Reply, Kind::succeeded, {"image/png"}), "200 AA==", "200 <NUL>"}},
        {Deviation::reply_keys,
         {replied(FrontKind::rest, get, R"({"cookies":["a=1"],"body":"x"})", Kind::succeeded), "502 {", "200 x|"}},
        {Deviation::reply_keys,
         {replied(FrontKind::rest, picky,
                  R"({"headers":{"Content-Type":"image/png"},"body":"AA==","isBase64Encoded":false,)"
                  R"("base64Encoded":true})",
                  Kind::succeeded, {"image/png"}),
          "502 {", "200 <NUL>"}},
        {Deviation::no_route, {refused(ErrorKind::no_route), "404 {", R"(403 {"message":"Missing Authentication)"}},
        {Deviation::function_error,
         {replied(FrontKind::http, get, "{}", Kind::function_error), R"(500 {"message":"Internal Server)",
          R"(502 {"message":"Internal server error"})"}},
        {Deviation::denied,
         {refused(ErrorKind::access_denied), R"(403 {"message":"Forbidden"})", "User is not authorized to access"}},
        {Deviation::default_type,
         {replied(FrontKind::http, get, R"({"statusCode":200})", Kind::succeeded), "Content-Type: text/plain",
          "Content-Type: application/json"}},
        {Deviation::default_type,
         {replied(FrontKind::http1, get, R"({"statusCode":200})", Kind::succeeded), "Content-Type: text/plain",
          "Content-Type: application/json"}},
        {Deviation::limits,
         {event(FrontKind::rest, {"GET", "/", 1, {{"X-Long", long_header}}, ""}), "431 ", R"("X-Long":"xxx)"}},
        {Deviation::added_headers,
         {event(FrontKind::rest, get), R"("X-Amzn-Trace-Id":)", R"("headers":{"X-Forwarded-Port":"443")"}},
        {Deviation::added_headers,
         {event(FrontKind::http1, get), R"("X-Amzn-Trace-Id":)",
          R"("headers":{"Content-Length":"0","X-Forwarded-Port":"443","X-Forwarded-Proto":"https"})"}},
        {Deviation::added_headers,
         {replied(FrontKind::http, get, "{}", Kind::succeeded), "Apigw-Requestid", "Connection: keep-alive;"}},
        {Deviation::preflight, {event(FrontKind::http, preflight), "204 ", "200 "}},
    };
}

TEST(SamProfile, EachDeviationIsReproduced) {
    const auto all = signs();
    for (const app::DeviationRow& row : app::sam_deviations()) {
        SCOPED_TRACE(row.sam);
        const auto [begin, end] = all.equal_range(row.what);
        EXPECT_NE(begin, end) << "no sign of it is looked for";
        for (auto sign = begin; sign != end; ++sign) {
            EXPECT_THAT(sign->second.look(Profile::aws), HasSubstr(sign->second.aws));
            EXPECT_THAT(sign->second.look(Profile::aws), testing::Not(HasSubstr(sign->second.sam)));
            EXPECT_THAT(sign->second.look(Profile::sam), HasSubstr(sign->second.sam));
        }
    }
}

TEST(SamProfile, FunctionUrlsAndLoadBalancersStayAws) {
    for (const FrontKind front : {FrontKind::url, FrontKind::alb}) {
        EXPECT_EQ(Doors(Profile::sam, front).ask(post("image/png")), Doors(Profile::aws, front).ask(post("image/png")));
    }
    EXPECT_FALSE(app::deviates(Profile::sam, ApiKind::websocket, Deviation::limits));
}

TEST(SamProfile, AReplyThatOnlySamCliDecodesIsToldUnderBothProfiles) {
    const auto findings = [](Profile profile, std::string accept, std::vector<std::string> binary) {
        const http::Request request{"GET", "/a", 1, {{"Accept", accept}}, ""};
        return Doors(profile, FrontKind::rest, std::move(binary)).findings_of_reply(request, kBase64Reply);
    };
    EXPECT_EQ(findings(Profile::aws, "image/webp,image/png", {"image/png"}), "rest-base64-sent sam-decodes");
    EXPECT_EQ(findings(Profile::aws, "*/*", {"image/png"}), "rest-base64-sent sam-decodes");
    EXPECT_EQ(findings(Profile::sam, "*/*", {"image/png"}), "sam-decodes");
    EXPECT_EQ(findings(Profile::aws, "image/webp", {"image/png"}), "rest-base64-sent") << "nor does SAM CLI";
    EXPECT_EQ(findings(Profile::aws, "image/png", {"image/png"}), "");
    EXPECT_EQ(findings(Profile::sam, "image/png", {"image/png"}), "");
    EXPECT_EQ(findings(Profile::aws, "*/*", {}), "rest-base64-sent") << "no API has binary types";
}

}  // namespace
}  // namespace understudy::gateway::sam_profile_test
