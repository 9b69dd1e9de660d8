// Every spelling that protobuf's JSON mapping allows reads as the same message, and what it does not allow is refused.
#include "proto/wire/base64.hpp"
#include "tests/tools/match/random_message.hpp"
#include "tests/tools/scenario/shop.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/message_value.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/match/message_json.hpp"
#include "tools/match/message_value.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace understudy::match::json_mapping_test {
namespace {

namespace protobuf = google::protobuf;
using Field = protobuf::FieldDescriptor;
using convert::JsonForm;
using protobuf::Message;
using scenario::shop_message;

std::unique_ptr<Message> nothing() {
    static const auto descriptors = std::get<std::shared_ptr<const scenario::Descriptors>>(scenario::read_descriptors(
        {.proto_files = {"shop/nothings.proto"}, .import_paths = {scenario::schema_folder()}, .descriptor_set = ""}));
    return descriptors->make_message(*descriptors->find_method("shop.Nothings/Have")->input_type());
}

/// The message, as protobuf's text; or why it is none.
std::string read(const std::string& json, Message& message) {
    const protobuf::LogSilencer quiet;
    const auto value = read_message_json(json, message);
    if (!value) return value.error().message();
    return (value->whole ? "" : "with unknown fields: ") + message.ShortDebugString();
}

struct Case {
    std::string_view type;
    std::string_view json;
    std::string_view read;
};

std::string read(const Case& row) {
    const auto message = row.type == "Nothing" ? nothing() : shop_message(std::string(row.type), "");
    return read(std::string(row.json), *message);
}

constexpr Case kAllowed[]{
    {"Everything", R"({"int32":"5","int64":5,"uint64":"18446744073709551615"})",
     "int32: 5 int64: 5 uint64: 18446744073709551615"},
    {"Everything", R"({"int32":1.0,"int64":"1e3","uint64":12.50e1})", "int32: 1 int64: 1000 uint64: 125"},
    {"Everything", R"({"int64":9007199254740993.0})", "int64: 9007199254740993"},
    {"Everything", R"({"real":"1.5","single":"-1e2","reals":["NaN","-Infinity",7]})",
     "real: 1.5 single: -100 reals: nan reals: -inf reals: 7"},
    {"Everything", R"({"bytes":"-_8"})", "bytes: \"\\373\\377\""},
    {"Everything", R"({"bytes":"+/8="})", "bytes: \"\\373\\377\""},
    {"Everything", R"({"size":2,"item":{"size":"SMALL"}})", "size: LARGE item { size: SMALL }"},
    {"Everything", R"({"size":1.0,"maybe":0,"left":""})", R"(size: SMALL maybe: 0 left: "")"},
    {"Everything", R"({"maybe":null,"item":null,"items":null,"counts":null,"left":null,"right":3})", "right: 3"},
    {"Everything", R"({"shelf":{"01":{},"-2":{},"3e0":{}},"names":{"true":"t"}})",
     "shelf { key: -2 value { } } shelf { key: 1 value { } } shelf { key: 3 value { } } names { key: true value: \"t\" "
     "}"},
    {"Everything", R"({"time":"2024-05-01T14:00:00.50+02:00","duration":"-1.50s"})",
     "time { seconds: 1714564800 nanos: 500000000 } duration { seconds: -1 nanos: -500000000 }"},
    {"Everything", R"({"any":{"name":"a","@type":"example.com/types/shop.Item"}})",
     R"(any { [type.googleapis.com/shop.Item] { name: "a" } })"},
    {"Everything", R"({"any":{}})", "any { }"},
    {"Kinds", R"({"yes":true,"long":"7","packed":"YQ","mask":"a.bC,d"})",
     R"(mask { paths: "a.b_c" paths: "d" } long { value: 7 } yes { value: true } packed { value: "a" })"},
    {"Kinds", R"({"value":null})", "value { null_value: NULL_VALUE }"},
    {"Kinds", R"({"any":{"@type":"type.googleapis.com/google.protobuf.Int64Value","value":"7"}})",
     "any { [type.googleapis.com/google.protobuf.Int64Value] { value: 7 } }"},
    {"Kinds", R"({"any":{"value":{"a":[null]},"@type":"t/google.protobuf.Struct"}})",
     R"(any { [type.googleapis.com/google.protobuf.Struct] { fields { key: "a" value { list_value { values { null_value: NULL_VALUE } } } } } })"},
    {"Kinds", R"({"any":{"@type":"t/google.protobuf.Value","value":null}})",
     "any { [type.googleapis.com/google.protobuf.Value] { null_value: NULL_VALUE } }"},
    {"Kinds", R"({"any":{"@type":"t/google.protobuf.FieldMask","value":"aB"}})",
     R"(any { [type.googleapis.com/google.protobuf.FieldMask] { paths: "a_b" } })"},
    {"Kinds", R"({"any":{"value":{"name":"a","@type":"t/shop.Item"},"@type":"t/google.protobuf.Any"}})",
     R"(any { [type.googleapis.com/google.protobuf.Any] { [type.googleapis.com/shop.Item] { name: "a" } } })"},
    {"Kinds", R"({"any":{"any":{"@type":"t/google.protobuf.BoolValue","value":false},"@type":"t/shop.Kinds"}})",
     "any { [type.googleapis.com/shop.Kinds] { any { [type.googleapis.com/google.protobuf.BoolValue] { } } } }"},
    {"Nothing", R"({"nothing":null,"nothings":[null,"NULL_VALUE",0],"named":{"a":null}})",
     R"(nothings: NULL_VALUE nothings: NULL_VALUE nothings: NULL_VALUE named { key: "a" value: NULL_VALUE })"},
    {"Nothing", R"({"none":null})", "none: NULL_VALUE"},
    {"Nothing", R"({"none":"NULL_VALUE","text":null})", "none: NULL_VALUE"},
    {"Nothing", R"({"some":null})", "some { null_value: NULL_VALUE }"},
    {"Nothing", R"({"any":{"@type":"type.googleapis.com/google.protobuf.Empty"},"empty":{}})",
     "any { [type.googleapis.com/google.protobuf.Empty] { } } empty { }"},
    {"Nothing", R"({"any":{"@type":"type.googleapis.com/google.protobuf.Empty","value":{}}})",
     "any { [type.googleapis.com/google.protobuf.Empty] { } }"},
};

TEST(JsonMapping, WhatItAllowsIsRead) {
    for (const auto& row : kAllowed) EXPECT_EQ(read(row), row.read) << row.json;
}

constexpr Case kRefused[]{
    // Lists, maps and messages.
    {"Everything", "[]", "[] is no shop.Everything"},
    {"Everything", "null", "null is no shop.Everything"},
    {"Everything", R"({"numbers":5})", "numbers: 5 is no list"},
    {"Everything", R"({"numbers":{}})", "numbers: {} is no list"},
    {"Everything", R"({"items":{"name":"a"}})", R"(items: {"name":"a"} is no list)"},
    {"Everything", R"({"numbers":[[1]]})", "numbers[0]: [1] is no int32"},
    {"Everything", R"({"counts":[]})", "counts: [] is no map"},
    {"Everything", R"({"counts":"a"})", R"(counts: "a" is no map)"},
    {"Everything", R"({"item":[]})", "item: [] is no shop.Item"},
    {"Everything", R"({"item":""})", R"(item: "" is no shop.Item)"},
    {"Everything", R"({"items":[null]})", "items[0]: null is no element"},
    {"Everything", R"({"counts":{"a":null}})", "counts.a: null is no element"},
    {"Everything", R"({"left":"a","right":1})", "'left' and 'right' are of one oneof"},
    // Keys.
    {"Everything", R"({"shelf":{"a":{}}})", R"(shelf: "a" is no key of type int32)"},
    {"Everything", R"({"shelf":{"":{}}})", R"(shelf: "" is no key of type int32)"},
    {"Everything", R"({"shelf":{"2147483648":{}}})", R"(shelf: "2147483648" is no key of type int32)"},
    {"Everything", R"({"shelf":{"1":{},"01":{}}})", R"(shelf: the key "1" is there several times)"},
    {"Everything", R"({"names":{"1":"a"}})", R"(names: "1" is no key of type bool)"},
    // Scalars.
    {"Everything", R"({"flag":"true"})", R"(flag: "true" is no boolean)"},
    {"Everything", R"({"flag":1})", "flag: 1 is no boolean"},
    {"Everything", R"({"names":{"true":true}})", "names.true: true is no text"},
    {"Everything", R"({"int32":true})", "int32: true is no int32"},
    {"Everything", R"({"int32":""})", R"(int32: "" is no int32)"},
    {"Everything", R"({"int32":" 1"})", R"(int32: " 1" is no int32)"},
    {"Everything", R"({"int32":"+1"})", R"(int32: "+1" is no int32)"},
    {"Everything", R"({"int32":"0x1"})", R"(int32: "0x1" is no int32)"},
    {"Everything", R"({"int32":1.5})", "int32: 1.5 is no int32"},
    {"Everything", R"({"int32":2147483648})", "int32: 2147483648 is out of the range of int32"},
    {"Everything", R"({"uint64":-1})", "uint64: -1 is out of the range of uint64"},
    {"Everything", R"({"real":true})", "real: true is no double"},
    {"Everything", R"({"real":"nan"})", R"(real: "nan" is no double)"},
    {"Everything", R"({"real":"1.5 "})", R"(real: "1.5 " is no double)"},
    {"Everything", R"({"real":1e400})", "real: 1e400 is out of the range of double"},
    {"Everything", R"({"single":1e40})", "single: 1e40 is out of the range of float"},
    {"Everything", R"({"text":5})", "text: 5 is no text"},
    {"Everything", R"({"text":true})", "text: true is no text"},
    {"Everything", R"({"text":{}})", "text: {} is no text"},
    {"Everything", R"({"bytes":"a"})", R"(bytes: "a" is no base64)"},
    {"Everything", R"({"bytes":"hex:0a"})", R"(bytes: "hex:0a" is no base64)"},
    {"Everything", R"({"bytes":7})", "bytes: 7 is no text"},
    {"Everything", R"({"size":"1"})", R"(size: "1" is no value of shop.Size)"},
    {"Everything", R"({"size":""})", R"(size: "" is no value of shop.Size)"},
    {"Everything", R"({"size":true})", "size: true is no value of shop.Size"},
    {"Everything", R"({"size":1.5})", "size: 1.5 is no int32"},
    // Well-known types.
    {"Everything", R"({"time":{"seconds":5}})", R"(time: {"seconds":5} is no timestamp)"},
    {"Everything", R"({"time":5})", "time: 5 is no timestamp"},
    {"Everything", R"({"time":"2024-05-01t12:00:00z"})", R"(time: "2024-05-01t12:00:00z" is no timestamp)"},
    {"Everything", R"({"time":"2024-05-01 12:00:00Z"})", R"(time: "2024-05-01 12:00:00Z" is no timestamp)"},
    {"Everything", R"({"time":"2024-02-30T12:00:00Z"})", R"(time: "2024-02-30T12:00:00Z" is no timestamp)"},
    {"Everything", R"({"duration":{"seconds":5}})", R"(duration: {"seconds":5} is no duration)"},
    {"Everything", R"({"duration":"1"})", R"(duration: "1" is no duration)"},
    {"Everything", R"({"duration":1})", "duration: 1 is no duration"},
    {"Everything", R"({"wrapped":{"value":"a"}})", R"(wrapped: {"value":"a"} is no text)"},
    {"Kinds", R"({"long":{"value":5}})", R"(long: {"value":5} is no int64)"},
    {"Kinds", R"({"yes":"true"})", R"(yes: "true" is no boolean)"},
    {"Kinds", R"({"any":{"@type":"t/google.protobuf.ListValue","value":{}}})", "any.value: {} is no list"},
    {"Kinds", R"({"mask":{"paths":["a"]}})", R"(mask: {"paths":["a"]} is no field mask)"},
    {"Kinds", R"({"mask":"a_b"})", R"(mask: "a_b" is no field mask)"},
    {"Kinds", R"({"list":{"values":[]}})", R"(list: {"values":[]} is no list)"},
    {"Kinds", R"({"structure":[]})", "structure: [] is no object"},
    {"Kinds", R"({"value":1e400})", "value: 1e400 is out of the range of double"},
    {"Everything", R"({"any":"a"})", R"(any: "a" is no google.protobuf.Any)"},
    {"Everything", R"({"any":{"name":"a"}})", "any: the key '@type' is missing"},
    {"Everything", R"({"any":{"@type":7}})", "any: 7 is no URL of a type"},
    {"Everything", R"({"any":{"@type":"shop.Item"}})", R"(any: "shop.Item" is no URL of a type)"},
    {"Everything", R"({"any":{"@type":"type.googleapis.com/google.protobuf.Duration"}})",
     "any: the key 'value' is missing"},
    {"Everything", R"({"any":{"@type":"type.googleapis.com/google.protobuf.Duration","value":{}}})",
     "any.value: {} is no duration"},
    {"Nothing", R"({"nothing":"null"})", R"(nothing: "null" is no null)"},
    {"Nothing", R"({"nothing":5})", "nothing: 5 is no null"},
    {"Nothing", R"({"nothing":false})", "nothing: false is no null"},
    {"Nothing", R"({"nothings":[{}]})", "nothings[0]: {} is no null"},
    {"Nothing", R"({"none":null,"some":null})", "'none' and 'some' are of one oneof"},
    {"Nothing", R"({"empty":""})", R"(empty: "" is no google.protobuf.Empty)"},
};

TEST(JsonMapping, WhatItDoesNotAllowIsRefused) {
    for (const auto& row : kRefused) EXPECT_EQ(read(row), row.read) << row.json;
}

/// Writes messages as JSON, each part in one of the spellings that the mapping allows.
class Speller {
  public:
    explicit Speller(unsigned seed) : random_(seed) {}

    std::string spell(const Message& message) {
        switch (convert::json_form(*message.GetDescriptor())) {
            case JsonForm::object:
                return to_object(members(message));
            case JsonForm::timestamp:
            case JsonForm::duration:
                return to_time(message);
            case JsonForm::field_mask:
                return convert::to_json_text(message, convert::Defaults::hidden);
            case JsonForm::wrapper:
                return element(message, *message.GetDescriptor()->field(0), -1);
            case JsonForm::structure:
            case JsonForm::list:
                return field(message, *message.GetDescriptor()->field(0));
            case JsonForm::value:
                return to_json(message);
            case JsonForm::any:
                return to_any(message);
        }
        return {};
    }

    /// The same with another value of one of its fields.
    std::string spell_with(const Message& message, const Field& field, const std::string& value) {
        const std::unique_ptr<Message> others(message.New());
        others->CopyFrom(message);
        others->GetReflection()->ClearField(others.get(), &field);
        auto texts = members(*others, &field);
        texts.push_back(convert::to_quoted_text(field.name()) + ':' + value);
        return to_object(std::move(texts));
    }

  private:
    bool coin() { return random_() % 2 == 0; }
    std::string blank() { return coin() ? "" : coin() ? " " : "\n\t"; }
    const std::string& pick(const std::vector<std::string>& spellings) {
        return spellings[random_() % spellings.size()];
    }

    std::string to_object(std::vector<std::string> members) {
        std::shuffle(members.begin(), members.end(), random_);
        std::string text;
        for (const auto& member : members) text += (text.empty() ? "" : ",") + blank() + member;
        return '{' + text + blank() + '}';
    }

    std::vector<std::string> members(const Message& message, const Field* left_out = nullptr) {
        std::vector<std::string> texts;
        const auto& type = *message.GetDescriptor();
        const auto& reflection = *message.GetReflection();
        for (int i = 0; i < type.field_count(); ++i) {
            const auto& own = *type.field(i);
            if (&own == left_out) continue;
            const auto name = convert::to_quoted_text(coin() ? own.name() : own.json_name()) + blank() + ':';
            const bool set =
                own.is_repeated() ? reflection.FieldSize(message, &own) > 0 : reflection.HasField(message, &own);
            const bool takes_null = own.message_type() && convert::json_form(*own.message_type()) == JsonForm::value;
            if (set)
                texts.push_back(name + field(message, own));
            else if (coin() && !takes_null)
                texts.push_back(name + "null");
            else if (coin() && !own.has_presence())
                texts.push_back(name + field(message, own));
        }
        return texts;
    }

    std::string field(const Message& message, const Field& own) {
        if (!own.is_repeated()) return element(message, own, -1);
        const auto size = message.GetReflection()->FieldSize(message, &own);
        std::vector<std::string> parts;
        for (int i = 0; i < size; ++i) {
            if (!own.is_map()) {
                parts.push_back(element(message, own, i));
                continue;
            }
            const auto& entry = message.GetReflection()->GetRepeatedMessage(message, &own, i);
            const auto& type = *own.message_type();
            parts.push_back(key(entry, *type.map_key()) + ':' + element(entry, *type.map_value(), -1));
        }
        if (own.is_map()) return to_object(parts);
        std::string text;
        for (const auto& part : parts) text += (text.empty() ? "" : ",") + part;
        return '[' + text + ']';
    }

    std::string key(const Message& entry, const Field& own) {
        const auto text = convert::to_field_text(entry, own);
        if (text.starts_with('"')) return to_text(text.substr(1, text.size() - 2));
        const bool digits = own.cpp_type() != Field::CPPTYPE_BOOL && !text.starts_with('-');
        return '"' + (digits ? pick({text, '0' + text, text + "e0", text + ".0"}) : text) + '"';
    }

    std::string element(const Message& message, const Field& own, int index) {
        const auto& reflection = *message.GetReflection();
        if (own.message_type())
            return spell(index < 0 ? reflection.GetMessage(message, &own)
                                   : reflection.GetRepeatedMessage(message, &own, index));
        const auto shown =
            index < 0 ? convert::to_field_text(message, own) : convert::to_element_text(message, own, index);
        const auto value = index < 0 ? to_field_value(message, own) : to_element_value(message, own, index);
        switch (own.cpp_type()) {
            case Field::CPPTYPE_BOOL:
                return shown;
            case Field::CPPTYPE_ENUM:
                return to_enum(own, shown);
            case Field::CPPTYPE_STRING:
                return own.type() == Field::TYPE_BYTES ? to_bytes(value.text) : to_text(value.text);
            case Field::CPPTYPE_DOUBLE:
            case Field::CPPTYPE_FLOAT:
                return pick({shown, '"' + shown + '"', to_zeros(shown)});
            default:
                return pick({shown, '"' + shown + '"', shown + ".0", shown + "e0", '"' + shown + "e+00\"",
                             (shown == "0" ? "" : shown) + "0e-1", shown + ".000E0"});
        }
    }

    /// One more zero behind the digits after a point.
    static std::string to_zeros(const std::string& shown) {
        const auto exponent = std::min(shown.find('e'), shown.size());
        const bool point = shown.find('.') < exponent;
        return shown.substr(0, exponent) + (point ? "0" : ".0") + shown.substr(exponent);
    }

    std::string to_enum(const Field& own, const std::string& shown) {
        const auto* named =
            shown.starts_with('"') ? own.enum_type()->FindValueByName(shown.substr(1, shown.size() - 2)) : nullptr;
        if (!named) return shown;
        const auto number = std::to_string(named->number());
        return pick({shown, number, number + ".0"});
    }

    std::string to_text(const std::string& text) {
        if (coin()) return convert::to_quoted_text(text);
        constexpr std::string_view kDigits = "0123456789ABCDEF";
        std::string escaped;
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            escaped += std::string("\\u00") + kDigits[byte >> 4] + kDigits[byte & 15];
        }
        return '"' + escaped + '"';
    }

    std::string to_bytes(const std::string& bytes) {
        std::string text = wire::to_base64(bytes, wire::Padding::full);
        if (coin()) text.erase(std::min(text.find('='), text.size()));
        if (coin()) {
            std::ranges::replace(text, '+', '-');
            std::ranges::replace(text, '/', '_');
        }
        return '"' + text + '"';
    }

    std::string to_time(const Message& message) {
        auto text = convert::to_json_text(message, convert::Defaults::hidden);
        const char last = text[text.size() - 2];
        const auto before = text.substr(0, text.size() - 2);
        const bool point = before.find('.') != std::string::npos;
        const auto longer = before + (point ? "" : ".") + "000";
        if (last == 's') return pick({text, longer + "s\""});
        return pick({text, longer + "Z\"", before + "+00:00\"", before + "-00:00\""});
    }

    std::string to_json(const Message& value) {
        std::vector<const Field*> fields;
        value.GetReflection()->ListFields(value, &fields);
        if (fields.empty() || fields.front()->cpp_type() == Field::CPPTYPE_ENUM) return "null";
        const auto shown = convert::to_field_text(value, *fields.front());
        return fields.front()->cpp_type() == Field::CPPTYPE_DOUBLE ? pick({shown, to_zeros(shown)})
                                                                   : element(value, *fields.front(), -1);
    }

    std::string to_any(const Message& any) {
        const auto content = convert::unpack(any);
        if (!content) return "{}";
        const std::string type = '/' + content->GetDescriptor()->full_name() + '"';
        auto texts = members(*content);
        texts.push_back("\"@type\":\"" + pick({"type.googleapis.com", "example.com/a", ""}) + type);
        return to_object(std::move(texts));
    }

    std::mt19937 random_;
};

class RandomMessages : public testing::TestWithParam<const char*> {};

TEST_P(RandomMessages, ReadTheSameFromEverySpelling) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        random_message::Generator generator(seed);
        const auto message = shop_message(GetParam(), "");
        generator.fill(*message, 3);
        const auto json = Speller(seed).spell(*message);
        const std::unique_ptr<Message> again(message->New());
        const protobuf::LogSilencer quiet;
        const auto read = read_message_json(json, *again);
        ASSERT_TRUE(read) << "seed " << seed << ": " << read.error().message() << '\n' << json;
        EXPECT_TRUE(read->whole && read->named) << json;
        EXPECT_EQ(match::to_text(read->value), match::to_text(to_value(*message))) << "seed " << seed << ": " << json;
    }
}

INSTANTIATE_TEST_SUITE_P(InJson, RandomMessages, testing::Values("Everything", "Kinds"));

/// What is no value of the field, whatever the mapping allows.
std::string to_misfit(const Field& field) {
    if (field.is_repeated()) return field.is_map() ? "[]" : "{}";
    if (field.cpp_type() == Field::CPPTYPE_BOOL) return "\"true\"";
    if (field.cpp_type() == Field::CPPTYPE_STRING) return "5";
    return field.message_type() && convert::json_form(*field.message_type()) == JsonForm::list ? "{}" : "[]";
}

TEST_P(RandomMessages, AreRefusedWithOnePartOfAnotherKind) {
    std::size_t refused = 0;
    for (unsigned seed = 0; seed < 300; ++seed) {
        random_message::Generator generator(seed);
        const auto message = shop_message(GetParam(), "");
        generator.fill(*message, 1);
        std::vector<const Field*> fields;
        message->GetReflection()->ListFields(*message, &fields);
        std::erase_if(fields, [](const Field* field) {
            return field->message_type() && !field->is_repeated() &&
                   convert::json_form(*field->message_type()) == JsonForm::value;
        });
        if (fields.empty()) continue;
        const auto& broken = *fields[generator.below(fields.size())];
        const auto json = Speller(seed).spell_with(*message, broken, to_misfit(broken));
        const std::unique_ptr<Message> again(message->New());
        const protobuf::LogSilencer quiet;
        const auto read = read_message_json(json, *again);
        ASSERT_FALSE(read) << "seed " << seed << ": " << json;
        EXPECT_THAT(read.error().message(), testing::StartsWith(broken.name())) << json;
        ++refused;
    }
    EXPECT_GT(refused, 250U);
}

}  // namespace
}  // namespace understudy::match::json_mapping_test
