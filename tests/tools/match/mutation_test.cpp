// Random messages, written as YAML, match themselves; after one field has changed, exactly that field is reported.
#include "tests/tools/match/random_message.hpp"
#include "tests/tools/scenario/shop.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/match/match.hpp"
#include "tools/match/message_value.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace understudy::match::mutation_test {
namespace {

namespace protobuf = google::protobuf;
using Field = protobuf::FieldDescriptor;
using convert::JsonForm;
using protobuf::Message;
using random_message::Generator;
using scenario::shop_message;

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
