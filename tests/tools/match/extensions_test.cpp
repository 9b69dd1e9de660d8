// proto2's extensions and groups in expectations, and in the paths that name them.
#include "tests/tools/scenario/shop.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/match/match.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace understudy::match::extensions_test {
namespace {

using google::protobuf::Message;
using testing::ElementsAre;
using testing::IsEmpty;

std::unique_ptr<Message> legacy(const std::string& text) {
    auto message = scenario::old()->make_message(*scenario::old()->find_method("old.Old/Keep")->input_type());
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, message.get())) << text;
    return message;
}

std::vector<std::string> compare(const std::string& expectation, const std::string& actual, const Rules& rules = {}) {
    const auto document = source::parse_document(expectation, "test.yaml").value();
    const auto message = legacy(actual);
    const auto read = read_message_expectation(document.root(), *message, rules);
    if (!read.expectation) return {"unreadable: " + to_string(read.problems.at(0))};
    std::vector<std::string> paths;
    for (const auto& difference : read.expectation->compare(*message).differences) paths.push_back(difference.path);
    return paths;
}

constexpr const char* kActual = R"(
    id: "a" [old.note]: "n" [old.numbers]: [1, 2] [old.Scoped.scoped] { secret: "s" } [old.extra] { secret: "e" }
    inner { id: "b" [old.note]: "m" } [old.more] { id: "c" level: 1 [old.note]: "o" } Line { text: "x" } Address {})";

TEST(Extensions, AndGroupsAreExpectedUnderTheirNames) {
    EXPECT_THAT(compare(R"({ id: a, "[old.note]": n, "[old.numbers]": [1, 2], "[old.Scoped.scoped]": { secret: s },
                            "[old.extra]": { secret: e }, inner: { id: b, "[old.note]": m }, address: {},
                            "[old.more]": [{ id: c, level: 1, "[old.note]": o }], line: [{ text: x }] })",
                        kActual),
                IsEmpty());
    EXPECT_THAT(compare(R"({ id: a, inner: { id: b, "[old.note]": x }, line: [{ text: y }, {}],
                            "[old.numbers]": [1, 3], "[old.more]": [{ id: c, "[old.note]": x }] })",
                        kActual),
                testing::UnorderedElementsAre("inner.[old.note]", "line[0].text", "line[1]", "[old.numbers][1]",
                                              "[old.more][0].level", "[old.more][0].[old.note]", "address",
                                              "[old.note]", "[old.Scoped.scoped]", "[old.extra]"));
}

TEST(Extensions, PathsNameThemAsDifferencesDo) {
    const std::string rest = R"("[old.extra]": { secret: e }, address: {}, line: $any)";
    const Rules ignoring{.mode = Mode::exact,
                         .unknown_fields = UnknownFields::error,
                         .ignore = {"[old.note]", "inner.[old.note]", "[old.more][*].level", "[old.more].[old.note]"}};
    EXPECT_THAT(compare("{ id: a, inner: { id: b }, '[old.more]': [{ id: c }], " + rest +
                            ", $ignore: ['[old.numbers][1]', '[old.Scoped.scoped].secret'], "
                            "'[old.numbers]': [1, 5], '[old.Scoped.scoped]': {} }",
                        kActual, ignoring),
                IsEmpty());
    for (const char* same : {"inner[old.note]", "inner.*", "*.[old.note]"}) {
        const Rules one{.mode = Mode::partial, .unknown_fields = UnknownFields::error, .ignore = {same}};
        EXPECT_THAT(compare("{ inner: { id: b, '[old.note]': x } }", kActual, one), IsEmpty()) << same;
    }
    const Rules other{.mode = Mode::partial, .unknown_fields = UnknownFields::error, .ignore = {"inner.note"}};
    EXPECT_THAT(compare("{ inner: { '[old.note]': x } }", kActual, other), ElementsAre("inner.[old.note]"));
}

TEST(Extensions, OfAMessageSetAreExpectedIgnoredAndShownAlike) {
    const auto message = scenario::old()->make_message(*scenario::old()->find_method("old.Old/Collect")->input_type());
    ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
        "bag { [old.Coin] { text: 'a' } [old.other] { text: 'b' } }", message.get()));
    const auto compared = [&](const std::string& expectation, const std::vector<std::string>& ignore) {
        const auto document = source::parse_document(expectation, "test.yaml").value();
        const Rules rules{.mode = Mode::exact, .unknown_fields = UnknownFields::error, .ignore = ignore};
        const auto read = read_message_expectation(document.root(), *message, rules);
        if (!read.expectation) return "unreadable: " + to_string(read.problems.at(0));
        std::string told;
        for (const auto& difference : read.expectation->compare(*message).differences)
            told += difference.where.message() + '\n';
        return told;
    };
    for (const char* name : {"[old.Coin.coin]", "[old.Coin]"}) {
        const std::string bag = std::string("{ bag: { '") + name + "': { text: a }, '[old.other]': { text: ";
        EXPECT_EQ(compared(bag + "b } } }", {}), "");
        EXPECT_EQ(compared(bag + "c } } }", {}), "bag.[old.other].text: expected \"c\", got \"b\"\n");
        EXPECT_EQ(compared(bag + "c } } }", {"bag.[old.other].text"}), "");
    }
    EXPECT_EQ(convert::to_json_text(*message, convert::Defaults::hidden),
              R"({"bag":{"[old.other]":{"text":"b"},"[old.Coin.coin]":{"text":"a"}}})");
}

TEST(Extensions, PathsOfJsonNameThemAlike) {
    const auto compared = [](const Rules& rules) {
        const auto expected = to_json_expectation(R"({"inner":{"[old.note]":"a","b c":1}})", rules).value();
        std::vector<std::string> paths;
        for (const auto& difference :
             expected.compare_json(R"({"inner":{"[old.note]":"b","b c":2}})").value().differences)
            paths.push_back(difference.path);
        return paths;
    };
    EXPECT_THAT(compared({}), ElementsAre("inner.[old.note]", "inner[\"b c\"]"));
    EXPECT_THAT(compared({.ignore = {"inner.[old.note]", "inner[\"b c\"]"}}), IsEmpty());
}

TEST(Extensions, APathInBracketsIsAnElementsOrAnExtensions) {
    EXPECT_THAT(parse_path("a.[old.note][2].b"), ElementsAre(".a", ".[old.note]", "[2]", ".b"));
    EXPECT_THAT(parse_path("[old.note]"), ElementsAre(".[old.note]"));
    EXPECT_THAT(parse_path(R"(a["old.note"][*][-3])"), ElementsAre(".a", R"(["old.note"])", "[*]", "[-3]"));
    for (const char* wrong : {"a.[2]", "a.[*]", R"(a.["b"])", "a.[old.note", "a.", "a..[old.note]", "[a]b"})
        EXPECT_THAT(parse_path(wrong), IsEmpty()) << wrong;
    for (const std::string path : {"a.[old.note][2].b", ".[old.note].a", "[2].b", "a.*"}) {
        std::string steps;
        for (const auto& step : parse_path(path)) steps += step;
        EXPECT_EQ(to_path_text(steps), path.substr(path.starts_with('.') ? 1 : 0));
    }
}

TEST(Extensions, AndGroupsAreWrittenWhereAnExpectationIsUpdated) {
    const std::string text = "id: a\n'[old.note]': x\ninner: { id: b }\n";
    const auto document = source::parse_document(text, "test.yaml").value();
    const auto message = legacy(R"(id: "a" [old.note]: "n" inner { id: "b" [old.numbers]: 7 } Line { count: 5 })");
    const auto read = read_message_expectation(document.root(), *message, {});
    ASSERT_TRUE(read.expectation);
    const auto updated =
        source::apply_edits(document.text(), read.expectation->update(*message, document.root()).edits).value();
    EXPECT_EQ(updated, "id: a\n'[old.note]': n\ninner: { id: b, \"[old.numbers]\": [7] }\nline:\n  - count: 5\n");
    EXPECT_THAT(compare(updated, message->ShortDebugString()), IsEmpty());
}

}  // namespace
}  // namespace understudy::match::extensions_test
