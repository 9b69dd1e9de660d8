#include "tools/scenario/json_schema.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/gateway/access/model.hpp"
#include "tools/convert/yaml_json.hpp"
#include "tools/match/match.hpp"
#include "tools/scenario/resolve.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <understudy/v1/scenario.pb.h>

#include <filesystem>

namespace understudy::scenario::json_schema_test {
namespace {

using testing::HasSubstr;

/// YAML as JSON, matchers and all: `to_json` refuses their keys, and a validator does not know what they are.
std::string render_all(source::Node node) {
    std::string text;
    if (node.is_scalar()) return convert::to_json(node).value();
    for (const auto& item : node.items()) text += (text.empty() ? "" : ",") + render_all(item);
    for (const auto& [key, value] : node.members())
        text += (text.empty() ? "\"" : ",\"") + std::string(key.text()) + "\":" + render_all(value);
    return node.is_sequence() ? '[' + text + ']' : '{' + text + '}';
}

/// What the schema has against a scenario; empty where it has nothing.
std::string find_fault(std::string_view yaml, const std::string& name) {
    static const access::Models models({{"scenario", render_json_schema()}});
    EXPECT_EQ(models.problem("scenario"), "");
    const auto document = source::parse_document(yaml, name);
    if (!document) return to_string(document.error());
    const auto fault = models.find_fault("scenario", render_all(document->root()));
    return fault ? fault->explained : "";
}

std::string with_step(const std::string& lines) {
    return "name: x\napplication: { command: [./bootstrap] }\nsteps:\n  - method: a.B/C\n" + lines;
}

TEST(JsonSchema, TakesEveryScenarioThatThereIs) {
    std::size_t found = 0;
    for (const auto* folder : {"scenarios", "scenarios/included", "scenarios/failing"}) {
        for (const auto& entry :
             std::filesystem::directory_iterator(std::filesystem::path(UNDERSTUDY_SOURCE_DIR) / folder)) {
            const auto stem = entry.path().stem().string();
            // Those are about files that are no scenarios.
            const bool wrong = std::filesystem::exists(entry.path().parent_path() / (stem + ".err"));
            if (entry.path().extension() != ".yaml" || wrong) continue;
            EXPECT_EQ(find_fault(files::read_file(entry.path().string()).value(), stem), "") << entry.path();
            ++found;
        }
    }
    EXPECT_GT(found, 30U);
}

TEST(JsonSchema, RefusesWhatTheLoaderRefuses) {
    for (const std::string text : {
             "nam: x\n",
             "name: [x]\n",
             "application: { fronts: [htp] }\n",
             "application: { memory: lots }\n",
             "application: { timeout: 3 }\n",
             "application: { timeout: '3' }\n",
             "application: { timeout: -x3s }\n",
             "steps: { method: a }\n",
             "scenarios/x.yaml\n",
         })
        EXPECT_NE(find_fault(text, text), "") << text;
    for (const std::string lines : {
             "    reqest: {}\n",
             "    expect: { response: { a: { $regx: x } } }\n",
             "    expect: { headers: { a: { $between: 1 } } }\n",
             "    expect: { code: fine }\n",
             "    expect: { match: most }\n",
             "    expect: { invocation: { duration: 3 } }\n",
             "    request: { a: { $regex: x } }\n",
             "    retry: { times: -1 }\n",
             "    parallel: [{ mehtod: a }]\n",
         })
        EXPECT_NE(find_fault(with_step(lines), lines), "") << lines;
}

TEST(JsonSchema, TakesWhatTheLoaderTakes) {
    for (const std::string lines : {
             "    request: { a: 1, $$b: [{ c: null }], '${k}': 1 }\n",
             "    request: ${all}\n    retry: { times: '${n}' }\n    timeout: ${t}\n    fault: ${fault}\n",
             "    expect: { httpStatus: 200, withinMs: 5, code: 3, response: $absent }\n",
             "    expect: { response: [{ $unordered: [1, { $len: [1, 2] }] }, { $partial: { a: $any }, $ignore: [b] }] "
             "}\n",
             "    expect: { headers: { ETag: { $regex: x }, X: '7' }, match: partial, event: { $$a: 1 } }\n",
             "    name: 7\n    timeout: 2.5s\n    expect:\n",
         })
        EXPECT_EQ(find_fault(with_step(lines), lines), "") << lines;
}

/// Values as people write them: numbers and texts that spell numbers, words, times, nothing. `5.0` is not among them:
/// to JSON Schema it is an integer, to the validator here it is none.
const std::vector<std::string>& samples() {
    static const std::vector<std::string> values{"5",
                                                 "'5'",
                                                 "'5.0'",
                                                 "'1e1'",
                                                 "-5",
                                                 "'-5'",
                                                 "+5",
                                                 "'+5'",
                                                 "'5.5'",
                                                 "5.5",
                                                 "0",
                                                 "true",
                                                 "True",
                                                 "'true'",
                                                 "yes",
                                                 "null",
                                                 "~",
                                                 "''",
                                                 "[]",
                                                 "{}",
                                                 "[5]",
                                                 "text",
                                                 "1s",
                                                 "'1s'",
                                                 "1.5s",
                                                 "-1s",
                                                 ".5s",
                                                 "1.s",
                                                 "1.0000000001s",
                                                 "1m",
                                                 "'1.5'",
                                                 "ok",
                                                 "kill",
                                                 "partial",
                                                 "event",
                                                 "'0x10'",
                                                 "hex:0a",
                                                 "NaN",
                                                 "99999999999"};
    return values;
}

/// Each scalar field of the format with each value: `around` is what the field stands in.
void compare_fields(const google::protobuf::Descriptor& type, const std::string& around, int depth) {
    for (int i = 0; i < type.field_count(); ++i) {
        const auto& field = *type.field(i);
        const auto name = field.full_name();
        if (name == "understudy.v1.Scenario.setup" || name == "understudy.v1.Scenario.teardown")
            continue;  // As `steps`.
        const bool resolved = name == "understudy.v1.Step.protocol" || name == "understudy.v1.Step.compression" ||
                              name == "understudy.v1.Application.fronts";
        const auto* message = field.message_type();
        const bool nested = message && !field.is_map() && message->full_name().starts_with("understudy.");
        const auto place = [&](const std::string& value) {
            auto text = around;
            return text.replace(text.find('%'), 1, "{ " + field.name() + ": " + value + " }");
        };
        if (nested && depth < 3) compare_fields(*message, place(field.is_repeated() ? "[%]" : "%"), depth + 1);
        const auto* value_type = field.is_map() ? message->map_value()->message_type() : message;
        if (resolved || (value_type && value_type->full_name() == "google.protobuf.Value")) continue;
        for (const auto& value : samples()) {
            const auto text = place(value);
            const auto document = source::parse_document(text, "x.yaml");
            v1::Scenario format;
            const auto problems = read_format(document->root(), format);
            const auto fault = find_fault(text, "x.yaml");
            EXPECT_EQ(problems.empty(), fault.empty())
                << text << "\nloader: " << (problems.empty() ? "takes it" : problems[0].message())
                << "\nschema: " << (fault.empty() ? "takes it" : fault);
        }
    }
}

TEST(JsonSchema, TakesTheValuesThatTheLoaderTakesForEachField) {
    compare_fields(*v1::Scenario::descriptor(), "%", 0);
}

TEST(JsonSchema, OffersTheCommentsOfTheProto) {
    const auto schema = render_json_schema();
    EXPECT_THAT(
        schema,
        HasSubstr("\"description\": \"What the report calls it. Absent: the file's name without its extension.\""));
    EXPECT_THAT(schema, HasSubstr("\"enum\": [\"rest-stream\"]"));
    EXPECT_THAT(schema, HasSubstr("\"enum\": [\"connect-get\"]"));
    EXPECT_THAT(schema, HasSubstr("\"markdownEnumDescriptions\": [\"The reply is waited for."));
    EXPECT_THAT(schema, HasSubstr("\"label\": \"$update\""));
    EXPECT_THAT(schema, HasSubstr("http://json-schema.org/draft-07/schema#"));
}

// Editors break lines as wide as they are; what is indented, such as the list of matchers, stays as it is written.
TEST(JsonSchema, DescriptionsHaveAParagraphOnALine) {
    const auto schema = render_json_schema();
    EXPECT_THAT(schema, HasSubstr("after one that got no reply at all they are not.\""));
    EXPECT_THAT(schema, HasSubstr("may hold matchers itself.\\n\\n    $any: true  "));
    EXPECT_THAT(schema, HasSubstr("\"markdownDescription\": \"With `method` the response message"));
}

TEST(JsonSchema, KnowsEveryMatcher) {
    const auto document = source::parse_document("{ $nope: 1 }", "x.yaml");
    const auto problem = match::read_json_expectation(document->root(), {.ignore = {}}).problems.at(0);
    std::string names = problem.note().substr(problem.note().find('$'));
    ASSERT_THAT(names, HasSubstr("$unordered"));
    const auto schema = render_json_schema();
    for (std::size_t at = 0; at < names.size(); at += 2) {
        const auto end = std::min(names.find(',', at), names.size());
        EXPECT_THAT(schema, HasSubstr('"' + names.substr(at, end - at) + "\": {"));
        at = end;
    }
}

}  // namespace
}  // namespace understudy::scenario::json_schema_test
