#include "emulator/source/aliases.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::source::aliases_test {
namespace {

using testing::ElementsAre;

Document write_out(const std::string& text) {
    return write_out_aliases(parse_document(text, "f").value(), [](Node node) { return node.text().starts_with('x'); });
}

/// The values below a node, each `x` replaced by its number among them.
void collect(Node node, std::vector<std::string>& texts) {
    if (node.is_scalar()) texts.emplace_back(node.text());
    for (const Node item : node.items()) collect(item, texts);
    for (const auto& [key, value] : node.members()) {
        collect(key, texts);
        collect(value, texts);
    }
}

std::vector<std::string> number(const Document& document) {
    int count = 0;
    const auto numbered = document.rewritten([&](Node node) -> std::optional<Document::Replacement> {
        return node.text() == "x" ? std::optional(Document::Replacement(std::to_string(++count))) : std::nullopt;
    });
    std::vector<std::string> texts;
    collect(numbered.root(), texts);
    return texts;
}

TEST(WriteOutAliases, EachAliasHasAValueOfItsOwn) {
    EXPECT_THAT(number(write_out("[&a x, *a, *a]")), ElementsAre("1", "2", "3"));
    EXPECT_THAT(number(write_out("[&a [x, b], *a]")), ElementsAre("1", "b", "2", "b"));
    EXPECT_THAT(number(write_out("- &a { k: x }\n- &b [*a, *a]\n- *b\n")),
                ElementsAre("k", "1", "k", "2", "k", "3", "k", "4", "k", "5"));
}

TEST(WriteOutAliases, EachMappingWithAMergeKeyHasValuesOfItsOwn) {
    EXPECT_THAT(number(write_out("- &a { k: x, l: m }\n- <<: *a\n  l: n\n- { <<: [*a, { o: x }] }\n")),
                ElementsAre("k", "1", "l", "m", "l", "n", "k", "2", "k", "3", "l", "m", "o", "4"));
}

TEST(WriteOutAliases, KeysAreWrittenOutToo) {
    const auto document = write_out("- &a { x: 1 }\n- *a\n");
    EXPECT_THAT(number(document), ElementsAre("1", "1", "2", "1"));
}

TEST(WriteOutAliases, AliasesStayAliasesAndPlacesThoseOfTheAnchor) {
    const auto document = write_out("a: &a { b: x }\nc: *a\nd: { <<: *a }\ne: &e y\nf: *e\n");
    const auto alias = *document.root().find("c");
    EXPECT_TRUE(alias.is_alias());
    EXPECT_EQ(alias.position(), (Position{2, 4}));
    EXPECT_EQ(alias.find("b")->position(), (Position{1, 12}));
    EXPECT_EQ(document.root().find("d")->find("b")->position(), (Position{1, 12}));
    EXPECT_TRUE(document.root().find("a")->is_flow());
    std::vector<std::string> lines;
    for (const auto& [from, to] : document.aliases())
        lines.push_back(std::to_string(from.position().line) + " to " + std::to_string(to.position().line));
    EXPECT_THAT(lines, ElementsAre("2 to 1", "5 to 4", "3 to 1"));
}

// What is used a million times may be there once.
TEST(WriteOutAliases, WhatIsNotNeededIsShared) {
    const auto document = parse_document("[&a x, *a]", "f").value();
    const auto same = write_out_aliases(document, [](Node) { return false; });
    EXPECT_EQ(same.root(), document.root());
    const auto changed = write_out("[&a [y], *a, &b x, *b]");
    const auto items = changed.root().items();
    EXPECT_EQ(items[0].items()[0], items[1].items()[0]);
    EXPECT_NE(items[2], items[3]);
}

}  // namespace
}  // namespace understudy::source::aliases_test
