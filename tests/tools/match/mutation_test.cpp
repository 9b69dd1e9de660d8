// Random messages, written as YAML, match themselves; after one field has changed, exactly that field is reported.
#include "tests/tools/scenario/shop.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/match/match.hpp"
#include "tools/match/message_value.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/dynamic_message.h>
#include <gtest/gtest.h>

#include <cstring>
#include <random>

namespace understudy::match::mutation_test {
namespace {

namespace protobuf = google::protobuf;
using Field = protobuf::FieldDescriptor;
using convert::JsonForm;
using protobuf::Message;
using scenario::shop_message;

/// Makes values up. `index` below 0: the field is set; `kNewItem`: it gets one more item; else that item is set.
class Generator {
  public:
    static constexpr int kWhole = -1, kNewItem = -2;

    explicit Generator(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return random_() % limit; }

    void fill(Message& message, int depth) {
        const auto& type = *message.GetDescriptor();
        for (int i = 0; i < type.field_count(); ++i) {
            const auto& field = *type.field(i);
            if (below(3) == 0 || (depth == 0 && field.message_type())) continue;
            if (!field.is_repeated()) {
                set(message, field, kWhole, depth);
            } else {
                for (std::size_t n = below(4); n > 0; --n)
                    field.is_map() ? add_entry(message, field, depth) : set(message, field, kNewItem, depth);
            }
        }
    }

    void set(Message& message, const Field& field, int index, int depth) {
        const auto& r = *message.GetReflection();
        using protobuf::Reflection;
        const auto put = [&](auto one, auto add, auto item, auto value) {
            if (index == kWhole) return (r.*one)(&message, &field, value);
            if (index == kNewItem) return (r.*add)(&message, &field, value);
            (r.*item)(&message, &field, index, value);
        };
        switch (field.cpp_type()) {
            case Field::CPPTYPE_INT32:
                return put(&Reflection::SetInt32, &Reflection::AddInt32, &Reflection::SetRepeatedInt32,
                           static_cast<std::int32_t>(random_()));
            case Field::CPPTYPE_INT64:
                return put(&Reflection::SetInt64, &Reflection::AddInt64, &Reflection::SetRepeatedInt64,
                           static_cast<std::int64_t>(wide()));
            case Field::CPPTYPE_UINT32:
                return put(&Reflection::SetUInt32, &Reflection::AddUInt32, &Reflection::SetRepeatedUInt32,
                           static_cast<std::uint32_t>(random_()));
            case Field::CPPTYPE_UINT64:
                return put(&Reflection::SetUInt64, &Reflection::AddUInt64, &Reflection::SetRepeatedUInt64, wide());
            case Field::CPPTYPE_DOUBLE:
                return put(&Reflection::SetDouble, &Reflection::AddDouble, &Reflection::SetRepeatedDouble,
                           static_cast<double>(random_()) / 7);
            case Field::CPPTYPE_FLOAT:
                return put(&Reflection::SetFloat, &Reflection::AddFloat, &Reflection::SetRepeatedFloat,
                           static_cast<float>(random_()) / 7);
            case Field::CPPTYPE_BOOL:
                return put(&Reflection::SetBool, &Reflection::AddBool, &Reflection::SetRepeatedBool, below(2) == 1);
            case Field::CPPTYPE_ENUM:
                return put(&Reflection::SetEnumValue, &Reflection::AddEnumValue, &Reflection::SetRepeatedEnumValue,
                           static_cast<int>(below(3)));
            case Field::CPPTYPE_STRING:
                return put(&Reflection::SetString, &Reflection::AddString, &Reflection::SetRepeatedString, text(field));
            case Field::CPPTYPE_MESSAGE:
                return fill_message(index == kWhole     ? *r.MutableMessage(&message, &field)
                                    : index == kNewItem ? *r.AddMessage(&message, &field)
                                                        : *r.MutableRepeatedMessage(&message, &field, index),
                                    depth - 1);
        }
    }

  private:
    std::uint64_t wide() { return (std::uint64_t{random_()} << 32) | random_(); }

    std::string text(const Field& field) {
        const std::string letters =
            field.type() == Field::TYPE_BYTES ? std::string("\0\xFF\x80z", 4) : "ab \"\\:#$'\n{}[],";
        std::string out;
        for (std::size_t n = below(6); n > 0; --n) out += letters[below(letters.size())];
        return out;
    }

    void fill_message(Message& message, int depth) {
        const auto& r = *message.GetReflection();
        const auto& type = *message.GetDescriptor();
        switch (convert::json_form(type)) {
            case JsonForm::object:
                return fill(message, depth);
            case JsonForm::wrapper:
                return set(message, *type.field(0), kWhole, 0);
            case JsonForm::timestamp:
            case JsonForm::duration:
                r.SetInt64(&message, type.field(0), static_cast<std::int64_t>(below(1'000'000'000)));
                return r.SetInt32(&message, type.field(1), static_cast<std::int32_t>(below(1'000)) * 1'000'000);
            case JsonForm::field_mask:
                return r.AddString(&message, type.field(0), below(2) == 0 ? "text" : "item.name");
            case JsonForm::structure:
                return add_entry(message, *type.field(0), 2);
            case JsonForm::list:
                return set(message, *type.field(0), kNewItem, 2);
            case JsonForm::value:
                return fill_value(message, depth);
            case JsonForm::any: {
                const auto packed = shop_message("Item", "");
                fill(*packed, 1);
                r.SetString(&message, type.field(0), "type.googleapis.com/shop.Item");
                return r.SetString(&message, type.field(1), packed->SerializeAsString());
            }
        }
    }

    /// A text, a number, a boolean or, not too deep, a list or an object.
    void fill_value(Message& value, int depth) {
        const auto& type = *value.GetDescriptor();
        const auto* kinds = depth > 0 ? "number_value string_value bool_value struct_value list_value"
                                      : "number_value string_value bool_value";
        std::vector<std::string> names;
        for (std::size_t at = 0; at < std::strlen(kinds);) {
            const auto end = std::min(std::string_view(kinds).find(' ', at), std::strlen(kinds));
            names.emplace_back(kinds + at, end - at);
            at = end + 1;
        }
        set(value, *type.FindFieldByName(names[below(names.size())]), kWhole, depth - 1);
    }

    /// Each key once: a map has no two entries of one key.
    void add_entry(Message& message, const Field& field, int depth) {
        const auto& r = *message.GetReflection();
        const auto& key = *field.message_type()->map_key();
        const int taken = r.FieldSize(message, &field);
        if (key.cpp_type() == Field::CPPTYPE_BOOL && taken > 1) return;
        auto& entry = *r.AddMessage(&message, &field);
        const auto& e = *entry.GetReflection();
        if (key.cpp_type() == Field::CPPTYPE_STRING) e.SetString(&entry, &key, "k" + std::to_string(taken));
        if (key.cpp_type() == Field::CPPTYPE_BOOL) e.SetBool(&entry, &key, taken == 1);
        if (key.cpp_type() == Field::CPPTYPE_INT32) e.SetInt32(&entry, &key, taken);
        if (key.cpp_type() == Field::CPPTYPE_UINT64) e.SetUInt64(&entry, &key, static_cast<std::uint64_t>(taken));
        set(entry, *field.message_type()->map_value(), kWhole, depth);
    }

    std::mt19937 random_;
};

/// A place that can be changed: a field, an item or an entry's value, however deep, with its path.
struct Leaf {
    Message* message;
    const Field* field;
    int index;  ///< Of an item; else `Generator::kWhole`.
    std::string path;
};

void collect(Message& message, const std::string& path, std::vector<Leaf>& leaves);

std::string to_key_step(const Message& entry) {
    const auto key = convert::to_field_text(entry, *entry.GetDescriptor()->map_key());
    return key == "true" || key == "false" ? "[\"" + key + "\"]" : '[' + key + ']';
}

/// A message that is a field's value. What is no object of fields changes as a whole.
void collect_below(Message& holder, const Field& field, int index, const std::string& path, std::vector<Leaf>& leaves) {
    const auto& r = *holder.GetReflection();
    auto& below = index < 0 ? *r.MutableMessage(&holder, &field) : *r.MutableRepeatedMessage(&holder, &field, index);
    if (convert::json_form(*field.message_type()) == JsonForm::object) return collect(below, path, leaves);
    if (convert::json_form(*field.message_type()) != JsonForm::value &&
        convert::json_form(*field.message_type()) != JsonForm::structure &&
        convert::json_form(*field.message_type()) != JsonForm::list &&
        convert::json_form(*field.message_type()) != JsonForm::any)
        leaves.push_back({&holder, &field, index, path});
}

void collect(Message& message, const std::string& path, std::vector<Leaf>& leaves) {
    std::vector<const Field*> fields;
    const auto& r = *message.GetReflection();
    r.ListFields(message, &fields);
    for (const auto* field : fields) {
        const auto here = path.empty() ? field->name() : path + '.' + field->name();
        const auto add = [&](Message& holder, const Field& value, int index, const std::string& step) {
            if (value.message_type()) return collect_below(holder, value, index, here + step, leaves);
            leaves.push_back({&holder, &value, index, here + step});
        };
        if (!field->is_repeated()) add(message, *field, Generator::kWhole, "");
        for (int i = 0; field->is_repeated() && i < r.FieldSize(message, field); ++i) {
            if (!field->is_map()) {
                add(message, *field, i, '[' + std::to_string(i) + ']');
            } else {
                auto& entry = *r.MutableRepeatedMessage(&message, field, i);
                add(entry, *field->message_type()->map_value(), Generator::kWhole, to_key_step(entry));
            }
        }
    }
}

std::vector<std::string> paths(const Comparison& comparison) {
    std::vector<std::string> out;
    for (const auto& difference : comparison.differences) out.push_back(difference.path);
    return out;
}

std::string shown(const Leaf& leaf) {
    const auto value = leaf.index < 0 ? to_field_value(*leaf.message, *leaf.field)
                                      : to_element_value(*leaf.message, *leaf.field, leaf.index);
    return to_text(value);
}

class Mutation : public testing::TestWithParam<const char*> {};

TEST_P(Mutation, ExactlyTheChangedFieldIsReported) {
    std::size_t changed = 0;
    for (unsigned seed = 0; seed < 150; ++seed) {
        Generator generator(seed);
        const auto message = shop_message(GetParam(), "");
        generator.fill(*message, 3);
        const auto written = convert::to_json_text(*message, convert::Defaults::hidden);
        const auto document = source::parse_document(written, "random.yaml").value();
        const auto read = read_message_expectation(document.root(), *message, Rules());
        ASSERT_TRUE(read.expectation) << written << '\n' << read.problems.at(0);
        ASSERT_THAT(paths(read.expectation->compare(*message)), testing::IsEmpty()) << written;
        ASSERT_TRUE(to_expectation(*message, Rules()).compare(*message).equal()) << written;

        std::vector<Leaf> leaves;
        collect(*message, "", leaves);
        if (leaves.empty()) continue;
        const std::unique_ptr<Message> before(message->New());
        before->CopyFrom(*message);
        const auto& leaf = leaves[generator.below(leaves.size())];
        const auto old = shown(leaf);
        do {
            if (leaf.field->message_type() && leaf.index < 0)
                leaf.message->GetReflection()->ClearField(leaf.message, leaf.field);
            generator.set(*leaf.message, *leaf.field, leaf.index, 1);
        } while (shown(leaf) == old);
        EXPECT_THAT(paths(read.expectation->compare(*message)), testing::ElementsAre(leaf.path))
            << "seed " << seed << ": " << written;
        EXPECT_THAT(paths(to_expectation(*before, Rules()).compare(*message)), testing::ElementsAre(leaf.path))
            << "seed " << seed << ": " << written;
        ++changed;
    }
    EXPECT_GT(changed, 100U);
}

INSTANTIATE_TEST_SUITE_P(OfMessages, Mutation, testing::Values("Everything", "Kinds"));

}  // namespace
}  // namespace understudy::match::mutation_test
