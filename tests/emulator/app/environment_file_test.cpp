#include "emulator/app/environment_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::app {
namespace {

using source::Position;
using source::ProblemCode;
using Pairs = std::vector<std::pair<std::string, std::string>>;

Pairs read(std::string_view text) {
    const auto variables = parse_environment_file(text, ".env");
    if (variables.has_error()) return {{"problem", to_string(variables.error())}};
    Pairs pairs;
    for (const VariableOverride& variable : *variables) pairs.emplace_back(variable.name, variable.value);
    return pairs;
}

TEST(EnvironmentFile, IsReadAsItIsWritten) {
    struct Case {
        std::string_view text;
        Pairs pairs;
    };
    const std::vector<Case> cases{
        {"", {}},
        {"\n\r\n  \t\n# comment\n  # another", {}},
        {"A=1", {{"A", "1"}}},
        {"A=1\nB=2\r\nC=3\rD=4", {{"A", "1"}, {"B", "2"}, {"C", "3"}, {"D", "4"}}},
        {"\xEF\xBB\xBF"
         "A=1\n",
         {{"A", "1"}}},
        {"export A=1\n  export\tB = 2", {{"A", "1"}, {"B", "2"}}},
        {"export=1", {{"export", "1"}}},
        {"A=\nB=  \nC=''", {{"A", ""}, {"B", ""}, {"C", ""}}},
        {"A = a b \t\n", {{"A", "a b"}}},
        {"A=a=b==", {{"A", "a=b=="}}},
        {"A=one # comment\nB=one#two\nC=#three\nD= # four", {{"A", "one"}, {"B", "one#two"}, {"C", ""}, {"D", ""}}},
        {"A=a'b\"c", {{"A", "a'b\"c"}}},
        {"A=$HOME\\n", {{"A", "$HOME\\n"}}},
        {R"(A='a "b" \n $c # d' # e)", {{"A", R"(a "b" \n $c # d)"}}},
        {R"(A="a 'b' \"c\" \\ \n\r\t \$d \x # e")", {{"A", "a 'b' \"c\" \\ \n\r\t $d \\x # e"}}},
        {"A=\"one\ntwo\"\nB='three\nfour'  ", {{"A", "one\ntwo"}, {"B", "three\nfour"}}},
        {"A.B-c_1=\xC3\xA4", {{"A.B-c_1", "\xC3\xA4"}}},
        {"A=1\nA=2", {{"A", "1"}, {"A", "2"}}},
    };
    for (const auto& [text, pairs] : cases) EXPECT_EQ(read(text), pairs) << text;
}

TEST(EnvironmentFile, ProblemsHaveTheirPlace) {
    struct Case {
        std::string_view text;
        Position position;
        std::string_view message;
    };
    const std::vector<Case> cases{
        {"A", {1, 2}, "'=' is expected behind A"},
        {"A=1\n  B 2", {2, 5}, "'=' is expected behind B"},
        {"\n=1", {2, 1}, "the name of a variable is expected"},
        {"1A=1", {1, 1}, "the name of a variable is expected"},
        {"export ", {1, 8}, "the name of a variable is expected"},
        {"export\n", {1, 7}, "'=' is expected behind export"},
        {"A='b", {1, 3}, "the quoted text that begins here never ends"},
        {"A=1\nB=\"\\\"\n", {2, 3}, "the quoted text that begins here never ends"},
        {"A='b'c", {1, 6}, "nothing is expected behind the closing quote"},
        {"A='b'#c", {1, 6}, "nothing is expected behind the closing quote"},
        {std::string_view("A=\0", 3), {1, 3}, "the text holds a NUL"},
    };
    for (const auto& [text, position, message] : cases) {
        const auto variables = parse_environment_file(text, ".env");
        ASSERT_TRUE(variables.has_error()) << text;
        EXPECT_EQ(variables.error().code(), ProblemCode::malformed);
        EXPECT_EQ(variables.error().message(), message);
        EXPECT_EQ(variables.error().position(), position) << text;
        EXPECT_EQ(variables.error().file(), ".env");
    }
}

TEST(EnvironmentFile, EveryFunctionGetsItsVariables) {
    std::vector<Function> functions(2);
    functions[0].environment = {{"A", "own"}, {"B", "own"}};
    apply_environment_file(parse_environment_file("A=1\nC=2\nC=3", ".env").value(), functions);
    EXPECT_EQ(functions[0].environment, (Pairs{{"A", "1"}, {"B", "own"}, {"C", "3"}}));
    EXPECT_EQ(functions[1].environment, (Pairs{{"A", "1"}, {"C", "3"}}));
}

}  // namespace
}  // namespace understudy::app
