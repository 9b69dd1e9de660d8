#include "emulator/service/json_check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace understudy::service {
namespace {

const std::string kList = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

std::string at(int line, int column) {
    return "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: " +
           std::to_string(line) + ", column: " + std::to_string(column) + ']';
}

TEST(JsonCheck, WhatJacksonReadsPasses) {
    const std::vector<std::string> rows{
        "{}",
        "[]",
        "null",
        "true",
        "false",
        "0",
        "-0.5e+10",
        "1E400",
        "\"\"",
        " \r\n\t{ \"a\" : [ 1 , 2 , { } ] , \"a\" : null } \n",
        R"("\"\\\/\b\f\n\r\t\u00e9")",
        R"("lone surrogate \ud83d")",
        "\"caf\xc3\xa9 \xf0\x9f\x98\x80\"",
        "\"\xc0\x80 overlong\"",
        "\"del \x7f\"",
        std::string(kMaxJsonDepth, '[') + std::string(kMaxJsonDepth, ']'),
        '"' + std::string(100'000, 'x') + '"',
        "[1," + std::string(50, ' ') + "\"" + std::string(33, 'y') + "\\n" + std::string(31, 'z') + "\"]",
    };
    for (const std::string& row : rows) EXPECT_EQ(find_json_fault(row).value_or(""), "") << row.substr(0, 80);
}

TEST(JsonCheck, FaultsAreToldInJacksonsWords) {
    struct Row {
        std::string text;
        std::string fault;
    };
    const std::string value = "expected a valid value " + kList;
    const std::vector<Row> rows{
        // The two that were recorded on AWS.
        {"n\x87r\x9e\xe9\xb5\xd7I\xee\x9bmt", "Invalid UTF-8 start byte 0x87\n at " + at(1, 3)},
        {"\x99\xeb,j\x07\xa1zYh", "Unexpected character ((CTRL-CHAR, code 153)): " + value + "\n at " + at(1, 1)},
        {"", "No content to map due to end-of-input\n at " + at(1, 1)},
        {"  ", "No content to map due to end-of-input\n at " + at(1, 3)},
        {"hello", "Unrecognized token 'hello': was expecting " + kList + "\n at " + at(1, 6)},
        {"hello world", "Unrecognized token 'hello': was expecting " + kList + "\n at " + at(1, 7)},
        {"tru", "Unrecognized token 'tru': was expecting " + kList + "\n at " + at(1, 4)},
        {"truex", "Unrecognized token 'truex': was expecting " + kList + "\n at " + at(1, 6)},
        {"NaN", "Unrecognized token 'NaN': was expecting " + kList + "\n at " + at(1, 4)},
        {"'a'", "Unexpected character (''' (code 39)): " + value + "\n at " + at(1, 1)},
        {"{\"a\":\n  ?}", "Unexpected character ('?' (code 63)): " + value + "\n at " + at(2, 3)},
        {"{a:1}",
         "Unexpected character ('a' (code 97)): was expecting double-quote to start field name\n at " + at(1, 2)},
        {"{\"a\" 1}",
         "Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value\n at " +
             at(1, 6)},
        {"{\"a\":1 \"b\":2}",
         "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries\n at " + at(1, 8)},
        {"[1 2]",
         "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries\n at " + at(1, 4)},
        {"{\"a\":1,}",
         "Unexpected character ('}' (code 125)): was expecting double-quote to start field name\n at " + at(1, 8)},
        {"[1,]", "Unexpected character (']' (code 93)): " + value + "\n at " + at(1, 4)},
        {"[1}", "Unexpected close marker '}': expected ']' (for Array starting at " + at(1, 1) + ")\n at " + at(1, 4)},
        {"{\"a\":1]",
         "Unexpected close marker ']': expected '}' (for Object starting at " + at(1, 1) + ")\n at " + at(1, 8)},
        {"{\"a\":1", "Unexpected end-of-input: expected close marker for Object (start marker at " + at(1, 1) +
                         ")\n at " + at(1, 7)},
        {"[\n[1", "Unexpected end-of-input: expected close marker for Array (start marker at " + at(2, 1) + ")\n at " +
                      at(2, 3)},
        {"{\"a\":", "Unexpected end-of-input: expected close marker for Object (start marker at " + at(1, 1) +
                        ")\n at " + at(1, 6)},
        {"\"abc", "Unexpected end-of-input: was expecting closing quote for a string value\n at " + at(1, 5)},
        {"\"a\nb\"",
         "Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in "
         "string "
         "value\n at " +
             at(2, 1)},
        {R"("\x")", "Unrecognized character escape 'x' (code 120)\n at " + at(1, 4)},
        {R"("\u00g0")",
         "Unexpected character ('g' (code 103)): expected a hex-digit for character escape sequence\n at " + at(1, 6)},
        {R"("\u00)", "Unexpected end-of-input in character escape sequence\n at " + at(1, 6)},
        {"\"\xff\"", "Invalid UTF-8 start byte 0xff\n at " + at(1, 3)},
        {"\"\xc3-\"", "Invalid UTF-8 middle byte 0x2d\n at " + at(1, 4)},
        {"01", "Invalid numeric value: Leading zeroes not allowed\n at " + at(1, 2)},
        {"-x",
         "Unexpected character ('x' (code 120)) in numeric value: expected digit (0-9) to follow minus sign, for valid "
         "numeric value\n at " +
             at(1, 2)},
        {"[1.]", "Unexpected character (']' (code 93)) in numeric value: Decimal point not followed by a digit\n at " +
                     at(1, 4)},
        {"[1e]",
         "Unexpected character (']' (code 93)) in numeric value: Exponent indicator not followed by a digit\n at " +
             at(1, 4)},
        {"-", "Unexpected end-of-input in numeric value\n at " + at(1, 2)},
        {"{} x", "Unexpected character ('x' (code 120)): expected end of input\n at " + at(1, 4)},
    };
    for (const Row& row : rows) EXPECT_EQ(find_json_fault(row.text).value_or("no fault"), row.fault) << row.text;
}

TEST(JsonCheck, NestingOverTheLimitIsAFault) {
    const auto fault = find_json_fault(std::string(kMaxJsonDepth + 1, '['));
    EXPECT_THAT(fault.value_or(""),
                testing::StartsWith("Document nesting depth (1001) exceeds the maximum allowed (1000"));
}

TEST(JsonCheck, EveryCutOfADocumentIsAFault) {
    const std::string text =
        R"({"a":[1.5e3,true,null,"é\u00e9\n",{"b":{}}],"long":"0123456789012345678901234567890123456789"})";
    for (std::size_t size = 0; size < text.size(); ++size) EXPECT_TRUE(find_json_fault(text.substr(0, size))) << size;
    EXPECT_FALSE(find_json_fault(text));
}

}  // namespace
}  // namespace understudy::service
