// Tables of what is written, what came, and what is written then.
#include "tests/tools/scenario/shop.hpp"
#include "tools/match/match.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::match::update_test {
namespace {

struct Row {
    const char* before;
    const char* actual;  ///< JSON, or protobuf text.
    const char* after;
    Mode mode = Mode::exact;
};

/// All of the text is the expectation's, or what is at its key `response`.
source::Node find_place(const source::Document& document) {
    const auto response = document.root().find("response");
    return response ? *response : document.root();
}

std::string updated(const Row& row, const std::vector<source::TextEdit>& edits, const source::Document& document) {
    const auto text = source::apply_edits(document.text(), edits);
    if (!text) return to_string(text.error());
    EXPECT_TRUE(source::parse_document(*text, "after.yaml")) << *text;
    EXPECT_TRUE(edits.empty() == (std::string_view(row.before) == row.after));
    return *text;
}

void expect_json(const Row& row, const char* file = "scenario.yaml") {
    SCOPED_TRACE(row.before);
    const auto document = source::parse_document(row.before, file);
    ASSERT_TRUE(document) << to_string(document.error());
    const auto place = find_place(*document);
    const auto read = read_json_expectation(place, {.mode = row.mode, .ignore = {}});
    ASSERT_TRUE(read.expectation) << to_string(read.problems.front());
    const auto after = updated(row, read.expectation->update_json(row.actual, place), *document);
    EXPECT_EQ(after, row.after);
    // What was written is met.
    const auto again = source::parse_document(after, file);
    ASSERT_TRUE(again);
    const auto reread = read_json_expectation(find_place(*again), {.mode = row.mode, .ignore = {}});
    ASSERT_TRUE(reread.expectation) << to_string(reread.problems.front());
    EXPECT_TRUE(reread.expectation->compare_json(row.actual)->equal()) << after;
}

void expect_message(const Row& row) {
    SCOPED_TRACE(row.before);
    const auto message = scenario::shop_message("Everything", row.actual);
    const auto document = source::parse_document(row.before, "scenario.yaml");
    ASSERT_TRUE(document) << to_string(document.error());
    const auto place = find_place(*document);
    const auto read = read_message_expectation(place, *message, {.mode = row.mode, .ignore = {}});
    ASSERT_TRUE(read.expectation) << to_string(read.problems.front());
    const auto after = updated(row, read.expectation->update(*message, place).edits, *document);
    EXPECT_EQ(after, row.after);
    const auto again = source::parse_document(after, "scenario.yaml");
    ASSERT_TRUE(again);
    const auto reread = read_message_expectation(find_place(*again), *message, {.mode = row.mode, .ignore = {}});
    ASSERT_TRUE(reread.expectation) << to_string(reread.problems.front());
    EXPECT_TRUE(reread.expectation->compare(*message).equal()) << after;
}

TEST(Update, WhatIsMetStaysAsItIsWritten) {
    for (const Row& row : std::vector<Row>{
             {"response: {a: 1.0,   b: 'x' } # why\n", R"({"a":1,"b":"x"})", "response: {a: 1.0,   b: 'x' } # why\n"},
             {"response: { id: { $regex: ^a }, n: $any }\n", R"({"id":"abc"})",
              "response: { id: { $regex: ^a }, n: $any }\n"},
         })
        expect_json(row);
}

TEST(Update, ScalarsKeepTheirStyle) {
    for (const Row& row : std::vector<Row>{
             {"response: { a: 1 }  # one\n", R"({"a":2})", "response: { a: 2 }  # one\n"},
             {"response: { a: \"x\" }\n", R"({"a":"y"})", "response: { a: \"y\" }\n"},
             {"response: { a: 'x' }\n", R"({"a":"it's"})", "response: { a: 'it''s' }\n"},
             {"response: { a: x }\n", R"({"a":"true"})", "response: { a: \"true\" }\n"},
             {"response: { a: x }\n", R"({"a":"a, b"})", "response: { a: \"a, b\" }\n"},
             {"response: { a: x }\n", R"({"a":true})", "response: { a: true }\n"},
             {"response: { a: x }\n", R"({"a":null})", "response: { a: null }\n"},

             {"response:\n  a: |\n    one\n    two\n  b: 1\n", R"({"a":"one\nthree\n","b":1})",
              "response:\n  a: |\n    one\n    three\n  b: 1\n"},
             {"response:\n  a: |\n    one\n  b: 1\n", R"({"a":"two","b":1})", "response:\n  a: |-\n    two\n  b: 1\n"},
             {"response:\n  a: x\n", R"({"a":"one\ntwo"})", "response:\n  a: |-\n    one\n    two\n"},
             {"response: { a: x }\n", R"({"a":"one\ntwo"})", "response: { a: \"one\\ntwo\" }\n"},
         })
        expect_json(row);
}

TEST(Update, WhatWouldBeAVariableIsEscaped) {
    const auto document = source::parse_document("a: x\n", "scenario.yaml");
    const auto read = read_json_expectation(document->root(), {.ignore = {}});
    const auto edits = read.expectation->update_json(R"({"a":"${b} $c"})", document->root());
    EXPECT_EQ(*source::apply_edits(document->text(), edits), "a: \"$${b} $c\"\n");
}

TEST(Update, BlocksKeepTheirCommentsAndIndentation) {
    for (const Row& row : std::vector<Row>{
             {"response:\n    # the first\n    a: 1  # one\n    b: 2\n", R"({"a":1,"b":3})",
              "response:\n    # the first\n    a: 1  # one\n    b: 3\n"},
             {"response:\n  a: 1  # one\nother: 1\n", R"({"a":1,"b":{"c":[1,2],"d":{}}})",
              "response:\n  a: 1  # one\n  b:\n    c:\n      - 1\n      - 2\n    d: {}\nother: 1\n"},
             {"response:\n  a: 1\n  # two\n  b: 2  # zwei\n  c: 3\n", R"({"a":1,"c":4})",
              "response:\n  a: 1\n  c: 4\n"},
             {"response:\n  a: 1\n  b: 2\n", R"({"b":2})", "response:\n  b: 2\n"},
             {"response:\n  a: 1\n  b: 2\n", R"({"a":1})", "response:\n  a: 1\n"},
             {"response:\n  a: 1\n", R"({})", "response:\n  {}\n"},
             {"response:\n  - a: 1\n    b: 2  # two\n  - a: 3\n", R"([{"a":1,"b":5},{"a":3},{"a":6,"c":[]}])",
              "response:\n  - a: 1\n    b: 5  # two\n  - a: 3\n  - a: 6\n    c: []\n"},
             {"response:\n- 1\n- 2\n- 3 # three\n", R"([1])", "response:\n- 1\n"},
             {"response:\n- 1\n- 2", R"([1,2,3])", "response:\n- 1\n- 2\n- 3"},
         })
        expect_json(row);
}

TEST(Update, AValueOfSeveralLinesLeavesTheCommentBesideIt) {
    for (
        const Row& row : std::vector<Row>{
            {"response:\n  s: old   # why\n", R"({"s":"a\nb\n"})", "response:\n  s: |   # why\n    a\n    b\n"},
            {"response:\n  - p # why\n  - q\n", R"(["a\nb","q"])", "response:\n  - |- # why\n    a\n    b\n  - q\n"},
            {"response:\n  s: |  # why\n    old\n", R"({"s":"a\n"})", "response:\n  s: |  # why\n    a\n"},
            {"response:\n  s: |  # why\n    old\n", R"({"s":1})", "response:\n  s: 1  # why\n"},
            {"response:\n  s:  # why\n", R"({"s":"a\nb"})", "response:\n  s: |-  # why\n    a\n    b\n"},
            {"response:\n  s: x # why\n",
             R"({"s":["text that is rather long, as in replies","one more that is rather long, as some texts are",3]})",
             "response:\n  s: # why\n    - \"text that is rather long, as in replies\"\n    - \"one more that is "
             "rather long, as some texts are\"\n    - 3\n"},
            {"response:\n  s:\n    a: 1 # one\n  t: 1\n", R"({"s":"a\nb\n","t":1})",
             "response:\n  s:\n    |\n    a\n    b\n  t: 1\n"},
            {"{ response:\n    old # why\n}\n", R"("a\nb")", "{ response:\n    \"a\\nb\" # why\n}\n"},
        })
        expect_json(row);
}

TEST(Update, TheLastLineOfAFileMayBeOneOfATextOfLines) {
    for (const Row& row : std::vector<Row>{
             {"response:\n  s: old", R"({"s":"a\nb\n"})", "response:\n  s: |\n    a\n    b\n"},
             {"response:\n  s: old # why", R"({"s":"a\nb\n"})", "response:\n  s: | # why\n    a\n    b\n"},
             {"response:\n  a: 1", R"({"a":1,"s":"b\n"})", "response:\n  a: 1\n  s: |\n    b\n"},
             {"response:\n  a:\n    b: 1", R"({"a":"b\nc\n"})", "response:\n  a:\n    |\n    b\n    c\n"},
         })
        expect_json(row);
}

TEST(Update, EachCommentStaysWithWhatItIsAbout) {
    for (const Row& row : std::vector<Row>{
             {"response:\n  b: 3\n  # the first letter\n  a: 1\n", R"({"a":1})",
              "response:\n  # the first letter\n  a: 1\n"},
             {"response:\n  # of both\n  b: 3\n  a: 1\n", R"({"a":1})", "response:\n  # of both\n  a: 1\n"},
             {"response:\n  # b\n  b: 3 # three\n  # a\n  a: 1\n", R"({"a":1})", "response:\n  # a\n  a: 1\n"},
             {"response:\n  - b: 3\n    # the first letter\n    a: 1\n", R"([{"a":1}])",
              "response:\n  -\n    # the first letter\n    a: 1\n"},
             {"response:\n  # one\n  - 1\n  # two\n  - 2\n  # three\n  - 3\n", "[1,3]",
              "response:\n  # one\n  - 1\n  # three\n  - 3\n"},
             {"response:\n  # one\n  - 1\n  # two\n  - 2\n", "[2]", "response:\n  # two\n  - 2\n"},
             {"response:\n  # one\n  - 1\n  # two\n  - 2\n", "[0,1,2,3]",
              "response:\n  - 0\n  # one\n  - 1\n  # two\n  - 2\n  - 3\n"},
             {"response: [\n  1, # one\n  2, # two\n  3  # three\n]\n", "[1,3]",
              "response: [\n  1, # one\n  3  # three\n]\n"},
             {"response: [\n  1, # one\n  2, # two\n  3  # three\n]\n", "[1,2]",
              "response: [\n  1, # one\n  2 # two\n]\n"},
             {"response: [\n  1, # one\n  2]\n", "[1]", "response: [\n  1 # one\n  ]\n"},
             {"response: [\n  1, # one\n  2, 3]\n", "[1,3]", "response: [\n  1, # one\n  3]\n"},
             {"response: {\n  # a\n  a: 1, # one\n  # b\n  b: 2 }\n", R"({"b":2})", "response: {\n  # b\n  b: 2 }\n"},
         })
        expect_json(row);
}

TEST(Update, ItemsAreKnownAgainWhereOthersComeOrGo) {
    for (const Row& row : std::vector<Row>{
             {"response:\n  - { id: 1, n: $any }\n  - { id: 2, n: $any }\n", R"([{"id":2,"n":7},{"id":3,"n":8}])",
              "response:\n  - { id: 2, n: $any }\n  - id: 3\n    n: 8\n"},
             {"response:\n  - { id: 1, n: 1 } # one\n  - { id: 2, n: 2 } # two\n", R"([{"id":2,"n":3}])",
              "response:\n  - { id: 2, n: 3 } # two\n"},
             {"response: [1, 2, 3]\n", "[3,4]", "response: [3, 4]\n"},
             {"response: [b, c]\n", R"(["a","b","b2","c"])", "response: [a, b, b2, c]\n"},
             {"response: [x, {}]\n", R"([["y"],"z",{}])", "response: [[y], z, {}]\n"},
             {"response: { $ignore: ['l[1].t'], l: [{ t: 1 }, { t: 2 }] }\n", R"({"l":[{"t":0},{"t":1},{"t":3}]})",
              "response: { $ignore: ['l[1].t'], l: [{ t: 0 }, { t: 2 }, { t: 3 }] }\n"},
         })
        expect_json(row);
}

TEST(Update, AListAtTheColumnOfItsKeyGivesWayToWhatStandsDeeper) {
    for (const Row& row : std::vector<Row>{
             {"response:\n- 1 # one\n", R"({"a":1})", "response:\n  a: 1\n"},
             {"response:\n- 1\n", R"("x")", "response:\n  x\n"},
             {"response:\n  a:\n  # one\n  - 1\n  b: 2\n", R"({"a":"x\ny\n","b":2})",
              "response:\n  a:\n  # one\n    |\n    x\n    y\n  b: 2\n"},
             {"response:\n  a: !!seq\n  - 1\n  b: 2\n", R"({"a":{"c":1},"b":2})",
              "response:\n  a:\n    c: 1\n  b: 2\n"},
             {"response:\n  a: &x # why\n    - 1\n", R"({"a":{"c":1}})", "response:\n  a: # why\n    c: 1\n"},
             {"response:\n- - 1\n", R"([{"a":1}])", "response:\n- a: 1\n"},
         })
        expect_json(row);
}

TEST(Update, LinesThatBelongToATextStayIts) {
    for (const Row& row : std::vector<Row>{
             {"response:\n  s: |+\n    a\n\nother: 1\n", R"({"s":"a\n\n","t":1})",
              "response:\n  s: |+\n    a\n\n  t: 1\nother: 1\n"},
             {"response:\n  s: |+\n    a\n\n  t: 1\n  u: 2\n", R"({"s":"a\n\n","u":2})",
              "response:\n  s: |+\n    a\n\n  u: 2\n"},
             {"response:\n  s: |\n    a\n     \n  t: 1\n", R"({"s":"b\n","t":1})",
              "response:\n  s: |\n    b\n  t: 1\n"},
         })
        expect_json(row);
}

TEST(Update, FlowStaysFlow) {
    for (const Row& row : std::vector<Row>{
             {"response: { a: 1, b: 2 }\n", R"({"a":1,"b":2,"c":{"d":["x"]}})",
              "response: { a: 1, b: 2, c: { d: [x] } }\n"},
             {"response: { a: 1, b: 2, c: 3 }\n", R"({"a":1,"c":3})", "response: { a: 1, c: 3 }\n"},
             {"response: { a: 1, b: 2, c: 3 }\n", R"({"c":3,"d":4})", "response: { c: 3, d: 4 }\n"},
             {"response: {}\n", R"({"a":1})", "response: { a: 1 }\n"},
             {"response: { a: 1 }\n", R"({"b":1})", "response: { b: 1 }\n"},
             {"response: { a: 1, b: 2 }\n", R"({"a":1,"c":3,"d":4})", "response: { a: 1, c: 3, d: 4 }\n"},
             {"response: [ 1, 2, ]\n", "[1]", "response: [ 1, ]\n"},
             {"response: { a: 1, b: 2, }\n", R"({"a":1,"c":3})", "response: { a: 1, c: 3, }\n"},
             {"response: { a: 1, b }\n", R"({"a":1,"b":2})", "response: { a: 1, b: 2 }\n"},
             {"response: { a: , b: 1 }\n", R"({"a":2,"b":1})", "response: { a: 2 , b: 1 }\n"},
             {"response: [ a: 1 ]\n", R"([{"a":1,"b":2}])", "response: [ { a: 1, b: 2 }]\n"},
             {"response: [1, 2]\n", R"([1,3,4])", "response: [1, 3, 4]\n"},
             {"response: [1,\n  2]\n", R"([1])", "response: [1]\n"},
             {"response: {\n  a: 1, # one\n  b: x }\n", R"({"a":1,"b":"1\n2"})",
              "response: {\n  a: 1, # one\n  b: \"1\\n2\" }\n"},
         })
        expect_json(row);
}

TEST(Update, AMatcherThatIsNotMetGivesWayToTheValue) {
    for (const Row& row : std::vector<Row>{
             {"response: { id: { $regex: ^a }, n: { $between: [1, 2] } }\n", R"({"id":"abc","n":3})",
              "response: { id: { $regex: ^a }, n: 3 }\n"},
             {"response: { a: $absent, b: $present }\n", R"({"a":1})", "response: { a: 1 }\n"},
             {"response: { a: { $unordered: [1, 2] } }\n", R"({"a":[3,4]})", "response: { a: [3, 4] }\n"},
             {"response: { $partial: { a: 1, b: $any } }\n", R"({"a":2,"b":1,"c":3})",
              "response: { $partial: { a: 2, b: $any } }\n"},
             {"response: { a: { $equals: 1 } }\n", R"({"a":2})", "response: { a: 2 }\n"},
             {"response: { $ignore: [b], a: 1 }\n", R"({"a":2,"b":3})", "response: { $ignore: [b], a: 2 }\n"},
             {"response:\n  a:\n    $len: 2\n  b: 1\n", R"({"a":[1],"b":1})", "response:\n  a:\n    - 1\n  b: 1\n"},
             {"response: { a: 1, b: 2 }\n", R"({"a":1,"c":3})", "response: { a: 1, b: $absent }\n", Mode::partial},
         })
        expect_json(row);
}

TEST(Update, WritesWhatWasYetToBeWritten) {
    for (
        const Row& row : std::vector<Row>{
            {"response: $update\n", R"({"a":1})", "response: { a: 1 }\n"},
            {"expect:\n  status: 200\nresponse: $update\n",
             R"({"a":"one text that is rather long, as texts in replies are","b":"another that is as long as the first was"})",
             "expect:\n  status: 200\nresponse:\n  a: \"one text that is rather long, as texts in replies are\"\n  b: "
             "another that is as long as the first was\n"},
            {"response: { a: $update, b: { $update: true } }\n", R"({"a":1,"b":2})", "response: { a: 1, b: 2 }\n"},
        })
        expect_json(row);
}

TEST(Update, WhatAliasesAndMergeKeysBringIsWrittenOut) {
    for (const Row& row : std::vector<Row>{
             {"base: &base { a: 1 }\nresponse: { x: *base, y: 2 }\n", R"({"x":{"a":2},"y":2})",
              "base: &base { a: 1 }\nresponse: { x: { a: 2 }, y: 2 }\n"},
             {"base: &base { a: 1 }\nresponse: { <<: *base, y: 2 }\n", R"({"a":2,"y":2})",
              "base: &base { a: 1 }\nresponse: { a: 2, y: 2 }\n"},
         })
        expect_json(row);
}

TEST(Update, JsonStaysJson) {
    expect_json({R"({"response": {"a": "x", "b": [1]}})", R"({"a":"y","b":[1,{"c":"z"}],"d":null})",
                 R"({"response": {"a": "y", "b": [1, {"c": "z"}], "d": null}})"},
                "scenario.json");
}

TEST(Update, KeysThatLookLikeMatchersAreEscaped) {
    expect_json({"response: { a: 1 }\n", R"({"a":1,"$any":2,"@b":3,"7":4})",
                 "response: { a: 1, \"$$any\": 2, \"@b\": 3, \"7\": 4 }\n"});
    expect_json({"response: { $$$x: 1, $$x: 1 }\n", R"({"$$x":2,"$x":3})", "response: { $$$x: 2, $$x: 3 }\n"});
}

TEST(Update, MessagesAreWrittenInProtobufsJsonMapping) {
    for (const Row& row : std::vector<Row>{
             {"response: { int32: 1, text: a }\n", R"(int32: 2 text: "b")", "response: { int32: 2, text: b }\n"},
             {"response: { flag: true }\n", "", "response: { flag: false }\n"},
             {"response: { maybe: 1 }\n", "", "response: {}\n"},
             {"response: { maybe: 1, text: a }\n", R"(text: "a")", "response: { text: a }\n"},
             {"response: {}\n", R"(int64: 9007199254740993 bytes: "\001\377" size: LARGE maybe: 0)",
              "response: { int64: 9007199254740993, bytes: \"hex:01ff\", size: LARGE, maybe: 0 }\n"},
             {"response: { time: '2026-01-05T10:00:00Z', duration: 60s }\n",
              "time { seconds: 1 nanos: 500000000 } duration { seconds: 2 }",
              "response: { time: '1970-01-01T00:00:01.500Z', duration: 2s }\n"},
             {"response:\n  counts: { a: 1 }\n  shelf: { 1: { name: x } }\n",
              R"(counts { key: "a" value: 2 } counts { key: "b" value: 0 } shelf { key: 1 value { name: "y" } })",
              "response:\n  counts: { a: 2, b: 0 }\n  shelf: { 1: { name: y } }\n"},
             {"response: { items: [{ name: a, size: SMALL }, { name: b }] }\n",
              R"(items { name: "a" size: LARGE } items { name: "b" } items { })",
              "response: { items: [{ name: a, size: LARGE }, { name: b }, {}] }\n"},
             {"response: { wrapped: a, structure: { x: 1 } }\n",
              R"(wrapped { value: "" } structure { fields { key: "x" value { bool_value: true } } })",
              "response: { wrapped: \"\", structure: { x: true } }\n"},
             {"response: { any: { \"@type\": x/shop.Item, name: a } }\n",
              R"(any { [type.googleapis.com/shop.Item] { name: "b" } })",
              "response: { any: { \"@type\": x/shop.Item, name: b } }\n"},
             {"response: { left: a }\n", "right: 3", "response: { right: 3 }\n"},
             {"response: { flag: true, text: a }\n", R"(flag: true text: "b" right: 3)",
              "response: { flag: true, text: b }\n", Mode::partial},
         })
        expect_message(row);
}

TEST(Update, WhatTheJsonMappingHasNoFormForCannotBeWritten) {
    const std::pair<const char*, const char*> table[] = {
        {"times { seconds: 5 } times { seconds: 253402300800 }", "times[1]"},
        {"pauses { key: 7 value { seconds: 315576000001 } }", "pauses[7]"},
        {"value { number_value: nan }", "value"},
        {"structure { fields { key: 'a' value { number_value: -inf } } }", "structure[\"a\"]"},
        {"number: nan", ""},
        {"any { type_url: 't/shop.Item' value: 'a' }", "any.value (not in the schema)"},
    };
    const auto document = source::parse_document("$update", "test.yaml").value();
    for (const auto& [text, path] : table) {
        const auto message = scenario::shop_message("Kinds", text);
        const auto read = read_message_expectation(document.root(), *message, Rules());
        ASSERT_TRUE(read.expectation);
        EXPECT_EQ(read.expectation->update(*message, document.root()).unsayable.value_or(""), path) << text;
    }
}

}  // namespace
}  // namespace understudy::match::update_test
