#include "emulator/app/template.hpp"
#include "emulator/source/unroll.hpp"

#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::app {
namespace {

const std::string kHead = "Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n";

/// The functions with their timeouts and variables, the routes, or what is wrong.
std::string tell(const TemplateResult& read) {
    std::string told;
    if (!read) {
        for (const source::Problem& problem : read.error()) told += source::to_string(problem) + '\n';
        return told;
    }
    for (const Function& function : read->application.functions) {
        told += function.logical_id + ' ' + function.name;
        for (const auto& [name, value] : function.environment) told += ' ' + name + '=' + value;
        told += '\n';
    }
    for (const Api& api : read->application.apis) {
        for (const Route& route : api.routes) told += route.method + ' ' + route.path + '\n';
    }
    return told;
}

std::string read_loops(const std::string& yaml) {
    return tell(read_template(source::parse_document(yaml, "t.yaml").value(), {.folder = "/app"}));
}

TEST(Loops, MakeAResourceOfEachValueWithItsNameInTextsAndRefs) {
    EXPECT_EQ(read_loops(kHead + R"(
Resources:
  Fn::ForEach::Functions:
    - Name
    - [Search, Count]
    - ${Name}Function:
        Type: AWS::Serverless::Function
        Properties:
          CodeUri: fn
          FunctionName: !Sub 'my-${Name}-${AWS::Region}'
          Environment: {Variables: {WHO: !Ref Name, LONG: {Ref: Name}, OTHER: !Ref AWS::StackName}}
          Events: {Get: {Type: HttpApi, Properties: {Method: GET, Path: '/${Name}'}}}
)"),
              "SearchFunction my-Search-us-east-1 WHO=Search LONG=Search OTHER=local\n"
              "CountFunction my-Count-us-east-1 WHO=Count LONG=Count OTHER=local\n"
              "GET /Search\nGET /Count\n");
}

TEST(Loops, TakeAParametersListAndKeepLettersAndDigitsInKeys) {
    EXPECT_EQ(read_loops(kHead + R"(
Parameters: {Names: {Type: CommaDelimitedList, Default: 'a-1,b_2'}}
Resources:
  Fn::ForEach::Functions:
    - N
    - !Ref Names
    - F&{N}: {Type: AWS::Serverless::Function, Properties: {CodeUri: fn, FunctionName: !Ref N}}
)"),
              "Fa1 a-1\nFb2 b_2\n");
}

TEST(Loops, HoldLoopsWhoseCollectionsMayDependOnThoseAround) {
    EXPECT_EQ(read_loops(kHead + R"(
Mappings: {Of: {A: {List: [x, y]}, B: {List: [z]}}}
Resources:
  Fn::ForEach::Outer:
    - O
    - [A, B]
    - Fn::ForEach::Inner:
        - I
        - !FindInMap [Of, !Ref O, List]
        - F${O}${I}: {Type: AWS::Serverless::Function, Properties: {CodeUri: fn}}
)"),
              "FAx FAx\nFAy FAy\nFBz FBz\n");
}

TEST(Loops, MakePropertiesAndConditionsToo) {
    EXPECT_EQ(read_loops(kHead + R"(
Conditions:
  Fn::ForEach::Conditions: [C, [One, Two], {'Is${C}': !Equals [!Ref C, One]}]
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: fn
      Environment: {Variables: {Fn::ForEach::Vars: [V, [Aa, Bb], {'${V}': 'value-${V}'}]}}
  G: {Type: AWS::Serverless::Function, Condition: IsTwo, Properties: {CodeUri: fn}}
)"),
              "F F Aa=value-Aa Bb=value-Bb\n");
}

TEST(Loops, MistakesHaveTheirPlaceInTheLoop) {
    const auto in_loop = [](const std::string& loop) {
        return read_loops(kHead +
                          "Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {CodeUri: fn}}\n"
                          "  Fn::ForEach::L: " +
                          loop + '\n');
    };
    EXPECT_EQ(
        in_loop("[N, [A, B], {'G${N}': {Type: AWS::Serverless::Function, Properties: {CodeUri: fn, Hander: x}}}]"),
        "t.yaml:4:101: unknown property 'Hander' in Function 'GA' (did you mean 'Handler'?)\n");
    EXPECT_EQ(in_loop("[N, [A]]"),
              "t.yaml:4:3: a loop is a list of an identifier, a collection and a map: Fn::ForEach::Name: [Identifier, "
              "[Value1, Value2], {'Key${Identifier}': Value}]\n");
    EXPECT_EQ(in_loop("[N, A, {'G${N}': {Type: AWS::Serverless::Function}}]"),
              "t.yaml:4:23: a loop's collection is a list of texts, or a Ref to a CommaDelimitedList\n");
    EXPECT_EQ(in_loop("[N, [A], {G: {Type: AWS::Serverless::Function}}]"),
              "t.yaml:4:29: a key in a loop names its identifier: ${N} or &{N}\n");
    EXPECT_EQ(in_loop("[N, [F], {'${N}': {Type: AWS::Serverless::Function, Properties: {CodeUri: fn}}}]"),
              "t.yaml:4:29: the resource 'F' is declared twice\n");
    EXPECT_EQ(read_loops("Resources:\n  Fn::ForEach::L: [N, [A], {'G${N}': {Type: AWS::SNS::Topic}}]\n"),
              "t.yaml:2:3: a loop takes a transform that is not named (add Transform: AWS::LanguageExtensions)\n");
}

TEST(Loops, MakeNoLogicalIdsThatCloudFormationRefuses) {
    const auto in_loop = [](const std::string& key) {
        return read_loops(kHead + "Resources:\n  Fn::ForEach::L: [N, [a-1], {'" + key +
                          "': {Type: AWS::Serverless::Function, Properties: {CodeUri: fn}}}]\n");
    };
    EXPECT_EQ(in_loop("F${N}"),
              "t.yaml:3:31: a logical id has letters and digits only: 'Fa-1' (&{…} in a loop's key leaves out all "
              "else)\n");
    EXPECT_EQ(in_loop("F&{N}"), "Fa1 Fa1\n");
    EXPECT_EQ(read_loops("Resources: {a_b: {Type: AWS::SNS::Topic}}\n"),
              "t.yaml:1:13: a logical id has letters and digits only: 'a_b'\n");
}

/// On AWS an included text is there before loops are unrolled.
/// A template whose includes are this file.
std::string read_including(const std::string& yaml, const std::string& file) {
    TemplateInputs inputs{.folder = "/app"};
    inputs.read_text = [&](const std::string&) -> source::Result<std::string> { return file; };
    const auto read = read_template(source::parse_document(yaml, "t.yaml").value(), inputs);
    return tell(read);
}

const std::string kInclude = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: part.yaml}}";

TEST(Loops, InAnIncludedFileAreUnrolled) {
    const std::string variables = R"(
Resources:
  F:
    Type: AWS::Serverless::Function
    Properties: {CodeUri: fn, Environment: {Variables: {)" +
                                  kInclude + "}}}\n";
    const std::string loop = "Fn::ForEach::Vars: [V, [Aa, Bb], {'${V}': 'value-${V}'}]\n";
    EXPECT_EQ(read_including(kHead + variables, loop), "F F Aa=value-Aa Bb=value-Bb\n");
    EXPECT_EQ(read_including("Transform: AWS::Serverless-2016-10-31" + variables, loop),
              "/app/part.yaml:1:1: Fn::ForEach::Vars is not emulated\n")
        << "without their transform";
    const std::string functions = R"(
Fn::ForEach::Functions:
  - Name
  - !Ref Names
  - F${Name}: {Type: AWS::Serverless::Function, Properties: {CodeUri: fn, Events: {E: {Type: Api, Properties: {
        Path: !Sub '/${Name}', Method: GET}}}}}
G: {Type: AWS::Serverless::Function, Properties: {CodeUri: fn}}
)";
    EXPECT_EQ(read_including(kHead + "Parameters: {Names: {Type: CommaDelimitedList, Default: 'A,B'}}\nResources:\n  " +
                                 kInclude + "\n  H: {Type: AWS::Serverless::Function, Properties: {CodeUri: fn}}\n",
                             functions),
              "FA FA\nFB FB\nG G\nH H\nGET /A\nGET /B\n");
}

TEST(Loops, AreKnownInTheFilesThatAreIncludedInThem) {
    EXPECT_EQ(read_including(kHead + R"(
Resources:
  Fn::ForEach::Functions:
    - Name
    - [A, B]
    - F${Name}: {Type: AWS::Serverless::Function, Properties: {CodeUri: fn, Environment: {Variables: {)" +
                                 kInclude + "}}}}\n",
                             "WHO: !Sub '${Name}'\nFn::ForEach::Own: [V, [x], {'${V}${Name}': !Ref Name}]\n"),
              "FA FA WHO=A xA=A\nFB FB WHO=B xB=B\n");
    EXPECT_EQ(read_including(kHead + "Resources:\n  Fn::ForEach::Functions: [Name, [A, B], {" + kInclude + "}]\n",
                             "F${Name}: {Type: AWS::Serverless::Function, Properties: {CodeUri: fn}}\n"),
              "FA FA\nFB FB\n")
        << "a file in the place of the loop's map";
}

/// A template whose includes say what they are called.
std::string read_with_files(const std::string& yaml, const std::string& before, const std::string& behind) {
    TemplateInputs inputs{.folder = "/app"};
    inputs.read_text = [&](const std::string& path) -> source::Result<std::string> {
        return before + path.substr(path.rfind('/') + 1) + behind;
    };
    return tell(read_template(source::parse_document(yaml, "t.yaml").value(), inputs));
}

TEST(Loops, NameAFileForEachOfTheirValues) {
    const auto include = [](const std::string& location) {
        return "Fn::Transform: {Name: AWS::Include, Parameters: {Location: " + location + "}}";
    };
    const auto in_loop = [](const std::string& map) {
        return kHead + "Resources:\n  Fn::ForEach::Functions: [Name, [A, B], {" + map + "}]\n";
    };
    const std::string variables =
        "'F${Name}': {Type: AWS::Serverless::Function, Properties: {CodeUri: fn, Environment: "
        "{Variables: {";
    for (const char* location : {"'of-${Name}'", "!Sub 'of-${Name}'", "!Join ['', [of-, !Ref Name]]"}) {
        EXPECT_EQ(read_with_files(in_loop(variables + include(location) + "}}}}"), "WHO: ", "\n"),
                  "FA FA WHO=of-A\nFB FB WHO=of-B\n")
            << location;
    }
    const std::string function = "{Type: AWS::Serverless::Function, Properties: {CodeUri: fn, FunctionName: my-";
    EXPECT_EQ(read_with_files(in_loop("'F${Name}': {" + include("'${Name}'") + '}'), function, "}}"),
              "FA my-A\nFB my-B\n")
        << "a whole resource";
    EXPECT_EQ(read_with_files(in_loop(include("'${Name}'")), "'G${Name}': " + function, "}}"), "GA my-A\nGB my-B\n")
        << "in the place of the loop's map";
}

TEST(Template, IncludesAWholeResource) {
    const std::string yaml = "Transform: AWS::Serverless-2016-10-31\nResources:\n  F: {" + kInclude +
                             "}\n  G: {Type: AWS::Serverless::Function, DependsOn: F, Properties: {CodeUri: fn}}\n";
    EXPECT_EQ(read_including(yaml, "{Type: AWS::Serverless::Function, Properties: {CodeUri: fn}}"), "F F\nG G\n");
    EXPECT_EQ(read_including(yaml, "{Typ: AWS::Serverless::Function}"),
              "/app/part.yaml:1:2: unknown key 'Typ' in a resource (did you mean 'Type'?)\n");
}

TEST(Template, IncludesResourcesAndConditions) {
    const std::string yaml =
        "Conditions:\n  " + kInclude +
        "\nResources:\n  F: {Type: AWS::Serverless::Function, Condition: No, "
        "Properties: {CodeUri: fn}}\n  G: {Type: AWS::Serverless::Function, Properties: {CodeUri: fn}}\n";
    EXPECT_EQ(read_including(yaml, "No: !Equals [a, b]\n"), "G G\n");
    EXPECT_EQ(read_including("Resources:\n  " + kInclude + "\n", "F: {Type: AWS::Lambda::Function, Typ: x}\n"),
              "/app/part.yaml:1:34: unknown key 'Typ' in a resource (did you mean 'Type'?)\n");
}

TEST(Template, AnIncludeInPlaceOfSectionsIsNamed) {
    const auto read = read_template(
        source::parse_document("Transform: {Name: AWS::Include, Parameters: {Location: part.yaml}}\n"
                               "Resources: {F: {Type: AWS::Serverless::Function, Properties: {CodeUri: fn}}}\n",
                               "t.yaml")
            .value(),
        {.folder = "/app"});
    ASSERT_TRUE(read);
    ASSERT_FALSE(read->notices.empty());
    EXPECT_EQ(source::to_string(read->notices.front()), "t.yaml:1:12: the transform 'AWS::Include' is not emulated");
}

TEST(Loops, ThatMakeTooMuchAreRefused) {
    std::string values;
    for (int i = 0; i < 10; ++i) values += (i == 0 ? "V" : ", V") + std::to_string(i);
    const auto made_from = [](const source::Node& collection) {
        std::vector<std::string> texts;
        for (const source::Node& item : collection.items()) texts.emplace_back(item.text());
        return std::optional(texts);
    };
    const std::string loop = "[A, [" + values + "], {Fn::ForEach::B: [B, [" + values + "], {'T${A}${B}': x}]}]";
    const auto document = source::parse_document("Resources: {Fn::ForEach::A: " + loop + "}\n", "t.yaml").value();
    constexpr std::array<std::string_view, 1> kSections{"Resources"};
    for (const std::size_t most : {200U, 1000U}) {
        std::string told;
        const auto made =
            source::unroll(document.root(), kSections,
                           {.values = made_from,
                            .fail = [&told](const source::Problem& problem) { told += to_string(problem); },
                            .most_nodes = most});
        const bool is_refused = most == 200;
        EXPECT_EQ(told.find("the loops of the template make too much") != std::string::npos, is_refused) << told;
        EXPECT_EQ(made.root().find("Resources")->members().size() == 100, !is_refused);
    }
}

}  // namespace
}  // namespace understudy::app
