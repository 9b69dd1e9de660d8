#include "emulator/gateway/access/schema_judge.hpp"

#include "emulator/gateway/access/model.hpp"
#include "emulator/gateway/access/schema_check.hpp"
#include "tests/emulator/gateway/access/definition_chain.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::access::schema_judge_test {
namespace {

/// Makes small schemas and values, the same ones in each run: few names, numbers and texts, so that they often meet.
class Maker {
  public:
    std::string value(int depth) {
        const std::size_t kind = below(depth > 0 ? 7 : 5);
        if (kind == 5) return list(below(4), [&] { return value(depth - 1); });
        if (kind == 6) return map(below(4), [&] { return value(depth - 1); });
        return kind < 2 ? number() : kind < 4 ? text() : one_of({"null", "true", "false"});
    }

    std::string schema(int depth) {
        std::map<std::string, std::string> keywords;
        for (std::size_t i = below(4); i > 0; --i) add_keyword(keywords, depth);
        std::string out;
        for (const auto& [name, argument] : keywords) out += (out.empty() ? "\"" : ",\"") + name + "\":" + argument;
        return '{' + out + '}';
    }

    /// With two definitions that it and they may refer to, as to those of another document.
    std::string document() {
        const std::string whole = schema(3);
        const std::string definitions = R"("definitions":{"x":)" + schema(2) + R"(,"y":)" + schema(2) + "}}";
        return whole.substr(0, whole.size() - 1) + (whole.size() > 2 ? "," : "") + definitions;
    }

  private:
    using Make = std::function<std::string()>;

    std::size_t below(std::size_t limit) { return random_() % limit; }
    std::string one_of(std::initializer_list<const char*> choices) { return choices.begin()[below(choices.size())]; }
    std::string number() { return one_of({"0", "1", "2", "3", "-1", "1.0", "0.5", "1.5", "0.3", "1e1", "-0.0"}); }
    std::string size() { return one_of({"0", "1", "2"}); }
    std::string name() { return one_of({R"("a")", R"("b")", R"("ab")", R"("b/c~d")"}); }
    std::string text() {
        return one_of({R"("")", R"("a")", R"("ab")", R"("ba")", R"("äb")", R"("a@b.example")", R"("192.0.2.1")",
                       R"("1")", R"("2026-01-31T12:00:00Z")", R"("a b")"});
    }
    std::string type() {
        return one_of(
            {R"("array")", R"("boolean")", R"("integer")", R"("null")", R"("number")", R"("object")", R"("string")"});
    }
    std::string list(std::size_t size, const Make& make) {
        std::string out;
        for (; size > 0; --size) out += make() + (size > 1 ? "," : "");
        return '[' + out + ']';
    }
    std::string unique_list(std::size_t size, const Make& make) {
        std::map<std::string, std::string> items;
        for (; size > 0; --size) items.emplace(make(), "");
        std::string out;
        for (const auto& [item, unused] : items) out += (out.empty() ? "" : ",") + item;
        return '[' + out + ']';
    }
    std::string map(std::size_t size, const Make& make) {
        std::map<std::string, std::string> members;
        for (; size > 0; --size) members[name()] = make();
        std::string out;
        for (const auto& [key, member] : members) out += (out.empty() ? "" : ",") + (key + ':') + member;
        return '{' + out + '}';
    }

    void add_keyword(std::map<std::string, std::string>& keywords, int depth) {
        const auto sub = [&] { return schema(depth - 1); };
        const auto some = [&] { return list(1 + below(3), sub); };
        const auto sub_or_bool = [&] { return below(2) == 0 ? sub() : one_of({"true", "false"}); };
        switch (below(depth > 0 ? 31 : 17)) {
            case 0:
                keywords["minimum"] = number();
                break;
            case 1:
                keywords["minimum"] = number();
                keywords["exclusiveMinimum"] = one_of({"true", "false"});
                break;
            case 2:
                keywords["maximum"] = number();
                break;
            case 3:
                keywords["maximum"] = number();
                keywords["exclusiveMaximum"] = one_of({"true", "false"});
                break;
            case 4:
                keywords["multipleOf"] = one_of({"1", "2", "3", "0.5", "0.1", "1.5"});
                break;
            case 5:
                keywords["minLength"] = size();
                break;
            case 6:
                keywords["maxLength"] = size();
                break;
            case 7:
                keywords["pattern"] = one_of({R"("^a")", R"("b$")", R"("^.$")", R"("\\d")"});
                break;
            case 8:
                keywords["format"] = one_of({R"("email")", R"("uri")", R"("ipv4")", R"("date-time")", R"("date")"});
                break;
            case 9:
                keywords["minItems"] = size();
                break;
            case 10:
                keywords["maxItems"] = size();
                break;
            case 11:
                keywords["uniqueItems"] = one_of({"true", "false"});
                break;
            case 12:
                keywords["minProperties"] = size();
                break;
            case 13:
                keywords["maxProperties"] = size();
                break;
            case 14:
                keywords["required"] = unique_list(1 + below(2), [&] { return name(); });
                break;
            case 15:
                keywords["type"] = below(2) == 0 ? type() : unique_list(1 + below(3), [&] { return type(); });
                break;
            case 16:
                keywords["enum"] = unique_list(1 + below(4), [&] { return value(2); });
                break;
            case 17:
                keywords["items"] = sub();
                break;
            case 18:
                keywords["items"] = some();
                break;
            case 19:
                keywords["additionalItems"] = sub_or_bool();
                break;
            case 20:
                keywords["items"] = some();
                keywords["additionalItems"] = sub_or_bool();
                break;
            case 21:
                keywords["properties"] = map(1 + below(3), sub);
                break;
            case 22:
                keywords["patternProperties"] = '{' + one_of({R"("^a")", R"("b$")", R"("/")"}) + ':' + sub() + '}';
                break;
            case 23:
                keywords["additionalProperties"] = sub_or_bool();
                break;
            case 24:
                keywords["dependencies"] = map(1, [&] { return unique_list(1 + below(2), [&] { return name(); }); });
                break;
            case 25:
                keywords["dependencies"] = map(1 + below(2), sub);
                break;
            case 26:
                keywords["allOf"] = some();
                break;
            case 27:
                keywords["anyOf"] = some();
                break;
            case 28:
                keywords["oneOf"] = some();
                break;
            case 29:
                keywords["not"] = sub();
                break;
            default:
                keywords["$ref"] = one_of({R"("#/definitions/x")", R"("#/definitions/y")", R"("#")",
                                           R"("https://example.org/models/Other")",
                                           R"("https://example.org/models/Other#/definitions/x")"});
        }
    }

    std::mt19937 random_{4};
};

TEST(SchemaJudge, RefusesWhereTheWordsFindAFault) {
    Maker maker;
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < 6000; ++i) {
        const std::string one = maker.document();
        const std::string other = maker.document();
        Schema::ByName schemas;
        schemas.try_emplace("One", one);
        schemas.try_emplace("Other", other);
        const Schema& schema = schemas.find("One")->second;
        if (!schema.review(schemas).problem.empty()) continue;
        const SchemaJudge judge(schema, schemas);
        ASSERT_EQ(judge.problem(), "") << one << '\n' << other;
        for (int j = 0; j < 6; ++j) {
            const std::string text = maker.value(3);
            const auto value = parse_json(text);
            ASSERT_TRUE(value) << text;
            const auto complaints = check_by_schema(*value, schema, schemas);
            ++(complaints.empty() ? accepted : refused);
            ASSERT_EQ(judge.judge(*value) == Judged::accepts, complaints.empty())
                << one << '\n'
                << other << '\n'
                << text << '\n'
                << (complaints.empty() ? "" : complaints.front().place + ": " + complaints.front().words);
        }
    }
    EXPECT_GT(accepted, 5000);
    EXPECT_GT(refused, 5000);
}

TEST(SchemaJudge, ComparesNumbersByWhatIsWritten) {
    const struct {
        const char *schema, *body;
        bool accepted;
    } rows[] = {
        {R"({"enum":[9007199254740992]})", "9007199254740993", false},
        {R"({"enum":[9007199254740992.0]})", "9007199254740992", true},
        {R"({"enum":[{"a":[1.50],"b":2}]})", R"({"b":2e0,"a":[1.5]})", true},
        {R"({"maximum":9007199254740992})", "9007199254740993", false},
        {R"({"minimum":9007199254740993})", "9007199254740992", false},
        {R"({"maximum":9007199254740992,"exclusiveMaximum":true})", "9007199254740992.0", false},
        {R"({"maximum":9223372036854775808})", "99223372036854775808", false},
        {R"({"maximum":0.1})", "0.1000000000000000000001", false},
        {R"({"multipleOf":0.01})", "19.99", true},
        {R"({"uniqueItems":true})", "[9007199254740992,9007199254740993]", true},
        {R"({"uniqueItems":true})", R"([1,{"a":2},1.0])", false},
        {R"({"uniqueItems":true})", R"([[1,2],[2,1],"1",1,true,"true",null,"null"])", true},
        {R"({"maxLength":1})", R"("a\u0000b")", false},
        {R"({"patternProperties":{"^.$":{"type":"null"}}})", R"({"ä":1})", false},
    };
    for (const auto& row : rows) {
        const std::map<std::string, std::string> texts = {{"It", row.schema}};
        const Models models(texts);
        ASSERT_EQ(models.problem("It"), "") << row.schema;
        const auto fault = models.find_fault("It", row.body);
        EXPECT_EQ(!fault, row.accepted) << row.schema << ' ' << row.body;
        if (fault) {
            EXPECT_NE(fault->words, "the model does not accept it") << row.schema << ' ' << row.body;
        }
    }
}

/// Compared each with each they would take hours.
TEST(SchemaJudge, FindsWhatRepeatsInALongList) {
    const std::map<std::string, std::string> texts = {{"It", R"({"uniqueItems":true})"}};
    const Models models(texts);
    std::string list = "[";
    for (int i = 0; i < 100'000; ++i) list += std::to_string(i) + ",";
    EXPECT_FALSE(models.find_fault("It", list + "\"0\"]"));
    EXPECT_TRUE(models.find_fault("It", list + "0.0]"));
}

/// A value that holds one in its member `a`, and so on.
std::string nested(int depth, const std::string& innermost) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += R"({"a":)";
    return text + innermost + std::string(static_cast<std::size_t>(depth), '}');
}

/// Each level doubles the ways to the one beneath: 2 to the power of 100 of them lead to the innermost.
TEST(SchemaJudge, JudgesEachPartOnceBySchemasThatReferToThemselves) {
    for (const char* schema : {
             R"({"oneOf":[{"type":"null"},{"type":"object","properties":{"a":{"$ref":"#"}},"required":["a"]},
                          {"type":"object","properties":{"a":{"$ref":"#"}},"required":["b"]}]})",
             R"({"anyOf":[{"properties":{"a":{"$ref":"#"}},"required":["b"]},{"properties":{"a":{"$ref":"#"}}}],
                 "type":["object","null"]})",
             R"({"properties":{"a":{"allOf":[{"$ref":"#"},{"$ref":"#"}]}},"type":["object","null"]})",
             R"({"properties":{"a":{"$ref":"#"}},"patternProperties":{"^a":{"$ref":"#"}},"type":["object","null"]})",
             R"({"dependencies":{"a":{"properties":{"a":{"$ref":"#"}}}},"properties":{"a":{"$ref":"#"}},
                 "type":["object","null"]})",
             R"({"not":{"anyOf":[{"type":"string"},
                                 {"type":"object","properties":{"a":{"not":{"$ref":"#"}}},"required":["a"]},
                                 {"type":"object","properties":{"a":{"not":{"$ref":"#"}}},"required":["a","b"]}]}})",
         }) {
        const std::map<std::string, std::string> texts = {{"It", schema}};
        const Models models(texts);
        ASSERT_EQ(models.problem("It"), "") << schema;
        EXPECT_FALSE(models.find_fault("It", nested(100, "null"))) << schema;
        const auto refused = models.find_fault("It", nested(100, R"("text")"));
        ASSERT_TRUE(refused) << schema;
        EXPECT_TRUE(refused->words.starts_with("inst")) << schema << ' ' << refused->words;
    }
}

/// Words are looked for in what is good, too, until something is wrong: as many ways as there are lead there.
TEST(SchemaJudge, FindsWordsBehindAllThatIsGood) {
    const std::map<std::string, std::string> texts = {
        {"It", R"({"properties":{"a":{"$ref":"#"},"z":{"type":"string"}},"patternProperties":{"^a":{"$ref":"#"}}})"}};
    const Models models(texts);
    const auto fault = models.find_fault("It", R"({"z":1,"a":)" + nested(100, "null") + '}');
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->explained,
              R"(/z: instance type (integer) does not match any allowed primitive type (allowed: ["string"]))");
}

/// So do chains of schemas that speak of the same value.
TEST(SchemaJudge, JudgesAValueOnceByEachOfAChain) {
    const std::map<std::string, std::string> texts = {
        {"It", chain_definitions(100, [](const auto& next) { return R"({"allOf":[)" + next + ',' + next + "]}"; })}};
    const Models models(texts);
    ASSERT_EQ(models.problem("It"), "");
    EXPECT_FALSE(models.find_fault("It", R"("a")"));
    const auto fault = models.find_fault("It", "1");
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->words, "instance failed to match all required schemas (matched only 0 out of 2)");
}

TEST(SchemaJudge, GivesUpBeyondItsSteps) {
    Schema::ByName schemas;
    const Schema& schema =
        schemas.try_emplace("It", R"({"items":{"anyOf":[{"type":"string"},{"type":"number"}]}})").first->second;
    const SchemaJudge judge(schema, schemas);
    ASSERT_EQ(judge.problem(), "");
    const auto value = parse_json("[1,2,3,4,5,6,7,8,9,10]");
    EXPECT_EQ(judge.judge(*value), Judged::accepts);
    EXPECT_EQ(judge.judge(*value, 20), Judged::gives_up);
    EXPECT_EQ(judge.judge(*parse_json("[1,true]"), 1000), Judged::refuses);
}

/// What is used up says so, and is no silent pass: 4 MB of text, looked at by a thousand schemas.
TEST(SchemaJudge, TellsWhereItGaveUp) {
    std::string all;
    for (int i = 0; i < 1000; ++i) all += R"({"minimum":1},)";
    const std::map<std::string, std::string> texts = {{"It", R"({"allOf":[)" + all + R"({}]})"}};
    const Models models(texts);
    ASSERT_EQ(models.problem("It"), "");
    EXPECT_FALSE(models.find_fault("It", R"("text")"));
    const auto fault = models.find_fault("It", '"' + std::string(4'000'000, 'a') + '"');
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->words, "checking the body by the model takes more steps than are allowed");
    EXPECT_EQ(fault->explained, fault->words);
}

/// Ten thousand items, counted by each of a thousand schemas: more than words are looked for in.
TEST(SchemaJudge, RefusesWithoutWordsWhereTheyTakeTooLong) {
    std::string all;
    for (int i = 0; i < 1000; ++i) all += "{},";
    const std::map<std::string, std::string> texts = {{"It", R"({"type":"null","allOf":[)" + all + "{}]}"}};
    const Models models(texts);
    ASSERT_EQ(models.problem("It"), "");
    const auto told = models.find_fault("It", "[0]");
    ASSERT_TRUE(told);
    EXPECT_EQ(told->words, R"(instance type (array) does not match any allowed primitive type (allowed: ["null"]))");
    std::string list = "[";
    for (int i = 0; i < 10'000; ++i) list += "0,";
    const auto fault = models.find_fault("It", list + "0]");
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->words, "the model does not accept it");
    EXPECT_EQ(fault->explained, fault->words);
}

/// The deepest body that is read, at each of its levels a schema of some height: none of them ends the program.
TEST(SchemaJudge, HoldsWhateverNests) {
    for (const int height : {1, 2, 5}) {
        std::string schema = R"({"type":"object","properties":{"a":{"$ref":"#"}}})";
        for (int i = 0; i < height; ++i) schema = R"({"not":{"not":)" + schema + "}}";
        const std::map<std::string, std::string> texts = {{"It", schema}};
        const Models models(texts);
        ASSERT_EQ(models.problem("It"), "");
        const auto good = models.find_fault("It", nested(127, "{}"));
        EXPECT_EQ(good ? good->words : "",
                  height < 5 ? "" : "checking the body by the model takes more steps than are allowed");
        const auto bad = models.find_fault("It", nested(127, "1"));
        ASSERT_TRUE(bad);
        EXPECT_EQ(bad->words, height < 5 ? "instance matched a schema which it should not have"
                                         : "checking the body by the model takes more steps than are allowed");
    }
}

TEST(SchemaJudge, TakesWholeNumbersOfAnySize) {
    const std::map<std::string, std::string> texts = {{"Id", R"({"type":"integer","minimum":1})"}};
    const Models models(texts);
    EXPECT_FALSE(models.find_fault("Id", "12345678901234567890"));
    EXPECT_TRUE(models.find_fault("Id", "-12345678901234567890"));
}

TEST(SchemaJudge, KeepsTheDefinitionsOfDocumentsApart) {
    const std::map<std::string, std::string> texts = {
        {"One", R"({"properties":{"a":{"$ref":"#/definitions/x"},"b":{"$ref":"https://example.org/models/Other"}},
                    "definitions":{"x":{"type":"string"}}})"},
        {"Other", R"({"items":{"$ref":"#/definitions/x"},"definitions":{"x":{"type":"null"}}})"}};
    const Models models(texts);
    EXPECT_FALSE(models.find_fault("One", R"({"a":"","b":[null]})"));
    EXPECT_TRUE(models.find_fault("One", R"({"a":null})"));
    EXPECT_TRUE(models.find_fault("One", R"({"b":[""]})"));
}

TEST(SchemaJudge, ReadsWhatAReferenceLeadsToWhereverItStands) {
    const std::map<std::string, std::string> texts = {
        {"It", R"({"items":{"$ref":"#/x-parts/0/a~1b%20c"},"x-parts":[{"a/b c":{"pattern":"^a","if":{}}}]})"}};
    const Models models(texts);
    ASSERT_EQ(models.problem("It"), "");
    EXPECT_FALSE(models.find_fault("It", R"(["a",1])"));
    EXPECT_TRUE(models.find_fault("It", R"(["b"])"));
}

}  // namespace
}  // namespace understudy::access::schema_judge_test
