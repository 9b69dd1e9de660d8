#include "emulator/gateway/access/request_validation.hpp"

#include <gtest/gtest.h>

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
    EXPECT_EQ(models.problem("NoJson"), "it is no JSON");
    EXPECT_EQ(models.problem("BadPattern"), "its pattern cannot be read: (");
    EXPECT_EQ(models.problem("BadReference"), "there is no https://apigateway.amazonaws.com/restapis/abc/models/None");
    EXPECT_EQ(models.problem("BadType"), "its type is none of draft 4: int");
    EXPECT_EQ(models.problem("Circle"), "there is no #");
    EXPECT_EQ(models.problem("Spiral"), "it leads to itself");
    EXPECT_EQ(models.problem("Tree"), "");
    EXPECT_EQ(models.problem("BadName"), "its pattern cannot be read: (?i)a");
    EXPECT_NE(models.problem("BadRequired"), "") << "the library's words";
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
