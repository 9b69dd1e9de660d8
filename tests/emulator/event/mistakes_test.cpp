#include "emulator/event/mistakes.hpp"

#include "emulator/event/api_findings.hpp"
#include "emulator/event/exchange_findings.hpp"
#include "emulator/event/http1_reply.hpp"
#include "emulator/event/http_event.hpp"
#include "emulator/event/http_reply.hpp"
#include "emulator/event/reply_fields.hpp"
#include "emulator/event/request_findings.hpp"
#include "emulator/event/rest_event.hpp"
#include "emulator/event/rest_reply.hpp"
#include "emulator/event/sam.hpp"
#include "emulator/event/url_reply.hpp"
#include "emulator/http/base64.hpp"
#include "tests/emulator/event/samples.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

namespace understudy::event::mistakes_test {
namespace {

using Findings = std::vector<Finding>;

Findings rest_request(const http::Headers& headers, std::string body, const BinaryMediaTypes& binary,
                      std::string method = "POST") {
    const http::Request request{std::move(method), "/x", 1, headers, std::move(body)};
    return render_rest_event(request, rest_place("/x"), binary, sample_facts(), "").findings;
}
Findings http_request(const http::Headers& headers, std::string body) {
    return render_http_event({"POST", "/x", 1, headers, std::move(body)}, http_place("/x"), sample_facts(), "")
        .findings;
}
/// Of a function that was sent these bytes in this form.
Findings failure(BodyForm form, std::string_view type, std::string_view bytes, std::string_view error) {
    const std::string body = form == BodyForm::base64 ? http::to_base64(bytes) : std::string(bytes);
    boost::json::object event{{"isBase64Encoded", form == BodyForm::base64}, {"body", body}};
    Findings findings;
    find_in_failure(findings, {form, std::string(type)}, boost::json::serialize(event), error);
    return findings;
}
Findings failure(BodyForm form, std::string_view type, std::string_view bytes, std::string_view kind,
                 std::string_view message) {
    const boost::json::object error{{"errorMessage", message}, {"errorType", kind}, {"trace", {"at json/proto.js"}}};
    return failure(form, type, bytes, boost::json::serialize(error));
}
Findings status(const http::Response& response, std::string_view header_name, std::string_view type) {
    Findings findings;
    find_in_status(findings, response, {header_name, type});
    return findings;
}
Findings settings(std::vector<std::string> binary, app::Integration integration) {
    app::Api api;
    api.kind = app::ApiKind::rest;
    api.binary_media_types = std::move(binary);
    api.routes.push_back({.method = "OPTIONS", .path = "/x", .integration = std::move(integration)});
    return find_in_api(api);
}

struct Case {
    std::string_view id;
    std::function<Findings()> make;
    std::string_view says;  ///< Part of the sentence: the remedy.
};

constexpr std::string_view kMessage =
    "\x0A\x03"
    "abc";
const BinaryMediaTypes kProtobuf({"application/x-protobuf"});
const http::Headers kProtobufType = {{"Content-Type", "application/x-protobuf"}};

/// Each mistake as it is made.
std::vector<Case> cases() {
    return {
        {"rest-base64-sent", [] { return render_rest_reply(R"({"body":"AA==","isBase64Encoded":true})", {}).findings; },
         "send Accept with the reply's type in front"},
        {"rest-body-replaced", [] { return rest_request(kProtobufType, "\xFF", {}); },
         "Cure: --binary-media-type application/x-protobuf"},
        {"http-body-replaced",
         [] {
             return http_request({{"Content-Type", "text/plain"}}, "\xFF");
         },
         "Send binary data under a binary type"},
        {"binary-types-changed",
         [] {
             app::Api before{.kind = app::ApiKind::rest}, after = before;
             after.binary_media_types = {"application/x-protobuf"};
             return Findings{find_changed_binary_types(before, after).value()};
         },
         "only after a new deployment"},
        {"sam-decodes", [] { return Findings{find_sam_decoding(app::Profile::aws, "image/png; x=y")}; },
         "SAM CLI would decode this reply of type image/png, which looks at all entries of Accept"},
        {"rest-type-near-miss",
         [] {
             return rest_request({{"Content-Type", "application/protobuf"}}, "a", kProtobuf);
         },
         "lists application/x-protobuf, which is another spelling. List the type that clients send"},
        {"base64-not-decoded",
         [] { return failure(BodyForm::base64, "a/b", kMessage, R"({"errorMessage":"Error parsing message"})"); },
         "Decode the event's body before it is parsed"},
        {"text-decoded", [] { return failure(BodyForm::text, "a/b", "{}", R"({"errorMessage":"Invalid BASE64"})"); },
         "Decode base64 only where the event says so"},
        {"reply-bad-base64",
         [] { return render_http_reply(R"({"statusCode":200,"body":"a b!","isBase64Encoded":true})").findings; },
         "from offset 1 of 4. Encode the bytes as standard, padded base64"},
        {"reply-protobuf-as-text",
         [] {
             return render_rest_reply(R"({"headers":{"Content-Type":"application/x-protobuf"},"body":"\u0096"})", {})
                 .findings;
         },
         "as base64 with isBase64Encoded: true"},
        {"reply-body-replaced", [] { return render_rest_reply("{\"body\":\"\xFF\"}", {}).findings; },
         "as base64 with isBase64Encoded: true"},
        {"rest-json-as-base64",
         [] {
             return rest_request({{"Content-Type", "application/json"}}, "{}", BinaryMediaTypes({"*/*"}));
         },
         "List the binary types one by one"},
        {"mock-with-binary", [] { return settings({"*/*"}, app::MockIntegration{}); },
         "CONVERT_TO_TEXT on its integration"},
        {"reply-malformed", [] { return render_rest_reply(R"({"cookies":[]})", {}).findings; }, "the key \"cookies\""},
        {"http-inferred", [] { return render_http_reply(R"({"body":"x"})").findings; }, "Add statusCode"},
        {"event-too-large", [] { return Findings{event_too_large(5, 7, 6)}; },
         "A body of 5 bytes makes an event of 7 bytes; Lambda takes 6"},
        {"body-too-large", [] { return Findings{body_too_large(9, 8, app::ApiKind::http)}; },
         "A body of 9 bytes was refused by the front door, which takes 8 bytes"},
        {"reply-too-large", [] { return Findings{reply_too_large(9, 8)}; },
         "The function gave a reply of 9 bytes; the limit is 8. Base64 adds a third, so that about 6 bytes"},
        {"body-of-get", [] { return rest_request(kProtobufType, "a", kProtobuf, "GET"); }, "Send messages by POST"},
        {"rest-body-compressed",
         [] {
             return rest_request({{"Content-Encoding", "gzip"}}, "a", {});
         },
         "decompresses a request body"},
        {"http-body-compressed",
         [] {
             return http_request({{"Content-Encoding", "gzip"}}, "a");
         },
         "The function has to decompress it"},
        {"rest-type-parameters",
         [] {
             return rest_request({{"Content-Type", "application/x-protobuf; proto=a.B"}}, "a", {});
         },
         "as application/x-protobuf, without its parameters"},
        {"binary-type-never-matches", [] { return settings({"application/x-protobuf; proto=a.B"}, {}); },
         "types are compared without parameters"},
        {"header-case-missed",
         [] {
             return status({415, {}, ""}, "Content-Type", "application/proto");
         },
         "lower_case_headers in a scenario) all names are in lower case: look headers up without regard to case"},
        {"http-default-type",
         [] { return render_http1_reply(R"({"statusCode":200,"body":"","isBase64Encoded":true})").findings; },
         "left as text/plain; charset=utf-8. Add the type"},
        {"empty-body-not-read",
         [] { return failure(BodyForm::none, "application/x-protobuf", "", "KeyError", "'body'"); },
         "read it as an empty message"},
        {"reply-base64-variant",
         [] { return render_http_reply(R"({"statusCode":200,"body":"AA-_","isBase64Encoded":true})").findings; },
         "AWS takes the standard one, padded"},
    };
}

TEST(Mistakes, EachIsToldByItsFinding) {
    std::map<std::string_view, Case> made;
    for (const Case& one : cases()) made.emplace(one.id, one);
    std::set<std::string_view> listed;
    for (const Mistake& mistake : mistakes()) {
        listed.insert(mistake.id);
        ASSERT_TRUE(made.contains(mistake.id)) << "nobody makes mistake " << mistake.id;
        const Findings findings = made.at(mistake.id).make();
        const auto found = std::ranges::find(findings, mistake.id, &Finding::id);
        ASSERT_NE(found, findings.end()) << mistake.id << " is not told";
        EXPECT_NE(found->text.find(made.at(mistake.id).says), std::string::npos) << found->text;
    }
    for (const auto& [id, one] : made) EXPECT_TRUE(listed.contains(id)) << id << " has no row";
}

TEST(Mistakes, ThoseOfTrafficAreToldApartFromThoseOfSettings) {
    for (const std::string_view id : {"rest-base64-sent", "rest-type-parameters", "reply-malformed", "sam-decodes"}) {
        EXPECT_TRUE(is_of_traffic(id)) << id;
    }
    for (const std::string_view id : {"binary-types-changed", "mock-with-binary", "route-near-miss"}) {
        EXPECT_FALSE(is_of_traffic(id)) << id;
    }
}

TEST(Mistakes, ADamagedBodyIsToldForEachMediaTypeAndABrokenReplyForEachKey) {
    EXPECT_EQ(distinction({kRestBodyReplaced, "image/png", {}}), "image/png");
    EXPECT_EQ(distinction({kHttpBodyReplaced, "text/plain", {}}), "text/plain");
    EXPECT_EQ(distinction({kReplyMalformed, "cookies", {}}), "cookies");
    EXPECT_EQ(distinction({"rest-base64-sent", "image/png", {}}), "");
}

TEST(Mistakes, ChangedBinaryTypesNeedADeployment) {
    app::Api before{.kind = app::ApiKind::rest, .name = "Shop"};
    before.described = app::Described::in_template;
    before.binary_media_types = {"a/b", "c/d"};
    app::Api after = before;
    after.binary_media_types = {"c/d", "a/b"};
    EXPECT_EQ(find_changed_binary_types(before, after), std::nullopt) << "the order says nothing";
    after.binary_media_types = {"a/b", "e/f", "g/h"};
    const auto finding = find_changed_binary_types(before, after);
    ASSERT_TRUE(finding);
    EXPECT_TRUE(finding->text.starts_with(
        "BinaryMediaTypes of Shop changed with this reload, which adds e/f, g/h and takes out c/d. "))
        << finding->text;
    after.kind = app::ApiKind::http;
    EXPECT_EQ(find_changed_binary_types(before, after), std::nullopt);
}

TEST(Mistakes, AllTwentyOneRowsAreThereInOrder) {
    std::set<int> rows;
    int last = 0;
    for (const Mistake& mistake : mistakes()) {
        EXPECT_LE(last, mistake.row);
        EXPECT_FALSE(mistake.note.empty()) << mistake.row;
        rows.insert(last = mistake.row);
    }
    EXPECT_EQ(rows.size(), 21u);
    EXPECT_EQ(*rows.begin(), 1);
    EXPECT_EQ(*rows.rbegin(), 21);
}

TEST(Mistakes, TheCureNamesWhereTheTypesAreListed) {
    const struct {
        app::Described described;
        std::string name, cure, reply_cure;
    } rows[] = {
        {app::Described::by_command, "function", "Cure: --binary-media-type application/x-protobuf",
         "list that type by --binary-media-type."},
        {app::Described::in_template, "MyApi", "Cure: add application/x-protobuf to BinaryMediaTypes of MyApi",
         "list that type in BinaryMediaTypes of MyApi."},
        {app::Described::in_template, "ServerlessRestApi",
         "Cure: add application/x-protobuf to BinaryMediaTypes of Api under Globals",
         "list that type in BinaryMediaTypes of Api under Globals."},
        {app::Described::in_openapi, "OpenApi",
         "Cure: add application/x-protobuf to x-amazon-apigateway-binary-media-types",
         "list that type in x-amazon-apigateway-binary-media-types."},
        {app::Described::in_scenario, "function",
         "Cure: add application/x-protobuf to the scenario's binary_media_types",
         "list that type in the scenario's binary_media_types."},
    };
    for (const auto& row : rows) {
        const app::Api api{.kind = app::ApiKind::rest, .name = row.name, .described = row.described};
        const BinaryMediaTypes binary({}, binary_setting(api));
        EXPECT_TRUE(rest_request(kProtobufType, "\xFF", binary).at(0).text.ends_with(row.cure)) << row.name;
        const RestAccept accept = to_rest_accept({}, binary);
        const auto sent = render_rest_reply(R"({"isBase64Encoded":true,"body":"AA=="})", accept).findings;
        ASSERT_FALSE(sent.empty());
        EXPECT_TRUE(sent.front().text.ends_with(row.reply_cure)) << sent.front().text;
    }
}

TEST(Mistakes, AFailureIsTheBodysOnlyWhereTheBodyIsRight) {
    const std::string_view type = "application/x-protobuf", json = R"({"a":1})";
    const auto undecoded = [&](std::string_view bytes, std::string_view kind, std::string_view message) {
        return ids_of(failure(BodyForm::base64, type, bytes, kind, message));
    };
    EXPECT_EQ(undecoded(kMessage, "DecodeError", "Error parsing message"), kBase64NotDecoded);
    EXPECT_EQ(undecoded(kMessage, "errorString", "proto: cannot parse invalid wire-format data"), kBase64NotDecoded);
    EXPECT_EQ(undecoded(kMessage, "errorString", "unexpected EOF"), kBase64NotDecoded);
    EXPECT_EQ(undecoded(kMessage, "RangeError", "index out of range: 3 + 103 > 8"), kBase64NotDecoded);
    EXPECT_EQ(undecoded("\x0A\x04"
                        "abc",
                        "DecodeError", "Error parsing message"),
              "")
        << "the client's is broken";
    EXPECT_EQ(undecoded(json, "JSONDecodeError", "Expecting value: line 1 column 1 (char 0)"), kBase64NotDecoded);
    EXPECT_EQ(undecoded(json, "SyntaxError", "Unexpected token e in JSON at position 0"), kBase64NotDecoded);
    EXPECT_EQ(undecoded(json, "SyntaxError", "Unexpected token 'e', \"eyJhIjoxfQ==\" is not valid JSON"),
              kBase64NotDecoded);
    EXPECT_EQ(undecoded(json, "SyntaxError", "Unexpected token < in JSON at position 0"), "") << "read elsewhere";
    EXPECT_EQ(undecoded(json, "SyntaxError", "Unexpected end of JSON input"), "") << "base64 does not end so";
    EXPECT_EQ(undecoded("{bad", "SyntaxError", "Unexpected token e in JSON at position 0"), "");

    const auto decoded = [](std::string_view body_type, std::string_view body, std::string_view kind,
                            std::string_view message) {
        return ids_of(failure(BodyForm::text, body_type, body, kind, message));
    };
    const std::string_view json_type = "application/json";
    EXPECT_EQ(decoded(json_type, json, "Error", "Incorrect padding"), kTextDecoded);
    EXPECT_EQ(decoded(json_type, json, "CorruptInputError", "illegal base64 data at input byte 0"), kTextDecoded);
    EXPECT_EQ(decoded(json_type, R"({"a":1})", "SyntaxError", "Unexpected token k in JSON at position 0"), kTextDecoded)
        << "Node.js passes over what is no base64: a1 becomes k";
    EXPECT_EQ(decoded(json_type, R"({"z":"z"})", "SyntaxError", "Unexpected token \xEF\xBF\xBD in JSON at position 0"),
              kTextDecoded);
    EXPECT_EQ(decoded(json_type, "{bad", "SyntaxError", "Unexpected token b in JSON at position 1"), "");
    EXPECT_EQ(decoded(json_type, json, "SyntaxError", "Unexpected token < in JSON at position 0"), "");
    EXPECT_EQ(decoded(json_type, json, "JSONDecodeError", "Expecting value: line 1 column 1 (char 0)"), "");
    EXPECT_EQ(decoded(type, kMessage, "DecodeError", "Error parsing message"), kTextDecoded);
    EXPECT_EQ(decoded(type,
                      "\x0A\x04"
                      "abc",
                      "DecodeError", "Error parsing message"),
              "");
    EXPECT_EQ(decoded(json_type, json, "DecodeError", "Error parsing message"), "");
}

TEST(Mistakes, AFailureThatIsNotOfReadingIsNoMistake) {
    for (const std::string_view message :
         {"database is down", "unexpected EOF from the database", "unsupported protocol", "unexpected status 500",
          "could not parse the date", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte"}) {
        for (const BodyForm form : {BodyForm::text, BodyForm::base64}) {
            EXPECT_EQ(ids_of(failure(form, "application/x-protobuf", kMessage, "Error", message)), "") << message;
            EXPECT_EQ(ids_of(failure(form, "application/json", "{}", "Error", message)), "") << message;
        }
    }
}

TEST(Mistakes, AnEmptyMessageIsBlamedForWhatIsNotThere) {
    const auto ids = [](std::string_view type, std::string_view kind, std::string_view message) {
        return ids_of(failure(BodyForm::none, type, "", kind, message));
    };
    const std::string_view type = "application/x-protobuf";
    EXPECT_EQ(ids(type, "KeyError", "'body'"), kEmptyBodyNotRead);
    EXPECT_EQ(ids(type, "TypeError", "Cannot read properties of null (reading 'length')"), kEmptyBodyNotRead);
    EXPECT_EQ(ids(type, "TypeError", "argument should be a bytes-like object or ASCII string, not 'NoneType'"),
              kEmptyBodyNotRead);
    EXPECT_EQ(ids(type, "SyntaxError", "Unexpected end of JSON input"), kEmptyBodyNotRead);
    EXPECT_EQ(ids(type, "std::runtime_error", "cannot parse the request"), kEmptyBodyNotRead);
    EXPECT_EQ(ids(type, "Error", "database is down"), "");
    EXPECT_EQ(ids("text/plain", "KeyError", "'body'"), "");
    EXPECT_EQ(ids("application/grpc-web+proto", "KeyError", "'body'"), "") << "which has an envelope around it";
    EXPECT_EQ(ids("", "KeyError", "'body'"), "");
}

TEST(Mistakes, AFailureIsTheSpellingsWhereTheHeaderWasNotFound) {
    const auto ids = [](std::string_view header_name, std::string_view kind, std::string_view message) {
        const boost::json::object error{{"errorType", kind}, {"errorMessage", message}, {"trace", {"content-type"}}};
        Findings findings;
        find_header_in_failure(findings, {header_name, "text/csv"}, boost::json::serialize(error));
        return ids_of(findings);
    };
    EXPECT_EQ(ids("Content-Type", "KeyError", "'content-type'"), kHeaderCaseMissed);
    EXPECT_EQ(ids("content-type", "KeyError", "'Content-Type'"), kHeaderCaseMissed);
    EXPECT_EQ(ids("Content-Type", "Error", "missing header content-type"), kHeaderCaseMissed);
    EXPECT_EQ(ids("Content-Type", "", "'content-type'"), kHeaderCaseMissed);
    EXPECT_EQ(ids("Content-Type", "Error", "Content-Type is missing"), "");
    EXPECT_EQ(ids("Content-Type", "Error", "unsupported content-type"), "") << "it has seen one";
    EXPECT_EQ(ids("Content-Type", "Error", "content-type text/csv has no key"), "");
    EXPECT_EQ(ids("Content-Type", "Error", "missing"), "") << "the stack trace does not count";
    EXPECT_EQ(ids("Content-Type", "KeyError", "'accept'"), "");
    EXPECT_EQ(ids("", "KeyError", "'content-type'"), "") << "there was none";
}

TEST(Mistakes, A415IsTheSpellingsWhereTheTypeIsOneThatIsTaken) {
    const auto ids = [](const http::Response& response, std::string_view type, std::string_view name = "Content-Type") {
        return ids_of(status(response, name, type));
    };
    const http::Response bare{415, {}, "send protobuf"};
    const http::Response listing{415, {{"Accept-Post", "application/json, text/csv;charset=utf-8"}}, ""};
    EXPECT_EQ(ids(bare, "application/x-protobuf"), kHeaderCaseMissed);
    EXPECT_EQ(ids(bare, "application/x-protobuf", "content-type"), kHeaderCaseMissed) << "Content-Type is looked for";
    EXPECT_EQ(ids(bare, "text/csv"), "") << "as it should";
    EXPECT_EQ(ids(bare, ""), "");
    EXPECT_EQ(ids(bare, "application/x-protobuf", ""), "") << "there was none";
    EXPECT_EQ(ids({415, {}, "No Application/X-Protobuf here"}, "application/x-protobuf"), "") << "it has seen it";
    EXPECT_EQ(ids({404, {}, ""}, "application/x-protobuf"), "");
    EXPECT_EQ(ids(listing, "text/csv"), kHeaderCaseMissed);
    EXPECT_EQ(ids(listing, "application/x-protobuf"), "");
    EXPECT_EQ(ids({415, {{"Accept", "text/csv"}}, "text/csv"}, "text/csv"), kHeaderCaseMissed);
}

TEST(Mistakes, ParametersOfATypeThatMatchesAreNotTold) {
    const http::Headers parameters = {{"Content-Type", "application/x-protobuf; proto=a.B"}};
    EXPECT_EQ(ids_of(rest_request(parameters, "a", {})), kRestTypeParameters);
    EXPECT_EQ(ids_of(rest_request(parameters, "a", BinaryMediaTypes({"application/x-protobuf; proto=a.B"}))),
              kRestTypeParameters)
        << "listed with them it matches nothing";
    EXPECT_EQ(ids_of(rest_request(parameters, "a", kProtobuf)), "");
    EXPECT_EQ(ids_of(rest_request(parameters, "a", BinaryMediaTypes({"*/*"}))), "");
    EXPECT_EQ(ids_of(rest_request(parameters, "a", BinaryMediaTypes({"application/*"}))), "");
}

TEST(Mistakes, OnlySpellingsOfOneTypeAreNearMisses) {
    const auto sent = [](const std::string& type, const BinaryMediaTypes& binary, const std::string& body) {
        return rest_request({{"Content-Type", type}}, body, binary);
    };
    EXPECT_EQ(ids_of(sent("application/protobuf", kProtobuf, "a")), kRestTypeNearMiss);
    EXPECT_EQ(ids_of(sent("application/octet-stream", kProtobuf, "a")), "");
    EXPECT_EQ(ids_of(sent("application/grpc-web+proto", kProtobuf, "a")), "");
    EXPECT_EQ(ids_of(sent("application/protobuf", BinaryMediaTypes({"application/octet-stream"}), "a")), "");
    const auto spelled = [&](const std::string& type) {
        return sent(type, kProtobuf, "\xFF").at(0).text.find("another spelling") != std::string::npos;
    };
    EXPECT_TRUE(spelled("application/protobuf"));
    EXPECT_FALSE(spelled("application/octet-stream"));
}

TEST(Mistakes, WhatFitsIsWhatTheFrontTakes) {
    for (const auto kind : {app::ApiKind::rest, app::ApiKind::http, app::ApiKind::url}) {
        EXPECT_NE(body_too_large(9, 8, kind).text.find("about 4.5 MB"), std::string::npos);
    }
    const std::string text = body_too_large(1'048'577, 1'048'576, app::ApiKind::alb).text;
    EXPECT_EQ(text.find("4.5 MB"), std::string::npos) << text;
    EXPECT_NE(text.find("about 786432 bytes of binary data fit"), std::string::npos) << text;
}

TEST(Mistakes, AMockThatBinaryTypesBreakIsToldWithItsCure) {
    app::Api api{.kind = app::ApiKind::rest, .name = "Shop", .described = app::Described::in_template};
    api.routes.push_back({.method = "GET", .path = "/x", .integration = app::MockIntegration{}});
    const Finding finding = mock_with_binary(api, api.routes[0]);
    EXPECT_EQ(finding.subject, "GET /x");
    EXPECT_EQ(finding.text,
              "binaryMediaTypes holds */*, and GET /x is answered by the gateway itself (MOCK): on AWS it answers 500. "
              "Cure: list the binary types one by one in BinaryMediaTypes of Shop, or set contentHandling: "
              "CONVERT_TO_TEXT on its integration. SAM's Cors has no place for that: such a method is written out in "
              "DefinitionBody.");
}

TEST(Mistakes, AStageThatNoKeyOpensIsToldWithItsCure) {
    app::Api api{.kind = app::ApiKind::rest, .name = "Shop", .stages = {{.name = "prod"}}};
    api.routes = {
        {.method = "GET", .path = "/open", .integration = app::MockIntegration{}},
        {.method = "GET", .path = "/x", .integration = app::MockIntegration{}, .access = {.api_key_required = true}}};
    EXPECT_EQ(closed_stage(api, "prod").text,
              "GET /x of Shop asks for an API key, and no key opens the stage prod: everybody is answered 403, as on "
              "AWS. Cure: a usage plan that has the stage and a key, which SAM makes of Auth: UsagePlan: "
              "CreateUsagePlan: PER_API.");
    api.routes.push_back(api.routes.back());
    EXPECT_NE(closed_stage(api, "prod").text.find("GET /x and 1 more of Shop ask for"), std::string::npos);
}

TEST(Mistakes, AFunctionThatAStageWouldChooseAndDoesNotIsTold) {
    app::Api api{.kind = app::ApiKind::http,
                 .name = "Shop",
                 .stages = {{.name = "told", .variables = {{"fn", "Foo"}}}, {.name = "$default"}}};
    api.routes = {
        {.method = "GET", .path = "/x", .integration = app::LambdaIntegration{.function = "${stageVariables.fn}"}}};
    const Findings findings = find_in_api(api);
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].text,
              "GET /x of Shop is for the function ${stageVariables.fn}, and the stage $default has no variable fn: its "
              "calls are answered 500. Cure: set it among the stage's variables.");
    api.described = app::Described::in_openapi;
    EXPECT_NE(find_in_api(api)[0].text.find("Cure: serve a template that sets it"), std::string::npos);
    api.stages.pop_back();
    EXPECT_TRUE(find_in_api(api).empty());
}

TEST(Mistakes, Base64TextIsToldWhereItLeaves) {
    const auto ids = [](std::string_view reply, bool is_head) {
        RestAccept accept;
        accept.is_head = is_head;
        return ids_of(render_rest_reply(reply, accept).findings);
    };
    const std::string_view bytes = R"({"statusCode":200,"isBase64Encoded":true,"body":"AA=="})";
    EXPECT_EQ(ids(bytes, false), kRestBase64Sent);
    EXPECT_EQ(ids(bytes, true), "") << "a HEAD gets no body";
    EXPECT_EQ(ids(R"({"statusCode":204,"isBase64Encoded":true,"body":"AA=="})", false), "");
    EXPECT_EQ(ids(R"({"statusCode":304,"isBase64Encoded":true,"body":"AA=="})", false), "");
    EXPECT_EQ(ids(R"({"statusCode":200,"isBase64Encoded":true,"body":""})", false), "");
}

TEST(Mistakes, JsonThatIsListedByItsNameIsMeant) {
    const auto ids = [](const std::string& entry) {
        return ids_of(rest_request({{"Content-Type", "application/json"}}, "{}", BinaryMediaTypes({entry})));
    };
    EXPECT_EQ(ids("*/*"), kRestJsonAsBase64);
    EXPECT_EQ(ids("application/*"), kRestJsonAsBase64);
    EXPECT_EQ(ids("application/json"), "");
}

TEST(Mistakes, AMapOfHeadersIsIgnoredWhereItHoldsSome) {
    const auto ids = [](std::string_view reply) { return ids_of(render_http_reply(std::string(reply)).findings); };
    EXPECT_EQ(ids(R"({"statusCode":200,"multiValueHeaders":{"a":["b"]}})"), kHttpIgnoredKey);
    EXPECT_EQ(ids(R"({"statusCode":200,"multiValueHeaders":{}})"), "") << "which some libraries always write";
    EXPECT_EQ(ids(R"({"statusCode":200,"multiValueHeaders":null})"), "");
}

TEST(Mistakes, WhatIsNoBase64IsToldAsThatWhereItIsNotDecoded) {
    const auto sent = [](std::string_view body) {
        return render_rest_reply(R"({"isBase64Encoded":true,"body":")" + std::string(body) + "\"}", {}).findings;
    };
    EXPECT_EQ(ids_of(sent("AA==")), kRestBase64Sent);
    EXPECT_EQ(ids_of(sent("AA")), kReplyBase64Variant);
    const Findings text = sent("a b!");
    EXPECT_EQ(ids_of(text), kReplyBadBase64);
    EXPECT_NE(text.at(0).text.find("where it does, AWS answers 500"), std::string::npos) << text.at(0).text;
}

TEST(Mistakes, ATypeByDefaultIsToldOnlyOfABinaryReplyThatLeaves) {
    const auto ids = [](std::string_view reply) {
        return ids_of(render_http_reply(std::string(reply)).findings) + '|' +
               ids_of(render_http1_reply(reply).findings) + '|' +
               ids_of(render_url_reply(std::string(reply), app::TransferMode::buffered).findings);
    };
    EXPECT_EQ(ids(R"({"statusCode":200,"isBase64Encoded":true,"body":"AA=="})"),
              "http-default-type|http-default-type|http-default-type");
    EXPECT_EQ(ids(R"({"statusCode":200,"isBase64Encoded":true,"body":""})"),
              "http-default-type|http-default-type|http-default-type")
        << "an empty message is one, too";
    EXPECT_EQ(ids(R"({"statusCode":200,"isBase64Encoded":true,"body":"CgNhYmM"})"),
              "reply-base64-variant|reply-base64-variant|reply-base64-variant");
    EXPECT_EQ(ids(R"({"statusCode":204,"isBase64Encoded":true,"body":""})"), "||");
    EXPECT_EQ(ids(R"({"statusCode":304,"isBase64Encoded":true,"body":""})"), "||");
}

TEST(Mistakes, OfABodyThatDoesNotLeaveNothingIsTold) {
    const auto ids = [](std::string_view reply) { return ids_of(render_http_reply(std::string(reply)).findings); };
    EXPECT_EQ(ids("{\"statusCode\":200,\"body\":\"\xFF\"}"), "reply-body-replaced");
    EXPECT_EQ(ids("{\"statusCode\":204,\"body\":\"\xFF\"}"), "");
    EXPECT_EQ(ids(R"({"statusCode":200,"body":{}})"), "http-body-not-text");
    EXPECT_EQ(ids(R"({"statusCode":204,"body":{}})"), "");
    EXPECT_EQ(ids(R"({"statusCode":200,"body":[{}],"isBase64Encoded":true})"), "reply-bad-base64");
}

TEST(Mistakes, WhatIsRightIsNotTold) {
    EXPECT_EQ(ids_of(rest_request(kProtobufType, "\xFF", kProtobuf)), "");
    EXPECT_EQ(ids_of(rest_request(kProtobufType, "", kProtobuf, "GET")), "");
    EXPECT_EQ(ids_of(rest_request({{"Content-Type", "application/json; charset=utf-8"}}, "{}", kProtobuf)), "");
    EXPECT_EQ(ids_of(http_request(kProtobufType, "\xFF")), "");
    EXPECT_EQ(ids_of(http_request({{"Content-Type", "a/b"}, {"Content-Encoding", "identity"}}, "a")), "");
    EXPECT_EQ(ids_of(failure(BodyForm::base64, "a/b", kMessage, R"({"errorMessage":"out of luck"})")), "");
    EXPECT_EQ(ids_of(failure(BodyForm::none, "text/plain", "", R"({"errorMessage":"Parse error"})")), "");
    EXPECT_EQ(ids_of(settings({"*/*"}, app::MockIntegration{200, {}, true})), "");
    EXPECT_EQ(ids_of(settings({"*/*"}, app::LambdaIntegration{})), "");
    EXPECT_EQ(ids_of(settings({"image/*", "application~1x-protobuf"}, app::MockIntegration{})), "");
    EXPECT_EQ(ids_of(settings({"*/png", "text"}, app::MockIntegration{})),
              "binary-type-never-matches binary-type-never-matches");
}

}  // namespace
}  // namespace understudy::event::mistakes_test
