#include "emulator/gateway/access/exact_number.hpp"
#include "emulator/gateway/access/fault_words.hpp"
#include "emulator/gateway/access/model.hpp"
#include "emulator/gateway/access/text_format.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

namespace understudy::access::model_words_test {
namespace {

/// API Gateway's words for a body that a schema refuses; empty where it does not.
std::string words(const std::string& schema, std::string_view body) {
    const std::map<std::string, std::string> texts = {{"It", schema}};
    const Models models(texts);
    EXPECT_EQ(models.problem("It"), "") << schema;
    const auto fault = models.find_fault("It", body);
    return fault ? fault->words : "";
}

TEST(Models, SayItInTheWordsOfApiGateway) {
    const struct {
        const char *schema, *body, *words;
    } rows[] = {
        {R"({"required":["b","a\"c","a"]})", R"({"b":1})", R"(object has missing required properties (["a","a\"c"]))"},
        {R"({"type":"number"})", R"("a")",
         R"(instance type (string) does not match any allowed primitive type (allowed: ["integer","number"]))"},
        {R"({"type":["string","null"]})", "1.0",
         R"(instance type (number) does not match any allowed primitive type (allowed: ["null","string"]))"},
        {R"({"minLength":5})", R"("äbc")", R"(string "äbc" is too short (length: 3, required minimum: 5))"},
        {R"({"maxLength":2})", R"("äbc")", R"(string "äbc" is too long (length: 3, maximum allowed: 2))"},
        {R"({"minimum":1})", "0", "numeric instance is lower than the required minimum (minimum: 1, found: 0)"},
        {R"({"minimum":1.0,"exclusiveMinimum":true})", "1",
         "numeric instance is not strictly greater than the required minimum 1"},
        {R"({"maximum":0.5})", "1.50",
         "numeric instance is greater than the required maximum (maximum: 0.5, found: 1.50)"},
        {R"({"maximum":9,"exclusiveMaximum":true})", "9.0",
         "numeric instance is not strictly lower than the required maximum 9"},
        {R"({"multipleOf":0.01})", "1.005", "remainder of division is not zero (1.005 / 0.01)"},
        {R"({"pattern":"^\\d+$"})", R"("a\"b")", R"(ECMA 262 regex "^\d+$" does not match input string "a"b")"},
        {R"({"enum":["a",1,{"b":[null,true]}]})", R"({"b": [ ]})",
         R"(instance value ({"b":[]}) not found in enum (possible values: ["a",1,{"b":[null,true]}]))"},
        {R"({"minItems":2})", "[1]", "array is too short: must have at least 2 elements but instance has 1 elements"},
        {R"({"maxItems":0})", "[1]", "array is too long: must have at most 0 elements but instance has 1 elements"},
        {R"({"uniqueItems":true})", R"([{"a":1,"b":2},{"b":2.0,"a":1}])", "array must not contain duplicate elements"},
        {R"({"items":[{},{}],"additionalItems":false})", "[1,2,3]",
         "schema only allows 2 elements in array but instance has 3 elements"},
        {R"({"properties":{"a":{}},"patternProperties":{"^x":{}},"additionalProperties":false})",
         R"({"z":1,"xy":1,"a":1,"b":1})",
         R"(object instance has properties which are not allowed by the schema: ["b","z"])"},
        {R"({"minProperties":2})", R"({"a":1})",
         "object has too few properties (found 1 but schema requires at least 2)"},
        {R"({"maxProperties":1})", R"({"a":1,"b":1})",
         "object has too many properties (found 2 but schema requires at most 1)"},
        {R"({"dependencies":{"a":["c","b"]}})", R"({"a":1,"b":1})",
         R"(property "a" of object has missing property dependencies (schema requires ["b","c"]; missing: ["c"]))"},
        {R"({"dependencies":{"a":{"required":["b"]}}})", R"({"a":1})",
         R"(object has missing required properties (["b"]))"},
        {R"({"allOf":[{"type":"string"},{}]})", "1",
         "instance failed to match all required schemas (matched only 1 out of 2)"},
        {R"({"anyOf":[{"type":"string"},{"type":"null"}]})", "1",
         "instance failed to match at least one required schema among 2"},
        {R"({"oneOf":[{},{}]})", "1", "instance failed to match exactly one schema (matched 2 out of 2)"},
        {R"({"not":{}})", "1", "instance matched a schema which it should not have"},
    };
    for (const auto& row : rows) EXPECT_EQ(words(row.schema, row.body), row.words) << row.schema << ' ' << row.body;
}

TEST(Models, SayNothingOfWhatAKeywordDoesNotSpeakOf) {
    for (const char* schema : {R"({"minLength":5})", R"({"minimum":5})", R"({"minItems":5})", R"({"required":["a"]})",
                               R"({"pattern":"^b"})", R"({"additionalItems":false,"items":{}})", R"({"format":"uuid"})",
                               R"({"format":"date"})", R"({"type":"boolean"})", R"({"enum":[true]})"}) {
        EXPECT_EQ(words(schema, "true"), "") << schema;
    }
    EXPECT_EQ(words(R"({"format":"date"})", R"("never")"), "") << "no format of draft 4";
    EXPECT_EQ(words(R"({"multipleOf":0.01})", "19.99"), "") << "without rounding";
    EXPECT_EQ(words(R"({"enum":[10]})", "1e1"), "");
}

TEST(Models, NameAllThatIsWrongAtALevel) {
    const std::string order = R"({"required":["id"],"maxProperties":1,"properties":{"tags":{"type":"array"}}})";
    EXPECT_EQ(words(order, R"({"tags":1,"b":1})"),
              "object has too many properties (found 2 but schema requires at most 1), "
              R"(object has missing required properties (["id"]))")
        << "what lies beneath a fault is not looked at";
    const std::map<std::string, std::string> texts = {
        {"Deep", R"({"properties":{"b/c":{"required":["z","y"]},"a":{"type":"string"},
                                                    "d":{"properties":{"e":{"type":"null"}}}}})"}};
    const Models models(texts);
    const auto fault = models.find_fault("Deep", R"({"d":{"e":1},"b/c":{},"a":1})");
    ASSERT_TRUE(fault);
    EXPECT_EQ(fault->explained,
              R"(/a: instance type (integer) does not match any allowed primitive type (allowed: ["string"]), )"
              R"(/b~1c: object has missing required properties (["y","z"]))")
        << "members by name; beneath none of them once one is wrong";
}

TEST(Models, ExplainInShortWhateverTheBodyHolds) {
    const std::map<std::string, std::string> texts = {{"List", R"({"items":{"type":"string","maxLength":1}})"}};
    const Models models(texts);
    const std::string large = '"' + std::string(100'000, 'x') + '"';
    const auto one = models.find_fault("List", '[' + large + ']');
    ASSERT_TRUE(one);
    EXPECT_LT(one->explained.size(), 400U);
    EXPECT_GT(one->words.size(), 100'000U) << "API Gateway's own are whole";
    std::string list = "[" + large;
    for (int i = 0; i < 20; ++i) list += ',' + large;
    const auto many = models.find_fault("List", list + ']');
    ASSERT_TRUE(many);
    EXPECT_LT(many->explained.size(), 4000U);
    EXPECT_TRUE(many->explained.ends_with(" and 13 more")) << many->explained;
    EXPECT_EQ(many->reason, "/* maxLength,");
    EXPECT_EQ(one->reason, many->reason) << "the same, whatever stands there";
}

/// Lists that API Gateway gave: the schema's fault, and where formats are remarks.
TEST(Models, TellOfFormatsThatTheyDoNotKnow) {
    const std::string place = R"({"properties":{"lat":{"type":"number","format":"double"},
                                                "lon":{"type":"number","format":"double"}}})";
    EXPECT_EQ(words(place, R"({"lat":null,"lon":null})"),
              R"(instance type (null) does not match any allowed primitive type (allowed: ["integer","number"]), )"
              R"(format attribute "double" not supported)");
    EXPECT_EQ(words(place, R"({"lat":1,"lon":2})"), "");
}

TEST(Models, SayOfWhatIsNoJsonThatItCannotBeRead) {
    const std::map<std::string, std::string> texts = {{"It", R"({"required":["a"]})"}};
    const Models models(texts);
    for (const char* body : {"", "{", "{'a':1}"}) {
        const auto fault = models.find_fault("It", body);
        ASSERT_TRUE(fault) << body;
        EXPECT_EQ(fault->words, "Unknown error parsing request body") << body;
    }
    EXPECT_EQ(models.find_fault("It", "")->explained, R"(object has missing required properties (["a"]))");
}

TEST(FaultWords, AreListedInTheOrderOfAHashSet) {
    const std::vector<std::vector<std::string>> recorded = {
        {R"(instance value ("WOW") not found in enum (possible values: ["STOCK","BOND","CASH"]))",
         "numeric instance is greater than the required maximum (maximum: 1000, found: 10000000)"},
        {R"(ECMA 262 regex "^\d{4}\-(0[1-9]|1[012])\-(0[1-9]|[12][0-9]|3[01])$" does not match input string "2018-1-2")",
         "numeric instance is greater than the required maximum (maximum: 1000, found: 999999)",
         R"(string "thisstringistoolong" is too long (length: 19, maximum allowed: 4))",
         R"(instance value ("foobar") not found in enum (possible values: ["STOCK","BOND","CASH"]))"},
        {R"(object has missing required properties (["bar"]))",
         R"(object instance has properties which are not allowed by the schema: ["foo"])"},
        {R"(string "hi" is too short (length: 2, required minimum: 3))",
         "numeric instance is greater than the required maximum (maximum: 10, found: 99)"},
        {R"(instance type (null) does not match any allowed primitive type (allowed: ["integer","number"]))",
         R"(format attribute "double" not supported)"},
    };
    for (const auto& list : recorded) {
        std::string expected;
        for (const std::string& each : list) expected += (expected.empty() ? "" : ", ") + each;
        EXPECT_EQ(list_words({list.rbegin(), list.rend()}), expected);
        std::vector<std::string> twice = list;
        twice.insert(twice.end(), list.begin(), list.end());
        EXPECT_EQ(list_words(twice), expected) << "each once";
    }
}

TEST(ExactNumber, ComparesAndDividesWithoutRounding) {
    EXPECT_EQ(compare_numbers("1.0", "1"), 0);
    EXPECT_EQ(compare_numbers("-0.0", "0e5"), 0);
    EXPECT_LT(compare_numbers("-2", "-1.9"), 0);
    EXPECT_LT(compare_numbers("-1", "0"), 0);
    EXPECT_GT(compare_numbers("1e2", "99.99"), 0);
    EXPECT_GT(compare_numbers("9007199254740993", "9007199254740992"), 0) << "not as a double has them";
    EXPECT_LT(compare_numbers("1e-99999999999999999999", "1e99999999999999999999"), 0);
    EXPECT_TRUE(is_multiple("19.99", "0.01"));
    EXPECT_TRUE(is_multiple("1e3", "8"));
    EXPECT_TRUE(is_multiple("0", "7"));
    EXPECT_FALSE(is_multiple("1e2147483647", "7")) << "and soon";
    EXPECT_TRUE(is_multiple("7e2147483647", "7"));
    EXPECT_TRUE(is_multiple("123456789012345678901234567890", "3"));
    EXPECT_FALSE(is_multiple("123456789012345678901234567891", "3"));
    EXPECT_FALSE(is_multiple("0.005", "0.01"));
    EXPECT_FALSE(is_multiple("1e-30", "1"));
    EXPECT_FALSE(is_multiple("1", "0"));
}

TEST(ExactNumber, IsPrintedAsJavaDoes) {
    EXPECT_EQ(print_number("1.50"), "1.50");
    EXPECT_EQ(print_number("-0.5e1"), "-5");
    EXPECT_EQ(print_number("1e3"), "1E+3");
    EXPECT_EQ(print_number("12.5e3"), "1.25E+4");
    EXPECT_EQ(print_number("0.000001"), "0.000001");
    EXPECT_EQ(print_number("0.0000001"), "1E-7");
    EXPECT_EQ(print_number("0.0"), "0.0");
    EXPECT_EQ(print_number("123456789012345678901234567890"), "123456789012345678901234567890");
    EXPECT_EQ(print_bound("1.0"), "1");
    EXPECT_EQ(print_bound("1e3"), "1000");
    EXPECT_EQ(print_bound("-0.0"), "0");
    EXPECT_EQ(print_bound("0.10"), "0.10");
}

TEST(TextFormat, RefusesInItsOwnWords) {
    const struct {
        const char *format, *good, *bad, *words;
    } rows[] = {
        {"date-time", "2026-01-31T12:00:00.5Z", "2026-01-31",
         R"(string "2026-01-31" is invalid against requested date format(s) )"
         "[yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.SSSZ]"},
        {"email", "a.b@example.org", "a@b@c", R"(string "a@b@c" is not a valid email address)"},
        {"email", "ä@localhost", "nobody", R"(string "nobody" is not a valid email address)"},
        {"hostname", "a-1.example", "-a.example", R"(string "-a.example" is not a valid hostname)"},
        {"ipv4", "192.0.2.1", "::1", R"(string "::1" is not a valid IPv4 address)"},
        {"ipv6", "2001:db8::1", "192.0.2.1", R"(string "192.0.2.1" is not a valid IPv6 address)"},
        {"uri", "../a?b=%20#c", "a b", R"(string "a b" is not a valid URI)"},
        {"uri", "https://example.org/", "1a:b", R"(string "1a:b" is not a valid URI)"},
        {"regex", "^a+$", "(", R"x(string "(" is not a valid ECMA 262 regular expression)x"},
        {"uuid", "00000000-0000-0000-0000-000000000001", "0", R"(input string "0" is not a valid UUID)"},
        {"mac", "00:11:22:33:44:55", "00:11", R"(input string "00:11" is not a valid MAC address)"},
        {"json-pointer", "/a~1b/0", "a", R"(input string "a" is not a valid JSON Pointer)"},
        {"md5", "0123456789abcdef0123456789ABCDEF", "0", "input string has incorrect length (1, expected 32)"},
        {"md5", "0123456789abcdef0123456789ABCDEF", "0123456789abcdef0123456789ABCDEG",
         R"(illegal character "G" in input at index 31)"},
        {"base64", "YQ==", "YQ", "input has illegal length (must be a multiple of 4, found 2)"},
        {"base64", "", "Y_==", R"x(illegal character "_" at index 1 (not in Base64 alphabet))x"},
    };
    for (const auto& row : rows) {
        EXPECT_TRUE(is_known_format(row.format)) << row.format;
        EXPECT_EQ(find_format_fault(row.format, row.good).value_or(""), "") << row.format;
        EXPECT_EQ(find_format_fault(row.format, row.bad).value_or(""), row.words);
    }
    EXPECT_FALSE(is_known_format("date"));
    EXPECT_FALSE(is_known_format("time"));
    EXPECT_FALSE(is_known_format("int64"));
}

}  // namespace
}  // namespace understudy::access::model_words_test
