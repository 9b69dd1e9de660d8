#include "emulator/gateway/access/schema_syntax.hpp"

#include <gtest/gtest.h>

#include <string>

namespace understudy::access::schema_syntax_test {
namespace {

std::string fault_of(const std::string& schema) {
    const auto read = parse_json(schema);
    EXPECT_TRUE(read) << schema;
    return read ? find_syntax_fault(*read) : "";
}

TEST(SchemaSyntax, TellsWhatNoKeywordTakes) {
    const struct {
        const char *schema, *words;
    } rows[] = {
        {R"({"minimum":"5"})", R"(its minimum takes a number: "5")"},
        {R"({"maximum":null})", "its maximum takes a number: null"},
        {R"({"exclusiveMinimum":5,"minimum":5})", "its exclusiveMinimum takes true or false: 5"},
        {R"({"exclusiveMaximum":true,"minimum":5})", "its exclusiveMaximum stands without the bound"},
        {R"({"multipleOf":0})", "its multipleOf takes a number above 0: 0"},
        {R"({"multipleOf":-0.5})", "its multipleOf takes a number above 0: -0.5"},
        {R"({"minLength":1.0})", "its minLength takes a whole number from 0 to 2147483647: 1.0"},
        {R"({"maxItems":-1})", "its maxItems takes a whole number from 0 to 2147483647: -1"},
        {R"({"maxProperties":2147483648})", "its maxProperties takes a whole number from 0 to 2147483647: 2147483648"},
        {R"({"uniqueItems":"true"})", R"(its uniqueItems takes true or false: "true")"},
        {R"({"required":true})", "its required takes a list of names, one at least: true"},
        {R"({"required":[]})", "its required takes a list of names, one at least: []"},
        {R"({"required":[1]})", "its required takes a list of names, one at least: [1]"},
        {R"({"enum":{"a":1}})", R"(its enum takes a list of values, none of them twice: {"a":1})"},
        {R"({"enum":[1,1.0]})", "its enum takes a list of values, none of them twice: [1,1.0]"},
        {R"({"type":7})", "its type takes the name of a type, or a list of them: 7"},
        {R"({"type":["null","int"]})", "its type is none of draft 4: int"},
        {R"({"properties":[]})", "its properties takes a map to schemas: []"},
        {R"({"properties":{"a":true}})", R"(its properties takes a map to schemas: {"a":true})"},
        {R"({"definitions":{"a":1}})", R"(its definitions takes a map to schemas: {"a":1})"},
        {R"({"items":true})", "its items takes a schema, or a list of them, one at least: true"},
        {R"({"additionalProperties":"no"})", R"(its additionalProperties takes a schema, or true or false: "no")"},
        {R"({"allOf":{}})", "its allOf takes a list of schemas, one at least: {}"},
        {R"({"oneOf":[]})", "its oneOf takes a list of schemas, one at least: []"},
        {R"({"anyOf":[1]})", "its anyOf takes a list of schemas, one at least: [1]"},
        {R"({"not":[{}]})", "its not takes a schema: [{}]"},
        {R"({"dependencies":{"a":"b"}})", R"(its dependencies takes a map to schemas or lists of names: {"a":"b"})"},
        {R"({"dependencies":{"a":[]}})", R"(its dependencies takes a map to schemas or lists of names: {"a":[]})"},
        {R"({"pattern":1})", "its pattern takes a text: 1"},
        {R"({"pattern":"a++"})", "its pattern is no expression of ECMA 262: a++"},
        {R"({"patternProperties":{"(":{}}})", "its pattern is no expression of ECMA 262: ("},
        {R"({"format":1})", "its format takes a text: 1"},
        {R"({"title":["a text that is longer than what a line of the log should show of it"]})",
         R"(its title takes a text: ["a text that is longer than what a line of the log should s...)"},
        {R"({"title":["a text of which the line would end within a character 123ä"]})",
         R"(its title takes a text: ["a text of which the line would end within a character 123...)"},
    };
    for (const auto& row : rows) EXPECT_EQ(fault_of(row.schema), row.words) << row.schema;
}

TEST(SchemaSyntax, TakesWhatDraft4Does) {
    for (const char* schema : {
             "{}",
             R"({"minimum":-1.5,"exclusiveMinimum":false,"maximum":1e400,"exclusiveMaximum":true})",
             R"({"multipleOf":0.01,"minLength":0,"maxLength":2147483647,"uniqueItems":false,"enum":[]})",
             R"({"type":"null","required":["a"],"dependencies":{"a":["b"],"c":{}},"items":{},"additionalItems":{}})",
             R"({"type":["null"],"items":[{}],"additionalProperties":true,"allOf":[{}],"not":{},"default":1,"id":1})",
             R"x({"const":[],"if":true,"examples":{},"nullable":"yes","pattern":"(?=a)","format":"date"})x",
         }) {
        EXPECT_EQ(fault_of(schema), "") << schema;
    }
}

}  // namespace
}  // namespace understudy::access::schema_syntax_test
