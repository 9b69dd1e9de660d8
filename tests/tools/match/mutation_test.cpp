// Random messages, written as YAML, match themselves; after one field has changed, exactly that field is reported.
#include "tests/tools/scenario/shop.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/match/match.hpp"
#include "tools/match/message_value.hpp"

#include <gmock/gmock.h>
#include <google/protobuf/dynamic_message.h>
#include <gtest/gtest.h>

#include <random>

namespace understudy::match {
namespace {

namespace protobuf = google::protobuf;
using Field = protobuf::FieldDescriptor;
using protobuf::Message;
using scenario::shop_message;

class Generator {
  public:
    explicit Generator(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return random_() % limit; }

    void fill(Message& message, int depth) {
        const auto& type = *message.GetDescriptor();
        for (int i = 0; i < type.field_count(); ++i) {
            const auto& field = *type.field(i);
            const bool left_out = below(3) == 0 || unwritable(field) || (depth == 0 && field.message_type());
            if (left_out) continue;
            if (!field.is_repeated()) {
                set(message, field, depth);
            } else {
                for (std::size_t n = below(4); n > 0; --n) add(message, field, depth);
            }
        }
    }

    void set(Message& message, const Field& field, int depth) {
        const auto& r = *message.GetReflection();
        const auto number = static_cast<std::int32_t>(random_());
        switch (field.cpp_type()) {
            case Field::CPPTYPE_INT32:
                return r.SetInt32(&message, &field, number);
            case Field::CPPTYPE_INT64:
                return r.SetInt64(&message, &field, static_cast<std::int64_t>(number) << 20);
            case Field::CPPTYPE_UINT32:
                return r.SetUInt32(&message, &field, static_cast<std::uint32_t>(number));
            case Field::CPPTYPE_UINT64:
                return r.SetUInt64(&message, &field, static_cast<std::uint64_t>(number));
            case Field::CPPTYPE_DOUBLE:
                return r.SetDouble(&message, &field, number / 7.0);
            case Field::CPPTYPE_FLOAT:
                return r.SetFloat(&message, &field, static_cast<float>(number) / 7);
            case Field::CPPTYPE_BOOL:
                return r.SetBool(&message, &field, below(2) == 1);
            case Field::CPPTYPE_ENUM:
                return r.SetEnumValue(&message, &field, static_cast<int>(below(3)));
            case Field::CPPTYPE_STRING:
                return r.SetString(&message, &field, text(field));
            case Field::CPPTYPE_MESSAGE:
                return fill_message(*r.MutableMessage(&message, &field), depth - 1);
        }
    }

  private:
    // Without a field of the oneof being there twice, and without types that a random text is not one of.
    static bool unwritable(const Field& field) {
        const bool struct_like = field.message_type() && field.message_type()->file()->name().ends_with("struct.proto");
        return struct_like || (field.message_type() && field.message_type()->full_name() == "google.protobuf.Any");
    }
    std::string text(const Field& field) {
        const std::string letters = field.type() == Field::TYPE_BYTES ? std::string("\0\xFF\x80z", 4) : "ab \"\\:#";
        std::string out;
        for (std::size_t n = below(6); n > 0; --n) out += letters[below(letters.size())];
        return out;
    }
    void fill_message(Message& message, int depth) {
        const auto form = convert::json_form(*message.GetDescriptor());
        if (form == convert::JsonForm::object) return fill(message, depth);
        const auto& r = *message.GetReflection();
        const auto& type = *message.GetDescriptor();
        if (form == convert::JsonForm::wrapper) return set(message, *type.field(0), 0);
        r.SetInt64(&message, type.field(0), static_cast<std::int64_t>(below(1'000'000'000)));
        r.SetInt32(&message, type.field(1), static_cast<std::int32_t>(below(1'000)) * 1'000'000);
    }
    void add(Message& message, const Field& field, int depth) {
        const auto& r = *message.GetReflection();
        if (field.is_map()) {
            // Each key once: a map has no two entries of one key.
            const auto& key = *field.message_type()->map_key();
            const int taken = r.FieldSize(message, &field);
            if (key.cpp_type() == Field::CPPTYPE_BOOL && taken > 1) return;
            auto& entry = *r.AddMessage(&message, &field);
            if (key.cpp_type() == Field::CPPTYPE_STRING)
                entry.GetReflection()->SetString(&entry, &key, "k" + std::to_string(taken));
            else if (key.cpp_type() == Field::CPPTYPE_BOOL)
                entry.GetReflection()->SetBool(&entry, &key, taken == 1);
            else
                entry.GetReflection()->SetInt32(&entry, &key, taken);
            return set(entry, *field.message_type()->map_value(), depth);
        }
        if (field.message_type()) return fill_message(*r.AddMessage(&message, &field), depth - 1);
        const std::unique_ptr<Message> one(message.New());
        if (field.cpp_type() == Field::CPPTYPE_INT32)
            r.AddInt32(&message, &field, static_cast<std::int32_t>(random_()));
        else
            r.AddDouble(&message, &field, static_cast<double>(random_()));
    }

    std::mt19937 random_;
};

// One field of a message, however deep, with its path.
struct Leaf {
    Message* message;
    const Field* field;
    std::string path;
};

void collect(Message& message, const std::string& path, std::vector<Leaf>& leaves) {
    std::vector<const Field*> fields;
    const auto& r = *message.GetReflection();
    r.ListFields(message, &fields);
    for (const auto* field : fields) {
        const auto here = path.empty() ? field->name() : path + '.' + field->name();
        const bool object = field->message_type() && !field->is_map() &&
                            convert::json_form(*field->message_type()) == convert::JsonForm::object;
        if (!field->is_repeated()) leaves.push_back({&message, field, here});
        if (!object) continue;
        if (!field->is_repeated()) collect(*r.MutableMessage(&message, field), here, leaves);
        for (int i = 0; field->is_repeated() && i < r.FieldSize(message, field); ++i)
            collect(*r.MutableRepeatedMessage(&message, field, i), here + '[' + std::to_string(i) + ']', leaves);
    }
}

std::vector<std::string> paths(const Comparison& comparison) {
    std::vector<std::string> out;
    for (const auto& difference : comparison.differences) out.push_back(difference.path);
    return out;
}

TEST(Mutation, ExactlyTheChangedFieldIsReported) {
    for (unsigned seed = 0; seed < 120; ++seed) {
        Generator generator(seed);
        const auto message = shop_message("Everything", "");
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
        const auto old = to_text(to_field_value(*leaf.message, *leaf.field));
        if (leaf.field->message_type()) {
            leaf.message->GetReflection()->ClearField(leaf.message, leaf.field);
        } else {
            do generator.set(*leaf.message, *leaf.field, 0);
            while (to_text(to_field_value(*leaf.message, *leaf.field)) == old);
        }
        EXPECT_THAT(paths(read.expectation->compare(*message)), testing::ElementsAre(leaf.path))
            << "seed " << seed << ": " << written;
        EXPECT_THAT(paths(to_expectation(*before, Rules()).compare(*message)), testing::ElementsAre(leaf.path))
            << "seed " << seed << ": " << written;
    }
}

}  // namespace
}  // namespace understudy::match
