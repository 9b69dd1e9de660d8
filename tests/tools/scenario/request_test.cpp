// The ways to say what a step sends.
#include "tests/support/program.hpp"
#include "tests/tools/scenario/scenario_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::scenario::request_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Step step_of(const std::string& lines) {
    return load_good(shop_scenario(lines)).steps.at(0);
}

Step order(const std::string& lines) {
    return step_of("  - method: shop.Shop/Order\n    " + lines + '\n');
}

std::vector<std::string> problems_with(const std::string& lines) {
    return problems_of(shop_scenario("  - method: shop.Shop/Order\n    " + lines + '\n'));
}

TEST(Request, AMessageIsTheSameHoweverItIsWritten) {
    const std::string bytes("\x08\x05", 2);  // int32: 5
    for (const char* line : {"request: { int32: 5 }", "request_text: 'int32: 5'", "request_text: |\n      int32: 5",
                             "request_hex: '0805'", "request_hex: 08 05", "request_base64: CAU="})
        EXPECT_EQ(order(line).request.body, bytes) << line;
}

TEST(Request, AFilesBytesAreSentAsTheyAre) {
    test::TempFolder folder;
    const auto file = folder.write("request.bin", std::string("\0\xFF", 2));
    EXPECT_EQ(order("request_file: " + file).request.body, std::string("\0\xFF", 2));
    EXPECT_EQ(order("request_file: " + file).request_shown, "2 bytes: 00ff");
}

TEST(Request, TextFormatIsWrittenInTheStepsEncoding) {
    EXPECT_EQ(order("request_text: 'flag: true'\n    content_type: application/json").request.body, R"({"flag":true})");
}

TEST(Request, WhatCannotBeSentIsAProblem) {
    const std::pair<const char*, const char*> table[] = {
        {"request_text: 'int32: x'",
         "6:19 no shop.Everything in text format: Expected integer, got: x at line 1, column 8"},
        {"request_hex: abc", "6:18 request_hex is pairs of hexadecimal digits"},
        {"request_hex: zz", "6:18 request_hex is pairs of hexadecimal digits"},
        {"request_base64: '*'", "6:21 request_base64 is no base64"},
        {"request_file: nowhere.bin", "6:19 there is no file"},
        {"timeout: 0s", "6:14 a step's timeout is more than 0s, and at most 86400s"},
        {"http: {}", "5:5 a step has one of method, http and invoke"},
    };
    for (const auto& [line, problem] : table) EXPECT_THAT(problems_with(line), ElementsAre(HasSubstr(problem))) << line;
    EXPECT_THAT(problems_with("request: {}\n    request_hex: ''"),
                ElementsAre("7:18 a step sends one thing, and 'request' is given too"));
}

TEST(Request, AMissingRequiredFieldIsAProblemWithItsName) {
    const std::pair<const char*, const char*> table[] = {
        {"Keep", "4:13 the required field 'id' is missing"},
        {"Keep\n    request: {}", "5:14 the required field 'id' is missing"},
        {"Keep\n    request: '${partial}'", "5:14 the required field 'id' is missing"},
        {"Keep\n    request_text: 'level: 1'", "5:19 the required field 'id' is missing"},
        {"Keep\n    request_text: 'level: 1'\n    content_type: application/json",
         "5:19 the required field 'id' is missing"},
        {"Keep\n    request_text: 'lovel: 1'",
         "5:19 no old.Legacy in text format: Message type \"old.Legacy\" has no field named \"lovel\"."},
        {"Wrap\n    request_text: 'items { id: \"a\" } items {}'", "5:19 the required field 'items[1].id' is missing"},
    };
    for (const auto& [method, problem] : table) {
        const std::string text =
            "schema: { proto_files: [old/old.proto] }\napplication: { command: [x] }\n"
            "steps:\n  - method: old.Old/" +
            std::string(method) + "\nvars: { partial: { level: 1 } }\n";
        EXPECT_THAT(problems_of(text), ElementsAre(HasSubstr(problem))) << text;
    }
}

TEST(Request, PlainHttpIsSentAsWritten) {
    const auto step = step_of(
        "  - http: { method: PUT, target: '/a?b=%20c' }\n"
        "    headers: { X-A: '1' }\n"
        "    request: { b: 1.0, a: [true, null, 9007199254740993, 'x'], $$c: 0x10 }\n");
    EXPECT_EQ(step.kind, StepKind::http);
    EXPECT_EQ(step.name, "PUT /a?b=%20c");
    EXPECT_EQ(step.request.method, "PUT");
    EXPECT_EQ(step.request.target, "/a?b=%20c");
    EXPECT_EQ(step.request.headers, (http::Headers{{"X-A", "1"}, {"Content-Type", "application/json"}}));
    EXPECT_EQ(step.request.body, R"({"b":1.0,"a":[true,null,9007199254740993,"x"],"$c":16})");
    EXPECT_TRUE(step.expect.no_error_status);
}

TEST(Request, NamesOfHeadersMayAllBeInLowerCase) {
    const std::string plain = "  - http: { method: PUT }\n    headers: { X-A: 'B' }\n    request: {}\n";
    EXPECT_EQ(step_of(plain + "    lower_case_headers: false\n").request.headers,
              (http::Headers{{"X-A", "B"}, {"Content-Type", "application/json"}}));
    EXPECT_EQ(step_of(plain + "    lower_case_headers: true\n").request.headers,
              (http::Headers{{"x-a", "B"}, {"content-type", "application/json"}}));
    const auto method =
        step_of("  - method: shop.Shop/Order\n    headers: { X-A: 'B' }\n    lower_case_headers: true\n");
    for (const auto line : method.request.headers) EXPECT_EQ(line.name.find_first_of("ACX"), std::string::npos);
    EXPECT_EQ(method.request.headers.first("content-type"), "application/proto");
    EXPECT_THAT(problems_of(shop_scenario("  - invoke: {}\n    lower_case_headers: true\n")),
                ElementsAre(HasSubstr("'lower_case_headers' belongs to steps that send a request")));
    EXPECT_THAT(problems_of(shop_scenario("  - parallel: [{ http: {} }]\n    lower_case_headers: true\n")),
                ElementsAre(HasSubstr("'lower_case_headers' belongs to the steps in 'parallel'")));
}

TEST(Request, OfJsonNullIsSentAsItIsWritten) {
    const auto http = step_of("  - http: {}\n    request: null\n");
    EXPECT_EQ(http.request.method, "POST");
    EXPECT_EQ(http.request.body, "null");
    EXPECT_EQ(http.request.headers, (http::Headers{{"Content-Type", "application/json"}}));
    EXPECT_EQ(step_of("  - invoke: {}\n    request: null\n").request.body, "null");
    EXPECT_EQ(step_of("  - method: shop.Shop/Order\n    request: null\n").request.body, "") << "no message";
    EXPECT_THAT(problems_of(shop_scenario("  - http: {}\n    request: null\n    request_text: a\n")),
                ElementsAre(HasSubstr("a step sends one thing, and 'request' is given too")));
}

TEST(Request, PlainHttpHasItsDefaults) {
    const auto step = step_of("  - http: {}\n");
    EXPECT_EQ(step.request.method, "GET");
    EXPECT_EQ(step.request.target, "/");
    EXPECT_EQ(step.request.headers, http::Headers{});
    const auto text = step_of("  - http: { target: /a }\n    request_text: hello\n    content_type: text/plain\n");
    EXPECT_EQ(text.request.method, "POST");
    EXPECT_EQ(text.request.body, "hello");
    EXPECT_EQ(text.request.headers, (http::Headers{{"Content-Type", "text/plain"}}));
}

TEST(Request, ATargetIsAPathWithoutBlanks) {
    EXPECT_THAT(
        problems_of(shop_scenario("  - http: { target: a }\n")),
        ElementsAre("5:21 a target begins with '/' and has no blanks, control characters or letters beyond ASCII"));
    EXPECT_THAT(
        problems_of(shop_scenario("  - http: { target: /a b }\n")),
        ElementsAre("5:21 a target begins with '/' and has no blanks, control characters or letters beyond ASCII"));
    EXPECT_THAT(
        problems_of(shop_scenario("  - http: { target: /caf\xC3\xA9 }\n")),
        ElementsAre("5:21 a target begins with '/' and has no blanks, control characters or letters beyond ASCII"));
    EXPECT_THAT(problems_of(shop_scenario("  - http: { method: 'G T' }\n")),
                ElementsAre("5:21 'G T' is no HTTP method"));
}

TEST(Request, AnInvocationGoesToTheLambdaApi) {
    const auto step = step_of("  - invoke: {}\n    request: { a: 1 }\n");
    EXPECT_EQ(step.kind, StepKind::invoke);
    EXPECT_EQ(step.subject, "invoke function");
    EXPECT_EQ(step.request.target, "/2015-03-31/functions/function/invocations");
    EXPECT_EQ(step.request.body, R"({"a":1})");
    const auto event = step_of("  - invoke: { function: other, type: event }\n    request_hex: ff\n");
    EXPECT_EQ(event.request.target, "/2015-03-31/functions/other/invocations");
    EXPECT_EQ(event.request.headers.first("X-Amz-Invocation-Type"), "Event");
    EXPECT_EQ(event.request.body, "\xFF");
    EXPECT_EQ(step_of("  - invoke: {}\n").request.body, "{}");
}

}  // namespace
}  // namespace understudy::scenario::request_test
