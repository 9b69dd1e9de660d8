#include "tools/redact/redaction_file.hpp"

#include "tests/tools/scenario/shop.hpp"

#include <gmock/gmock.h>

namespace understudy::redact {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

record::Redaction read(const std::string& text) {
    auto read = read_redaction_file(text, "redact.yaml", scenario::schema_folder());
    if (const auto* problems = std::get_if<std::vector<source::Problem>>(&read)) {
        for (const source::Problem& problem : *problems) ADD_FAILURE() << problem;
        return {};
    }
    return std::get<record::Redaction>(std::move(read));
}

std::vector<std::string> problems_of(const std::string& text) {
    std::vector<std::string> texts;
    const auto read = read_redaction_file(text, "redact.yaml", scenario::schema_folder());
    if (const auto* problems = std::get_if<std::vector<source::Problem>>(&read)) {
        for (const source::Problem& problem : *problems) texts.push_back(to_string(problem));
    }
    return texts;
}

TEST(RedactionFile, AddsToTheDefaults) {
    const auto redaction = read("headers: [X-Internal-Token]\nfields: [password, user.email]\nquery: token\n");
    EXPECT_THAT(redaction.headers, Contains("x-internal-token"));
    EXPECT_THAT(redaction.headers, Contains("authorization"));
    EXPECT_THAT(redaction.fields, ElementsAre("password", "user.email"));
    EXPECT_THAT(redaction.query, Contains("token"));
    EXPECT_THAT(redaction.query, Contains("X-Amz-Security-Token"));
    EXPECT_FALSE(redaction.rewrite);
}

TEST(RedactionFile, AnEmptyOneIsTheDefaults) {
    EXPECT_THAT(read("").headers, Contains("cookie"));
    EXPECT_THAT(read("# nothing\n").headers, Contains("cookie"));
}

TEST(RedactionFile, DefaultsCanBeLeftOut) {
    EXPECT_THAT(read("defaults: false\nheaders: [a]\n").headers, ElementsAre("a"));
    EXPECT_TRUE(read("defaults: false\n").query.empty());
}

TEST(RedactionFile, AFieldOfAMessageIsNoPathInJson) {
    const auto redaction =
        read("proto_files: [shop/shop.proto]\nfields: [shop.Everything.text, shop.Item.name, other.path]\n");
    EXPECT_TRUE(redaction.rewrite);
    EXPECT_THAT(redaction.fields, ElementsAre("other.path"));
}

TEST(RedactionFile, ANameInJsonIsAFieldOfMessagesToo) {
    const auto bytes = scenario::shop_message("Everything", "text: 's'")->SerializeAsString();
    std::vector<std::string> taken;
    const auto redaction = read("proto_files: [shop/shop.proto]\nfields: [text]\n");
    ASSERT_TRUE(redaction.rewrite);
    EXPECT_TRUE(redaction.rewrite({record::Side::request, "/shop.Shop/Order", "application/proto"}, bytes, taken));
    EXPECT_THAT(taken, ElementsAre("shop.Everything.text"));
    EXPECT_FALSE(read("proto_files: [shop/shop.proto]\nfields: [nowhere]\n").rewrite);
}

TEST(RedactionFile, AFieldGoesByItsNameInJsonToo) {
    const auto redaction = read(
        "proto_files: [shop/names.proto]\n"
        "fields: [shop.Label.stockCount, displayName, 'sub_labels[*].in_stock', '$.byKey.a', '[old.in_stock].x']\n");
    EXPECT_TRUE(redaction.rewrite);
    EXPECT_THAT(redaction.fields,
                ElementsAre("displayName", "display_name", "sub_labels[*].in_stock", "subLabels[*].stockCount",
                            "$.byKey.a", "$.by_key.a", "[old.in_stock].x"));
    EXPECT_THAT(problems_of("proto_files: [shop/names.proto]\nfields: [shop.Label.stockCont]\n"),
                ElementsAre(HasSubstr("shop.Label has no field 'stockCont' (did you mean 'stockCount'?)")));
}

TEST(RedactionFile, FieldsOfEveryFileGoByTheirNamesInJson) {
    for (const char* files : {"shop/cards.proto, shop/names.proto", "shop/names.proto, shop/cards.proto"}) {
        const auto redaction = read("proto_files: [" + std::string(files) + "]\nfields: [in_stock, replaced_card]\n");
        EXPECT_THAT(redaction.fields, ElementsAre("in_stock", "stockCount", "replaced_card", "replacedCard")) << files;
    }
}

TEST(RedactionFile, AFieldGoesByEveryNameThatSomeMessageGivesIt) {
    const auto redaction = read(
        "proto_files: [shop/cards.proto]\n"
        "fields: [card_number, cardNo, replaced_card.holder]\n");
    EXPECT_THAT(redaction.fields, ElementsAre("card_number", "cardNo", "cardNumber", "cardNo", "card_number",
                                              "replaced_card.holder", "replacedCard.heldBy", "replacedCard.holder"));
}

TEST(RedactionFile, WhatIsWrongIsToldWithItsPlace) {
    EXPECT_THAT(problems_of("feilds: [a]\n"),
                ElementsAre("redact.yaml:1:1: unknown key 'feilds' in a redaction file (did you mean 'fields'?)"));
    EXPECT_THAT(problems_of("headers: [a, [b]]\n"), ElementsAre("redact.yaml:1:14: headers is a list of names"));
    EXPECT_THAT(problems_of("headers: {a: b}\n"), ElementsAre("redact.yaml:1:10: headers is a list of names"));
    EXPECT_THAT(problems_of("defaults: no\n"), ElementsAre("redact.yaml:1:11: defaults is true or false"));
    EXPECT_THAT(problems_of("[a]\n"), ElementsAre(HasSubstr("redact.yaml:1:1: a redaction file is a mapping")));
    EXPECT_THAT(problems_of("a: [\n"), ElementsAre(HasSubstr("redact.yaml:")));
}

TEST(RedactionFile, APathThatLeadsNowhereIsRefusedWithItsPlaceAndRemedy) {
    const std::pair<const char*, const char*> table[] = {
        {"'a..b'", "'a..b' has a dot without a name (names are separated by one dot; a name alone is taken"},
        {"a.", "'a.' has a dot without a name"},
        {".a", "'.a' has a dot without a name"},
        {"$.", "'$.' has a dot without a name"},
        {"$..a", "'$..a' has a dot without a name"},
        {"'a['", "'a[' has a '[' without its ']' ([*] is each element of a list)"},
        {"'a[*'", "'a[*' has a '[' without its ']'"},
        {"'a]'", "'a]' has a ']' without its '['"},
        {"'a[]'", "'a[]' has '[]' for an element ([*] is each element of a list, [0] the first"},
        {"'a[b].c'", "'a[b].c' has '[b]' for an element"},
        {"'a[1.5]'", "'a[1.5]' has a '[' without its ']'"},
        {"'[b.2c]'", "'[b.2c]' has a '[' without its ']'"},
        {"'a.[b].c'", "'a.[b].c' has a dot without a name"},
        {"'[b.c]d'", "'[b.c]d' has 'd' behind ']' (a dot or '[' follows it)"},
        {"'a.[b.c'", "'a.[b.c' has a dot without a name"},
        {"'a[*]b'", "'a[*]b' has 'b' behind ']' (a dot or '[' follows it)"},
        {"'a.[*]'", "'a.[*]' has a dot without a name"},
        {"'a.*'", "'a.*' has '*' for a name (only lists have it: items[*].card)"},
        {"' password '", "' password ' begins or ends with a blank (write 'password')"},
        {"'user. email'", "'user. email' has a blank around a name (leave it out)"},
        {"'$[*].a'", "'$[*].a' begins with '$', and no name follows (write '[*].a')"},
        {"$", "'$' begins with '$', and no name follows (name the fields)"},
    };
    for (const auto& [path, problem] : table) {
        EXPECT_THAT(problems_of("fields: [x, " + std::string(path) + "]\n"),
                    ElementsAre(HasSubstr("redact.yaml:1:13: " + std::string(problem))))
            << path;
    }
    EXPECT_THAT(read("fields: ['first name', '[*].a', 'a[0][*].b', '$.a.b-c', x]\n").fields,
                ElementsAre("first name", "[*].a", "a[0][*].b", "$.a.b-c", "x"));
}

TEST(RedactionFile, ANameThatNoHeaderOrParameterHasIsRefused) {
    for (const char* name : {"a b", "authorization:", "a,b"}) {
        EXPECT_THAT(problems_of("headers: [x, '" + std::string(name) + "']\n"),
                    ElementsAre(HasSubstr("redact.yaml:1:14: '" + std::string(name) +
                                          "' is no header name (a name has no blanks and no colon")));
    }
    EXPECT_THAT(problems_of("headers: ' a'\nquery: ['b ']\n"),
                ElementsAre(HasSubstr("redact.yaml:1:10: ' a' begins or ends with a blank (write 'a')"),
                            HasSubstr("redact.yaml:2:9: 'b ' begins or ends with a blank (write 'b')")));
}

TEST(RedactionFile, AnExtensionIsNamedByItsOwnFullName) {
    const auto redaction =
        read("proto_files: [old/old.proto]\nfields: [old.note, old.Scoped.scoped, old.Scoped.secret]\n");
    EXPECT_TRUE(redaction.rewrite);
    EXPECT_TRUE(redaction.fields.empty());
    // In JSON, without a schema.
    EXPECT_THAT(read("fields: ['[old.note]', 'a.[old.note][*].b']\n").fields,
                ElementsAre("[old.note]", "a.[old.note][*].b"));
    EXPECT_THAT(problems_of("proto_files: [old/old.proto]\nfields: [old.Scoped.scope]\n"),
                ElementsAre("redact.yaml:2:10: old.Scoped has no field 'scope' (did you mean 'scoped'?)"));
}

TEST(RedactionFile, AMistypedFieldOfAMessageIsNoPath) {
    EXPECT_THAT(problems_of("proto_files: [shop/shop.proto]\nfields: [a, shop.Item.nmae]\n"),
                ElementsAre("redact.yaml:2:13: shop.Item has no field 'nmae' (did you mean 'name'?)"));
}

TEST(RedactionFile, AFieldOfAMessageNeedsItsSchema) {
    EXPECT_THAT(
        problems_of("fields: [a, shop.v1.Card.number]\n"),
        ElementsAre(HasSubstr("redact.yaml:1:13: 'shop.v1.Card.number' names a field of a message, and no schema "
                              "is named (add proto_files or descriptor_set)")));
    EXPECT_THAT(problems_of("proto_files: [shop/shop.proto]\nfields: [shop.Itme.name]\n"),
                ElementsAre(HasSubstr("redact.yaml:2:10: the schema has no message 'shop.Itme'")));
    // Paths in JSON.
    EXPECT_THAT(read("fields: [$.shop.v1.Card.number, Card.number, a.Bc, 'items[*].Card.x', a.B.C]\n").fields,
                ElementsAre("$.shop.v1.Card.number", "Card.number", "a.Bc", "items[*].Card.x", "a.B.C"));
}

TEST(RedactionFile, ASchemaThatCannotBeReadIsTold) {
    EXPECT_THAT(problems_of("proto_files: [no/such.proto]\n"), Contains(HasSubstr("no/such.proto")));
}

}  // namespace
}  // namespace understudy::redact
