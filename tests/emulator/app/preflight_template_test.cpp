#include "emulator/app/template/preflight_template.hpp"

#include <gtest/gtest.h>

#include <string>

namespace understudy::app::preflight_template_test {
namespace {

/// The origins, exact ones and expressions: `a, b | c`; "none" where the template is another.
std::string origins_of(std::string_view text) {
    const auto parsed = templates::parse_preflight_template(text);
    if (!parsed) return "none";
    std::string in_short;
    for (const std::string& origin : parsed->exact) in_short.append(origin).append(" ");
    in_short += '|';
    for (const std::string& expression : parsed->expressions) in_short.append(" ").append(expression);
    return in_short;
}

/// As version 2 of the CDK writes it, with this condition.
std::string cdk(std::string_view condition) {
    return "#set($origin = $input.params().header.get(\"Origin\"))\n#if($origin == \"\")\n  #set($origin = "
           "$input.params().header.get(\"origin\"))\n#end\n#if(" +
           std::string(condition) +
           ")\n  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)\n#end";
}

TEST(PreflightTemplate, OfTheCdkIsUnderstood) {
    EXPECT_EQ(origins_of(cdk(R"($origin == "https://b" || $origin == "https://c")")), "https://b https://c |");
    EXPECT_EQ(origins_of(cdk(R"($origin.matches("https://b") || $origin.matches(".*\.c"))")), "| https://b .*\\.c");
    EXPECT_EQ(origins_of("#set($origin = $input.params(\"Origin\"))\n"
                         "#if($origin == \"\") #set($origin = $input.params(\"origin\")) #end\n"
                         "#if($origin.matches(\"https://b\")) "
                         "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end\n"),
              "| https://b");
}

TEST(PreflightTemplate, NoOtherIs) {
    EXPECT_EQ(origins_of(""), "none");
    EXPECT_EQ(origins_of("{}"), "none");
    EXPECT_EQ(origins_of(cdk("")), "none");
    EXPECT_EQ(origins_of(cdk("true")), "none");
    EXPECT_EQ(origins_of(cdk(R"($origin == "https://b" && true)")), "none");
    EXPECT_EQ(origins_of(cdk(R"($origin == "$stageVariables.origin")")), "none");
    EXPECT_EQ(origins_of(cdk(R"($origin == "https://b)")), "none");
    EXPECT_EQ(origins_of(cdk(R"($origin.matches("https://b")")), "none");
    EXPECT_EQ(origins_of(cdk(R"($origin == "https://b")") + " {}"), "none");
}

}  // namespace
}  // namespace understudy::app::preflight_template_test
