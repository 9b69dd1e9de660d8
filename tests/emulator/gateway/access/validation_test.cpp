#include "emulator/gateway/access/request_validation.hpp"
#include "tests/emulator/gateway/access/definition_chain.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace understudy::access::validation_test {
namespace {

TEST(RequestValidation, NamesWhatIsMissingInTheRecordedOrder) {
    app::RequestValidation validation;
    validation.parameters = true;
    validation.required = {"method.request.querystring.qs1", "method.request.path.issuer",
                           "method.request.header.x-header-param"};
    http::Request request{.method = "GET", .target = "/", .headers = {}, .body = {}};
    event::Place place;
    const auto missing = [&] { return render_missing(missing_parameters(validation, request, place)); };
    EXPECT_EQ(missing(), "Missing required request parameters: [x-header-param, issuer, qs1]");
    place.path_parameters = {{"issuer", " "}};
    place.query = "QS1=1&qs1=";
    request.headers.add("X-Header-Param", " ");
    EXPECT_EQ(missing(), "Missing required request parameters: [x-header-param, issuer, qs1]") << "blank is missing";
    place.path_parameters = {{"issuer", "me"}};
    place.query = "qs1=1";
    EXPECT_EQ(missing(), "Missing required request parameters: [x-header-param]");
    request.headers.add("x-header-param", "v");
    EXPECT_TRUE(missing_parameters(validation, request, place).empty());
    validation.parameters = false;
    place.query = "";
    EXPECT_TRUE(missing_parameters(validation, request, place).empty()) << "not asked for";
}

TEST(RequestValidation, TheModelIsChosenByContentType) {
    app::RequestValidation validation;
    validation.models = {{"application/json", "Json"}, {"application/vnd.api+json; charset=utf-8", "Vendor"}};
    const struct {
        std::optional<std::string_view> type;
        std::optional<std::string> model;
    } rows[] = {
        {std::nullopt, "Json"},
        {"application/json", "Json"},
        {"Application/JSON; charset=utf-8", "Json"},
        {"application/vnd.api+json", "Vendor"},
        {"application/x-protobuf", std::nullopt},
        {"", std::nullopt},
    };
    for (const auto& row : rows) {
        http::Headers headers;
        if (row.type) headers.add("Content-Type", *row.type);
        EXPECT_EQ(choose_model(validation, headers), row.model) << row.type.value_or("none");
    }
}

const std::map<std::string, std::string>& schemas() {
    static const std::map<std::string, std::string> texts = {
        {"Pet", R"({"$schema":"http://json-schema.org/draft-04/schema#","title":"Pet","type":"object",
            "required":["name"],"additionalProperties":false,
            "properties":{"name":{"type":"string","minLength":1,"pattern":"^[a-z]+$"},
                          "age":{"type":"integer","minimum":0,"exclusiveMinimum":true},
                          "born":{"type":"string","format":"date-time"},
                          "pattern":{"type":"string","enum":["a","b"]},
                          "tags":{"type":"array","items":{"$ref":"#/definitions/tag"},"uniqueItems":true}},
            "definitions":{"tag":{"type":"string","maxLength":3}}})"},
        {"Pets", R"({"type":"array","items":{"$ref":"https://apigateway.amazonaws.com/restapis/abc/models/Pet"}})"},
        {"Any", "{}"},
        {"Choice", R"({"oneOf":[{"type":"string"},{"type":"number"}],"not":{"enum":[3]}})"},
        {"NoJson", "{"},
        {"BadPattern", R"({"properties":{"a":{"pattern":"("}}})"},
        {"BadType", R"({"properties":{"a":{"type":["null","int"]}}})"},
        {"Circle", R"({"$ref":"#"})"},
        {"Spiral", R"({"properties":{"a":{"allOf":[{},{"not":{"$ref":"#/properties/a"}}]}}})"},
        {"Tree", R"({"type":"object","additionalProperties":{"allOf":[{"$ref":"#"}]}})"},
        {"BadName", R"({"patternProperties":{"(?i)a":{}}})"},
        {"BadRequired", R"({"required":true})"},
        {"BadMinimum", R"({"properties":{"a":{"minimum":"5"}}})"},
        {"Later", R"({"const":1,"if":{"type":"null"},"propertyNames":{"type":"null"}})"},
        {"BadReference", R"({"$ref":"https://apigateway.amazonaws.com/restapis/abc/models/None"})"},
    };
    return texts;
}

TEST(Models, AcceptAndRefuse) {
    const Models models(schemas());
    const struct {
        std::string model, body;
        bool accepted;
    } rows[] = {
        {"Pet", R"({"name":"rex"})", true},
        {"Pet", R"({"name":"rex","age":3,"born":"2026-01-31T12:00:00Z","pattern":"a","tags":["x","y"]})", true},
        {"Pet", "", false},
        {"Any", "", true},
        {"Pet", "{}", false},
        {"Pet", "not JSON", false},
        {"Any", "not JSON", false},
        {"Pet", R"({"name":""})", false},
        {"Pet", R"({"name":"Rex"})", false},
        {"Pet", R"({"name":7})", false},
        {"Pet", R"({"name":"rex","age":0})", false},
        {"Pet", R"({"name":"rex","age":1.5})", false},
        {"Pet", R"({"name":"rex","born":"yesterday"})", false},
        {"Pet", R"({"name":"rex","pattern":"c"})", false},
        {"Pet", R"({"name":"rex","tags":["x","x"]})", false},
        {"Pet", R"({"name":"rex","tags":["long"]})", false},
        {"Pet", R"({"name":"rex","other":1})", false},
        {"Pets", R"([{"name":"rex"}])", true},
        {"Pets", R"([{"name":"rex"},{}])", false},
        {"Choice", R"("text")", true},
        {"Choice", "4", true},
        {"Choice", "3", false},
        {"Choice", "true", false},
        {"None", "{}", false},
        {"NoJson", "{}", false},
        {"BadPattern", "{}", false},
        {"BadType", "{}", false},
        {"Circle", "{}", false},
        {"Spiral", "{}", false},
        {"Tree", R"({"a":{"b":{}}})", true},
        {"Tree", R"({"a":{"b":1}})", false},
        {"BadName", "{}", false},
        {"BadRequired", "{}", false},
        {"BadMinimum", "{}", false},
        {"Later", R"({"a":1})", true},
        {"BadReference", "{}", false},
    };
    for (const auto& row : rows) {
        const auto fault = models.find_fault(row.model, row.body);
        EXPECT_EQ(!fault, row.accepted) << row.model << ' ' << row.body << ' ' << (fault ? fault->explained : "");
    }
}

TEST(Models, SayWhatKeepsThemFromBeingUsed) {
    const Models models(schemas());
    EXPECT_EQ(models.problem("Pet"), "");
    EXPECT_EQ(models.problem("None"), "it does not exist");
    EXPECT_EQ(models.problem("NoJson"), "it is no JSON, or nests deeper than 256");
    EXPECT_EQ(models.problem("BadPattern"), "its pattern is no expression of ECMA 262: (");
    EXPECT_EQ(models.problem("BadReference"), "there is no https://apigateway.amazonaws.com/restapis/abc/models/None");
    EXPECT_EQ(models.problem("BadType"), "its type is none of draft 4: int");
    EXPECT_EQ(models.problem("Circle"), "more than 32 references stand for one another: #");
    EXPECT_EQ(models.problem("Spiral"), "it leads to itself");
    EXPECT_EQ(models.problem("Tree"), "");
    EXPECT_EQ(models.problem("BadName"), "its pattern is no expression of ECMA 262: (?i)a");
    EXPECT_EQ(models.problem("BadRequired"), "its required takes a list of names, one at least: true");
}

TEST(Models, OfAnySizeAreReadOrRefused) {
    const std::string deep(300, '[');
    const std::map<std::string, std::string> texts = {
        {"Parts", chain_definitions(20'000, [](const auto& next) { return R"({"properties":{"a":)" + next + "}}"; })},
        {"SameValue", chain_definitions(20'000, [](const auto& next) { return R"({"allOf":[)" + next + "]}"; })},
        {"References", chain_definitions(20'000, [](const auto& next) { return next; })},
        {"Deep", R"({"enum":[)" + deep + std::string(300, ']') + "]}"},
    };
    const Models models(texts);
    EXPECT_EQ(models.problem("Parts"), "");
    EXPECT_FALSE(models.find_fault("Parts", R"({"a":{"a":1}})"));
    EXPECT_EQ(models.problem("SameValue"), "more than 128 schemas lie in one another and speak of one value");
    EXPECT_EQ(models.problem("References"), "more than 32 references stand for one another: #/definitions/d0");
    EXPECT_EQ(models.problem("Deep"), "it is no JSON, or nests deeper than 256");
}

TEST(Models, RemarkOnWhatTheyDoNotCheck) {
    const std::map<std::string, std::string> texts = {
        {"It", R"x({"properties":{"a":{"pattern":"^a(?!b)"},"b":{"pattern":"^\\p{L}$"},"c":{"pattern":"^a(?!b)"},
                                 "d":{"pattern":"^(?=.*[0-9]).{8,}$"}},
                   "patternProperties":{"^x(?=y)":{"type":"null"}},"additionalProperties":false})x"}};
    const Models models(texts);
    ASSERT_EQ(models.problem("It"), "");
    const std::string beyond =
        "it has something that looks ahead, which is not emulated: it refuses nothing, where AWS checks it";
    const std::vector<std::string> remarks = {
        "the pattern ^x(?=y): " + beyond, "the pattern ^a(?!b): " + beyond,
        R"(the pattern ^\p{L}$: \p in it means the plain letter in ECMA 262, as on AWS)"};
    EXPECT_EQ(models.remarks("It"), remarks);
    EXPECT_FALSE(models.find_fault("It", R"({"a":"ab"})")) << "only this keyword passes";
    EXPECT_FALSE(models.find_fault("It", R"({"z":1})")) << "a name that nothing can be said of";
    EXPECT_TRUE(models.find_fault("It", R"({"b":"x"})"));
    EXPECT_TRUE(models.find_fault("It", R"({"d":"password"})"));
    EXPECT_FALSE(models.find_fault("It", R"({"d":"passw0rd"})"));
    EXPECT_TRUE(models.remarks("None").empty());
}

TEST(Models, HoldAgainstWhatClientsSend) {
    const std::map<std::string, std::string> texts = {
        {"Text", R"({"properties":{"a":{"pattern":"^(a+)+$"}},"patternProperties":{"^x":{"type":"string"}}})"}};
    const Models models(texts);
    EXPECT_FALSE(models.find_fault("Text", R"({"a":")" + std::string(1'000'000, 'a') + "\"}"));
    EXPECT_TRUE(models.find_fault("Text", R"({"a":")" + std::string(1'000'000, 'a') + "b\"}"));
    EXPECT_TRUE(models.find_fault("Text", R"({")" + std::string(1'000'000, 'x') + R"(":1})"));
    EXPECT_TRUE(models.find_fault("Text", std::string(100'000, '[')));
}

TEST(RequestValidation, BodiesAreCheckedOnlyWhereAModelAsks) {
    app::RequestValidation validation;
    validation.body = true;
    validation.models = {{"application/json", "Pet"}};
    const Models models(schemas());
    http::Request request{
        .method = "POST", .target = "/", .headers = {{"Content-Type", "application/json"}}, .body = {}};
    EXPECT_TRUE(find_body_fault(validation, models, request)) << "an empty body counts as {}";
    request.body = R"({"name":"rex"})";
    EXPECT_FALSE(find_body_fault(validation, models, request));
    request.headers = {{"Content-Type", "text/plain"}};
    request.body = "anything";
    EXPECT_FALSE(find_body_fault(validation, models, request));
    request.headers = {{"Content-Type", "application/json"}};
    validation.body = false;
    EXPECT_FALSE(find_body_fault(validation, models, request));
}

}  // namespace
}  // namespace understudy::access::validation_test
