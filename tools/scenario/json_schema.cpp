#include "tools/scenario/json_schema.hpp"

#include "proto/wire/compression.hpp"
#include "proto/wire/protocol.hpp"
#include "tools/scenario/commented_file.hpp"
#include "tools/scenario/front.hpp"
#include "tools/scenario/schema_text.hpp"

#include <google/protobuf/descriptor.h>

#include <array>
#include <cstdint>
#include <limits>

namespace understudy::scenario {
namespace {

namespace protobuf = google::protobuf;
using Field = protobuf::FieldDescriptor;

constexpr const char* kVariable = R"(\$\{)";
/// Texts that the loader takes for a whole number: digits, zeros behind a dot, an exponent; or with a variable in them.
constexpr const char* kWhole = R"(^[-+]?([0-9]+(\.0*)?|[0-9.]+[eE]\+?[0-9]+)$|\$\{)";
/// The same without a minus.
constexpr const char* kNatural = R"(^\+?([0-9]+(\.0*)?|[0-9.]+[eE]\+?[0-9]+)$|\$\{)";
constexpr const char* kDefinitions = "#/definitions/";

/// Editors that show Markdown take the second; to others that is no keyword.
void describe(SchemaText& schema, const std::string& comment) {
    if (comment.empty()) return;
    schema.set("description", SchemaText::text(comment));
    if (comment.find_first_of("`\n") != std::string::npos) schema.set("markdownDescription", SchemaText::text(comment));
}

SchemaText reference(const std::string& name) {
    return SchemaText::object({{"$ref", SchemaText::text(kDefinitions + name)}});
}

/// What is beside a reference does not count, so it stands in a list of its own.
SchemaText all_of(const std::string& name) {
    return SchemaText::object({{"allOf", SchemaText::list({reference(name)})}});
}

SchemaText nothing() {
    return SchemaText::object({{"not", SchemaText::object()}});
}

/// A type, `null` for what is absent, and a text that is a variable; or a text with another pattern.
SchemaText typed(std::initializer_list<std::string_view> types, const char* pattern = kVariable) {
    return SchemaText::object({{"type", SchemaText::texts(types)}, {"pattern", SchemaText::text(pattern)}});
}

/// The alternatives exclude each other; what each value means stands beside it, as editors know it.
SchemaText enum_schema(const protobuf::EnumDescriptor& type) {
    std::vector<SchemaText> names, meanings;
    bool is_explained = false;
    for (int i = 0; i < type.value_count(); ++i) {
        const auto& value = *type.value(i);
        if (value.name().ends_with("_unspecified")) continue;
        names.push_back(SchemaText::text(value.name()));
        const std::string meaning = comment_of(value);
        is_explained = is_explained || !meaning.empty();
        meanings.push_back(SchemaText::text(meaning));
    }
    auto choice = SchemaText::object({{"enum", SchemaText::list(std::move(names))}});
    if (is_explained) {
        choice.set("enumDescriptions", SchemaText::list(meanings));
        choice.set("markdownEnumDescriptions", SchemaText::list(meanings));
    }
    auto number = typed({"integer", "string", "null"}, kWhole);
    number.set("maximum", SchemaText::number(std::numeric_limits<std::int32_t>::max()));
    return SchemaText::object({{"oneOf", SchemaText::list({std::move(choice), std::move(number)})}});
}

std::string_view dialect_name(wire::Dialect dialect) {
    return wire::to_name(dialect);
}

constexpr std::array kCompressions{wire::Compression::identity, wire::Compression::gzip};

std::string_view compression_name(wire::Compression compression) {
    return wire::to_name(compression);
}

/// Texts of which each is a name, or a variable.
template <class Values, class Name>
SchemaText names_schema(const Values& values, Name name) {
    std::vector<SchemaText> choices;
    for (const auto value : values) choices.push_back(SchemaText::object({{"enum", SchemaText::texts({name(value)})}}));
    choices.push_back(typed({"string", "null"}));
    return SchemaText::object({{"anyOf", SchemaText::list(std::move(choices))}});
}

/// Matchers stand in what replies and invocations are compared with.
bool takes_matchers(const Field& field) {
    const auto& owner = *field.containing_type();
    const auto& type = owner.options().map_entry() ? *owner.containing_type() : owner;
    return type.name() == "Expectation" || type.name() == "InvocationExpectation";
}

SchemaText message_value(const Field& field) {
    const auto& name = field.message_type()->full_name();
    if (name == "google.protobuf.Value") return all_of(takes_matchers(field) ? "expected" : "value");
    if (name == "google.protobuf.Duration") return typed({"string", "null"}, R"(^-?[0-9]+(\.[0-9]{1,9})?s$|\$\{)");
    return all_of(field.message_type()->name());
}

SchemaText value_schema(const Field& field) {
    switch (field.cpp_type()) {
        case Field::CPPTYPE_MESSAGE:
            return message_value(field);
        case Field::CPPTYPE_ENUM:
            return enum_schema(*field.enum_type());
        case Field::CPPTYPE_BOOL:
            return typed({"boolean", "string", "null"});
        case Field::CPPTYPE_STRING:
            if (field.full_name() == "understudy.v1.Step.protocol") return names_schema(wire::kDialects, dialect_name);
            if (field.full_name() == "understudy.v1.Step.compression")
                return names_schema(kCompressions, compression_name);
            if (field.full_name() == "understudy.v1.Application.fronts") return names_schema(kFronts, front_name);
            return SchemaText::object({{"type", SchemaText::texts({"string", "number", "boolean", "null"})}});
        default:
            break;
    }
    const bool natural = field.cpp_type() == Field::CPPTYPE_UINT32 || field.cpp_type() == Field::CPPTYPE_UINT64;
    auto number = typed({"integer", "string", "null"}, natural ? kNatural : kWhole);
    if (natural) number.set("minimum", SchemaText::number(0));
    if (field.cpp_type() == Field::CPPTYPE_UINT32)
        number.set("maximum", SchemaText::number(std::numeric_limits<std::uint32_t>::max()));
    return number;
}

SchemaText field_schema(const Field& field) {
    SchemaText schema = SchemaText::object();
    if (field.is_map()) {
        schema = typed({"object", "string", "null"});
        schema.set("additionalProperties", value_schema(*field.message_type()->map_value()));
    } else if (field.is_repeated()) {
        schema = typed({"array", "string", "null"});
        schema.set("items", value_schema(field));
    } else {
        schema = value_schema(field);
    }
    describe(schema, comment_of(field));
    return schema;
}

/// JSON names pass, and are not offered.
void add_properties(const protobuf::Descriptor& type, SchemaText& schema) {
    SchemaText properties = SchemaText::object();
    SchemaText others = SchemaText::object();
    for (int i = 0; i < type.field_count(); ++i) {
        const auto& field = *type.field(i);
        properties.set(field.name(), field_schema(field));
        if (field.json_name() != field.name()) others.set('^' + field.json_name() + '$', field_schema(field));
    }
    schema.set("properties", std::move(properties));
    if (others.has_members()) schema.set("patternProperties", std::move(others));
    schema.set("additionalProperties", SchemaText::boolean(false));
}

SchemaText message_schema(const protobuf::Descriptor& type) {
    auto schema = typed({"object", "string", "null"});
    describe(schema, comment_of(type));
    add_properties(type, schema);
    return schema;
}

/// Any JSON; keys that begin with one `$` are those of matchers.
SchemaText plain_value() {
    return SchemaText::object({{"patternProperties", SchemaText::object({{R"(^\$[^${])", nothing()}})},
                               {"additionalProperties", reference("value")},
                               {"items", reference("value")}});
}

SchemaText described(SchemaText schema, const char* description) {
    schema.set("description", SchemaText::text(description));
    return schema;
}

SchemaText matcher_properties() {
    const auto word = [] { return SchemaText::object({{"enum", SchemaText::list({SchemaText::boolean(true)})}}); };
    const auto pair = [] {
        auto list = typed({"array", "string"});
        list.set("minItems", SchemaText::number(2));
        list.set("maxItems", SchemaText::number(2));
        return list;
    };
    const auto list_of = [](SchemaText items) {
        auto list = typed({"array", "string"});
        list.set("items", std::move(items));
        return list;
    };
    auto approx = typed({"object", "string"});
    approx.set("required", SchemaText::texts({"value", "tol"}));
    auto length = typed({"integer", "array", "string"}, kNatural);
    const auto text = [] { return SchemaText::object({{"type", SchemaText::texts({"string", "number", "boolean"})}}); };
    return SchemaText::object({
        {"$any", described(word(), "anything, also nothing")},
        {"$present", described(word(), "set, whatever it is")},
        {"$absent", described(word(), "not set")},
        {"$regex", described(text(), "a text, or an enum's name, in which RE2 finds this")},
        {"$approx",
         described(std::move(approx), "{ value: 2.5, tol: 0.1 }: a number, or a time with a tolerance such as 0.5s")},
        {"$between", described(pair(), "the least and the most, both included; also of times")},
        {"$len", described(std::move(length),
                           "characters of a text, bytes, elements of a list, entries of a map: 3 or [1, 3]")},
        {"$contains",
         described(all_of("expected"), "parts of a text or of bytes, elements among others, entries, fields")},
        {"$unordered", described(list_of(reference("expected")), "a list of these, in any order")},
        {"$type", described(text(),
                            "a text's kind (uuid, timestamp, date, url, email, …), JSON's (string, number, …), or the "
                            "message in an Any")},
        {"$partial", described(all_of("expected"), "from here on, only what is written is compared")},
        {"$exact", described(all_of("expected"), "from here on, everything is compared")},
        {"$equals", described(all_of("expected"), "the value itself, for use among other matchers")},
        {"$ignore", described(list_of(text()), "paths below it that are not compared; also beside fields")},
        {"$update", described(word(), "never met: understudy test --update writes here what came")},
    });
}

/// A matcher in one word, as editors offer it for a value; to others this is no keyword.
SchemaText short_form(std::string_view word, std::string_view meaning) {
    return SchemaText::object({{"label", SchemaText::text(word)},
                               {"description", SchemaText::text(meaning)},
                               {"body", SchemaText::text(word)}});
}

/// A value to compare with: matchers may stand anywhere in it.
SchemaText expected_value() {
    return SchemaText::object(
        {{"properties", matcher_properties()},
         {"patternProperties", SchemaText::object({{R"(^([^$]|\$\$|\$\{|$))", reference("expected")}})},
         {"additionalProperties", SchemaText::boolean(false)},
         {"items", reference("expected")},
         {"defaultSnippets",
          SchemaText::list({short_form("$update", "what came, once --update has written it"),
                            short_form("$any", "anything, also nothing"), short_form("$present", "set, whatever it is"),
                            short_form("$absent", "not set")})}});
}

}  // namespace

std::string render_json_schema() {
    const CommentedFile commented;
    const auto& file = commented.descriptor();
    SchemaText definitions = SchemaText::object();
    for (int i = 0; i < file.message_type_count(); ++i) {
        const auto& type = *file.message_type(i);
        if (type.name() != "Scenario") definitions.set(type.name(), message_schema(type));
    }
    definitions.set("value", plain_value());
    definitions.set("expected", expected_value());
    auto schema = SchemaText::object({{"$schema", SchemaText::text("http://json-schema.org/draft-07/schema#")}});
    const auto& scenario = *file.FindMessageTypeByName("Scenario");
    describe(schema, comment_of(scenario));
    schema.set("type", SchemaText::text("object"));
    add_properties(scenario, schema);
    schema.set("definitions", std::move(definitions));
    return schema.render();
}

}  // namespace understudy::scenario
