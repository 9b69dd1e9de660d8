#pragma once

#include "tests/tools/scenario/shop.hpp"
#include "tools/convert/well_known.hpp"

#include <google/protobuf/message.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::random_message {

using Field = google::protobuf::FieldDescriptor;
using convert::JsonForm;
using google::protobuf::Message;
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
        using google::protobuf::Reflection;
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

}  // namespace understudy::random_message
