#include "emulator/source/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::source {
namespace {

Document rewrite(const Document& document, const std::string& from, const Document::Replacement& to) {
    return document.rewritten([&](Node node) -> std::optional<Document::Replacement> {
        return node.text() == from ? std::optional(to) : std::nullopt;
    });
}

TEST(Rewrite, ATextIsReplacedInItsPlaceAndStyle) {
    const auto document = parse_document("a: [x, 'x', y]\nb: x\n", "f").value();
    const auto changed = rewrite(document, "x", std::string("long text"));
    const auto items = changed.root().find("a")->items();
    EXPECT_EQ(items[0].text(), "long text");
    EXPECT_TRUE(items[0].is_plain());
    EXPECT_EQ(items[1].style(), ScalarStyle::single_quoted);
    EXPECT_EQ(items[2].text(), "y");
    EXPECT_EQ(items[1].position(), (Position{1, 8}));
    EXPECT_EQ(changed.text(), document.text());
    EXPECT_EQ(document.root().find("b")->text(), "x");
}

TEST(Rewrite, AWholeValueStandsAtThePlaceOfTheScalar) {
    const auto document = parse_document("a: 1\nb: { c: x }\n", "f").value();
    const auto value = parse_document("{ d: [1, { e: f }] }", "value").value();
    const auto changed = rewrite(document, "x", value);
    const auto node = *changed.root().find("b")->find("c");
    EXPECT_TRUE(node.is_mapping());
    const auto inner = node.find("d")->items()[1].find("e");
    EXPECT_EQ(inner->text(), "f");
    EXPECT_EQ(inner->position(), (Position{2, 9}));
    EXPECT_EQ(inner->file(), "f");
    EXPECT_EQ(inner->problem(ProblemCode::invalid, "").extent(), 1U);
}

TEST(Rewrite, KeysAliasesAndNumbersOfNodesAreKept) {
    const auto document = parse_document("k: &anchor x\nother: *anchor\nx: y\n", "f").value();
    const auto list = rewrite(document, "x", parse_document("[1]", "v").value());
    EXPECT_TRUE(list.root().find("other")->is_sequence());
    EXPECT_EQ(list.root().find("other")->position(), (Position{2, 8}));
    const auto renamed = rewrite(document, "x", std::string("z"));
    EXPECT_EQ(renamed.root().find("z")->text(), "y");
    const auto node = *document.root().find("other");
    EXPECT_EQ(renamed.node(node.index()).text(), "z");
}

TEST(Rewrite, MayBeDoneAgain) {
    const auto document = parse_document("[x, y]", "f").value();
    const auto first = rewrite(document, "x", parse_document("[y]", "v").value());
    const auto second = rewrite(first, "y", std::string("z"));
    EXPECT_EQ(second.root().items()[0].items()[0].text(), "z");
    EXPECT_EQ(second.root().items()[1].text(), "z");
}

}  // namespace
}  // namespace understudy::source
