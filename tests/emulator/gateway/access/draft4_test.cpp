#include "emulator/gateway/access/draft4.hpp"

#include "emulator/gateway/access/schema.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace understudy::access::draft4_test {
namespace {

TEST(Draft4, KeywordsStandByName) {
    EXPECT_TRUE(std::ranges::is_sorted(keywords(), {}, &Keyword::name));
    for (const Keyword& each : keywords()) EXPECT_EQ(find_keyword(each.name), &each);
    EXPECT_EQ(find_keyword("const"), nullptr);
    EXPECT_EQ(find_keyword(""), nullptr);
    EXPECT_EQ(find_keyword("zzz"), nullptr);
}

TEST(Draft4, TypesHaveNames) {
    for (const char* name : {"array", "boolean", "integer", "null", "number", "object", "string"}) {
        ASSERT_TRUE(parse_type_name(name)) << name;
        EXPECT_EQ(type_name(*parse_type_name(name)), name);
    }
    EXPECT_FALSE(parse_type_name("int"));
}

TEST(Draft4, SchemasInSchemasAreVisited) {
    const std::string text = R"({"allOf":[{"title":"a"}],"anyOf":[{"title":"b"}],"not":{"title":"c"},
        "dependencies":{"x":{"title":"d"},"y":["z"]},"items":[{"title":"e"}],"additionalItems":{"title":"f"},
        "properties":{"enum":{"title":"g"}},"patternProperties":{"x":{"title":"h"}},"additionalProperties":false,
        "definitions":{"x":{"title":"i"}},"oneOf":[{"title":"j"}],"enum":[{"title":"k"}],"x":{"title":"l"}})";
    const auto schema = parse_json(text);
    ASSERT_TRUE(schema);
    std::string same, parts;
    visit_subschemas(*schema, [&](const Json& each, SubschemaOf subject) {
        (subject == SubschemaOf::same_value ? same : parts) += each.text_of("title");
    });
    EXPECT_EQ(same, "abcdj");
    EXPECT_EQ(parts, "efghi");
}

}  // namespace
}  // namespace understudy::access::draft4_test
