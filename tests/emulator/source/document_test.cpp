#include "emulator/source/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

namespace understudy::source {
namespace {

using testing::ElementsAre;

Document parse(std::string_view text) {
    return parse_document(text, "a.yaml").value();
}

/// The root of a text that stays loaded until the test program ends.
Node load(std::string_view text) {
    static std::deque<Document> kept;
    return kept.emplace_back(parse(text)).root();
}

std::vector<std::string> keys(Node node) {
    std::vector<std::string> all;
    for (const auto& [key, value] : node.members()) all.emplace_back(key.text());
    return all;
}

std::vector<std::string> texts(Node node) {
    std::vector<std::string> all;
    for (const Node& item : node.items()) all.emplace_back(item.text());
    return all;
}

/// The bytes of a node.
std::string bytes(const Document& document, Node node) {
    return document.text().substr(node.range().begin, node.range().end - node.range().begin);
}

TEST(Document, HasScalarsSequencesAndMappings) {
    const Document document = parse("name: x\nlist:\n  - 1\n  - [2, 3]\nmap: {a: b}\n");
    const Node root = document.root();
    EXPECT_TRUE(root.is_mapping());
    EXPECT_THAT(keys(root), ElementsAre("name", "list", "map"));
    EXPECT_EQ(root.find("name")->text(), "x");
    EXPECT_TRUE(root.find("list")->is_sequence());
    EXPECT_EQ(root.find("list")->items().size(), 2U);
    EXPECT_THAT(texts(root.find("list")->items()[1]), ElementsAre("2", "3"));
    EXPECT_EQ(root.find("map")->find("a")->text(), "b");
    EXPECT_EQ(root.find("absent"), std::nullopt);
    EXPECT_EQ(root.find("list")->find("a"), std::nullopt);
    EXPECT_TRUE(root.items().empty());
    EXPECT_TRUE(root.find("name")->members().empty());
    EXPECT_EQ(root.text(), "");
    EXPECT_EQ(document.name(), "a.yaml");
    EXPECT_EQ(root.file(), "a.yaml");
}

TEST(Document, KeepsTheTextOfValues) {
    const Node root = load("[1.0, 9223372036854775807, 0x1F, yes, 007, 1e400, 2024-01-02T03:04:05Z]");
    EXPECT_THAT(texts(root),
                ElementsAre("1.0", "9223372036854775807", "0x1F", "yes", "007", "1e400", "2024-01-02T03:04:05Z"));
}

TEST(Document, KnowsStyles) {
    const Node root = load("- plain\n- 'single'\n- \"double\"\n- |\n  literal\n- >\n  fol\n  ded\n");
    std::vector<ScalarStyle> styles;
    for (const Node& item : root.items()) styles.push_back(item.style());
    EXPECT_THAT(styles, ElementsAre(ScalarStyle::plain, ScalarStyle::single_quoted, ScalarStyle::double_quoted,
                                    ScalarStyle::literal, ScalarStyle::folded));
    EXPECT_THAT(texts(root), ElementsAre("plain", "single", "double", "literal\n", "fol ded\n"));
    EXPECT_TRUE(root.items()[0].is_plain());
    EXPECT_FALSE(root.items()[1].is_plain());
}

TEST(Document, KnowsTags) {
    const Node root = load("- !Sub '${A}'\n- !GetAtt [a, b]\n- !!str 1\n- plain\n- !If {a: b}\n- ! x\n");
    std::vector<std::string> tags;
    for (const Node& item : root.items()) tags.emplace_back(item.tag());
    EXPECT_THAT(tags, ElementsAre("!Sub", "!GetAtt", "tag:yaml.org,2002:str", "", "!If", "!"));
    EXPECT_FALSE(root.items()[2].is_plain());
}

TEST(Document, KnowsNulls) {
    const Node root = load("[~, null, Null, NULL, '', 'null', nul, !!str null]");
    std::vector<bool> nulls;
    for (const Node& item : root.items()) nulls.push_back(item.is_null());
    EXPECT_THAT(nulls, ElementsAre(true, true, true, true, false, false, false, false));
    EXPECT_TRUE(load("a:").find("a")->is_null());
}

TEST(Document, KnowsTheBytesOfEveryNode) {
    const Document document = parse(
        "plain: some text  # comment\n"
        "single: 'it''s'\n"
        "double: \"a\\nb\"\n"
        "flow: [1, {a: b} ]  \n"
        "block:\n"
        "  - x\n"
        "  - y:  z\n"
        "\n"
        "# comment\n"
        "literal: |\n"
        "  one\n"
        "  ä\n"
        "\n"
        "tagged: !Sub text\n"
        "anchored: &anchor {c: d}\n"
        "alias: *anchor\n"
        "empty:\n"
        "last: 1\n");
    const Node root = document.root();
    const auto of = [&](std::string_view key) { return bytes(document, *root.find(key)); };
    EXPECT_EQ(of("plain"), "some text");
    EXPECT_EQ(of("single"), "'it''s'");
    EXPECT_EQ(of("double"), "\"a\\nb\"");
    EXPECT_EQ(of("flow"), "[1, {a: b} ]");
    EXPECT_EQ(of("block"), "- x\n  - y:  z");
    EXPECT_EQ(of("literal"), "|\n  one\n  ä");
    EXPECT_EQ(of("tagged"), "!Sub text");
    EXPECT_EQ(of("anchored"), "&anchor {c: d}");
    EXPECT_EQ(of("alias"), "*anchor");
    EXPECT_EQ(of("empty"), "");
    EXPECT_EQ(bytes(document, root.members()[0].key), "plain");
    EXPECT_EQ(bytes(document, root), document.text().substr(0, document.text().size() - 1));
}

TEST(Document, KnowsPositionsInCharacters) {
    const Document document = parse("\xEF\xBB\xBF# ä\r\nschlüssel: wert\r\nemoji: [😀, x]\r\n");
    const Node root = document.root();
    EXPECT_EQ(root.position(), (Position{2, 1}));
    EXPECT_EQ(root.find("schlüssel")->position(), (Position{2, 12}));
    EXPECT_EQ(root.find("emoji")->items()[0].position(), (Position{3, 9}));
    EXPECT_EQ(root.find("emoji")->items()[1].position(), (Position{3, 12}));
    EXPECT_EQ(bytes(document, *root.find("schlüssel")), "wert");
    EXPECT_EQ(root.find("emoji")->items()[0].text(), "😀");
}

TEST(Document, PositionsCountLinesAsEditorsDo) {
    // libyaml ends a line at U+0085 and U+2028, too.
    const Node root = load("a: \"x\xE2\x80\xA8y\"\nb: 1\n");
    EXPECT_EQ(root.find("b")->position(), (Position{2, 4}));
}

TEST(Document, ProblemsOfANodeUnderlineItsFirstLine) {
    const Node root = load("ä: [ö,\n 2]\nb: xyz");
    const Problem many = root.find("ä")->problem(ProblemCode::invalid, "no");
    EXPECT_EQ(many.file(), "a.yaml");
    EXPECT_EQ(many.position(), (Position{1, 4}));
    EXPECT_EQ(many.extent(), 3U);
    EXPECT_EQ(root.find("b")->problem(ProblemCode::invalid, "no").extent(), 3U);
}

TEST(Document, AliasesHaveThePlaceOfTheirOwnAndTheContentOfTheAnchor) {
    const Node root = load("a: &x [1, 2]\nb: *x\nc: &s !T text\nd: *s\n*s : key");
    const Node alias = *root.find("b");
    EXPECT_TRUE(alias.is_alias());
    EXPECT_FALSE(root.find("a")->is_alias());
    EXPECT_TRUE(alias.is_sequence());
    EXPECT_EQ(alias.position(), (Position{2, 4}));
    EXPECT_THAT(texts(alias), ElementsAre("1", "2"));
    EXPECT_EQ(alias.items()[0].position(), (Position{1, 8}));
    EXPECT_EQ(root.find("d")->text(), "text");
    EXPECT_EQ(root.find("d")->tag(), "!T");
    EXPECT_EQ(root.find("text")->text(), "key");
}

TEST(Document, AnAnchorMayBeGivenAgain) {
    EXPECT_THAT(texts(load("[&a 1, *a, &a 2, *a]")), ElementsAre("1", "1", "2", "2"));
}

TEST(Document, MergesMappingsBehindTheOwnKeys) {
    const Node root = load("base: &b {x: 1, y: 2}\nown:\n  <<: *b\n  y: 3\n  z: 4\n");
    const Node own = *root.find("own");
    EXPECT_THAT(keys(own), ElementsAre("y", "z", "x"));
    EXPECT_EQ(own.find("y")->text(), "3");
    EXPECT_EQ(own.find("x")->text(), "1");
    EXPECT_EQ(own.find("x")->position(), (Position{1, 14}));
}

TEST(Document, MergesSeveralMappingsTheFirstOfThemWins) {
    const Node root = load("- &a {x: 1}\n- &b {x: 2, y: 3}\n- <<: [*a, *b]\n- <<: {q: 1}\n");
    EXPECT_THAT(keys(root.items()[2]), ElementsAre("x", "y"));
    EXPECT_EQ(root.items()[2].find("x")->text(), "1");
    EXPECT_EQ(root.items()[3].find("q")->text(), "1");
}

TEST(Document, AQuotedMergeKeyIsAKey) {
    EXPECT_THAT(keys(load("{\"<<\": 1}")), ElementsAre("<<"));
}

TEST(Document, OfAnEmptyTextIsNull) {
    for (const std::string_view text : {"", "\n", "# only a comment\n", "---\n", "---\n...\n", "\xEF\xBB\xBF"}) {
        const Document document = parse(text);
        EXPECT_TRUE(document.root().is_null()) << text;
        EXPECT_EQ(document.root().find("a"), std::nullopt);
    }
    EXPECT_EQ(load("").position(), (Position{1, 1}));
}

TEST(Document, MayBeginWithDirectivesAndEndWithDots) {
    EXPECT_EQ(load("%YAML 1.2\n---\na: 1\n...\n").find("a")->text(), "1");
}

TEST(Document, NodesLiveAsLongAsACopyOfIt) {
    std::optional<Document> document = parse("a: 1");
    const Document copy = *document;
    const Node node = *document->root().find("a");
    document.reset();
    EXPECT_EQ(node.text(), "1");
}

TEST(DocumentOfJson, Loads) {
    const Node root =
        load("{\"a\":1,\"b\":[true,null,1.0,-1e-5,\"x\"],\n\t\"c\":{\"d\":\"\"},\"e\\u00e9\\/\":\"\\u0000\\\"\\t\"}");
    EXPECT_THAT(keys(root), ElementsAre("a", "b", "c", "eé/"));
    EXPECT_THAT(texts(*root.find("b")), ElementsAre("true", "null", "1.0", "-1e-5", "x"));
    EXPECT_EQ(root.find("c")->find("d")->text(), "");
    EXPECT_EQ(root.find("eé/")->text(), std::string_view("\0\"\t", 3));
}

TEST(DocumentOfJson, HasCharactersWrittenAsPairsOfEscapes) {
    const Document document = parse("{\"a\\ud83D\\uDE00\": \"x\\uD83D\\ude00 y\\uD83D\\uDE01\", \"b\": 1}");
    const auto member = document.root().members()[0];
    EXPECT_EQ(member.key.text(), "a😀");
    EXPECT_EQ(member.value.text(), "x😀 y😁");
    EXPECT_EQ(bytes(document, member.value), "\"x\\uD83D\\ude00 y\\uD83D\\uDE01\"");
    EXPECT_EQ(document.root().find("b")->position(), (Position{1, 55}));
    EXPECT_EQ(bytes(document, *document.root().find("b")), "1");
}

TEST(DocumentOfJson, PairsOfEscapesMeanNothingOutsideDoubleQuotes) {
    const Node root = load(
        "plain: \\ud83d\\ude00\n"
        "single: '\\ud83d\\ude00'\n"
        "escaped: \"\\\\ud83d\\\\ude00 \\\\\\ud83d\\ude00\"\n"
        "double: \"\\ud83d\\ude00\"\n"
        "literal: |\n  \\ud83d\\ude00\n"
        "# \\ud83d\\ude00\n");
    EXPECT_EQ(root.find("plain")->text(), "\\ud83d\\ude00");
    EXPECT_EQ(root.find("single")->text(), "\\ud83d\\ude00");
    EXPECT_EQ(root.find("escaped")->text(), "\\ud83d\\ude00 \\😀");
    EXPECT_EQ(root.find("double")->text(), "😀");
    EXPECT_EQ(root.find("literal")->text(), "\\ud83d\\ude00\n");
}

/// What a text is read as where the last of equal keys counts: each key with its value, and the keys that do not count.
std::vector<std::string> read_last(std::string_view text) {
    const Document document = parse_document(text, "a.yaml", DuplicateKeys::last_counts).value();
    std::vector<std::string> told;
    for (const auto& [key, value] : document.root().members())
        told.push_back(std::string(key.text()) + '=' + std::string(value.text()));
    const Document copy = document.rewritten([](const Node&) { return std::nullopt; });
    for (const auto& [key, by] : copy.overridden())
        told.push_back(std::to_string(key.position().line) + " by " + std::to_string(by.position().line));
    return told;
}

TEST(DocumentWithDuplicateKeys, TheLastCountsInThePlaceOfTheFirst) {
    EXPECT_THAT(read_last("a: 1\nb: 2\na: 3\n'a': 4\n"), ElementsAre("a=4", "b=2", "1 by 3", "3 by 4"));
    EXPECT_THAT(read_last("b: &b {x: 1}\nx: 2\n<<: *b\nx: 3\n"), ElementsAre("b=", "x=3", "2 by 4"));
}

TEST(DocumentWithDuplicateKeys, AMergeKeyIsThereOnce) {
    EXPECT_FALSE(parse_document("{<<: {}, <<: {}}", "a.yaml", DuplicateKeys::last_counts));
}

TEST(DocumentWithDuplicateKeys, WhatDoesNotCountHasItsWeight) {
    std::string text = "a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n";
    for (int i = 0; i < 4; ++i) {
        std::string aliases;
        for (int j = 0; j < 10; ++j) aliases += (j == 0 ? "*" : ", *") + std::string(1, static_cast<char>('a' + i));
        text +=
            std::string(1, static_cast<char>('b' + i)) + ": &" + static_cast<char>('b' + i) + " [" + aliases + "]\n";
    }
    EXPECT_TRUE(parse_document(text, "a.yaml", DuplicateKeys::last_counts));
    for (int i = 0; i < 9; ++i) text += "g: *e\n";
    EXPECT_FALSE(parse_document(text, "a.yaml", DuplicateKeys::last_counts));
}

}  // namespace
}  // namespace understudy::source
