#include "tests/proto/json/schema.hpp"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/compiler/importer.h>
#include <google/protobuf/descriptor_database.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/wrappers.pb.h>

#include <array>
#include <limits>
#include <stdexcept>
#include <vector>

namespace understudy::protojson {
namespace {

namespace protobuf = google::protobuf;
using protobuf::Descriptor;
using protobuf::FieldDescriptor;
using protobuf::Message;

/// The two files, read once, over the well-known ones that are compiled in.
class Schemas {
  public:
    Schemas()
        : files_(&tree_),
          built_in_(*protobuf::DescriptorPool::generated_pool()),
          all_(&files_, &built_in_),
          pool_(&all_),
          factory_(&pool_) {
        protobuf::Any::descriptor();
        protobuf::Duration::descriptor();
        protobuf::Empty::descriptor();
        protobuf::FieldMask::descriptor();
        protobuf::Struct::descriptor();
        protobuf::Timestamp::descriptor();
        protobuf::Int64Value::descriptor();
        tree_.MapPath("", UNDERSTUDY_SOURCE_DIR "/tests/proto/json/schemas");
        for (const char* file : {"legacy.proto", "modern.proto"}) {
            if (pool_.FindFileByName(file) == nullptr) throw std::runtime_error(file);
        }
    }
    std::unique_ptr<Message> make(const std::string& type) {
        return std::unique_ptr<Message>(factory_.GetPrototype(pool_.FindMessageTypeByName(type))->New());
    }

  private:
    protobuf::compiler::DiskSourceTree tree_;
    protobuf::compiler::SourceTreeDescriptorDatabase files_;
    protobuf::DescriptorPoolDatabase built_in_;
    protobuf::MergedDescriptorDatabase all_;
    protobuf::DescriptorPool pool_;
    protobuf::DynamicMessageFactory factory_;
};

/// Sets a field of one value, or adds one more.
template <class Number>
void put(Message& message, const FieldDescriptor& field, Number number,
         void (protobuf::Reflection::*one)(Message*, const FieldDescriptor*, Number) const,
         void (protobuf::Reflection::*some)(Message*, const FieldDescriptor*, Number) const) {
    (message.GetReflection()->*(field.is_repeated() ? some : one))(&message, &field, number);
}

bool read_text(const std::string& text, Message& message) {
    protobuf::TextFormat::Parser parser;
    parser.AllowPartialMessage(true);
    return parser.ParseFromString(text, &message);
}

const FieldDescriptor& numbered(const Message& message, int number) {
    return *message.GetDescriptor()->FindFieldByNumber(number);
}

}  // namespace

std::unique_ptr<Message> make_message(const std::string& type, const std::string& text) {
    static Schemas schemas;
    auto message = schemas.make(type);
    if (!text.empty() && !read_text(text, *message)) throw std::invalid_argument(text);
    return message;
}

void Filler::fill(Message& message, int depth) {
    if (fill_well_known(message, depth)) return;
    const auto& type = *message.GetDescriptor();
    std::vector<const Field*> fields;
    if (filled_ == Filled::everything) type.file()->pool()->FindAllExtensions(&type, &fields);
    for (int i = 0; i < type.field_count(); ++i) fields.push_back(type.field(i));
    for (const auto* field : fields) {
        const bool group = field->type() == Field::TYPE_GROUP;
        const bool unwanted = below(2) == 0 || (depth <= 0 && field->message_type() != nullptr);
        const bool needed = field->is_required() || type.options().map_entry();
        if (!needed && (unwanted || (group && filled_ == Filled::plain_fields))) continue;
        for (std::size_t n = field->is_map() ? 1 : field->is_repeated() ? 1 + below(3) : 1; n > 0; --n)
            set(message, *field, depth);
    }
}

void Filler::set(Message& message, const Field& field, int depth) {
    const auto& r = *message.GetReflection();
    using protobuf::Reflection;
    if (field.cpp_type() == Field::CPPTYPE_MESSAGE)
        return fill(field.is_repeated() ? *r.AddMessage(&message, &field) : *r.MutableMessage(&message, &field),
                    depth - 1);
    if (field.cpp_type() == Field::CPPTYPE_STRING)
        return field.is_repeated() ? r.AddString(&message, &field, text(field))
                                   : r.SetString(&message, &field, text(field));
    if (field.cpp_type() != Field::CPPTYPE_ENUM) return set_number(message, field);
    const auto& type = *field.enum_type();
    put(message, field, type.value(static_cast<int>(below(static_cast<std::size_t>(type.value_count()))))->number(),
        &Reflection::SetEnumValue, &Reflection::AddEnumValue);
}

void Filler::set_number(Message& message, const Field& field) {
    using protobuf::Reflection;
    const std::uint64_t wide = (std::uint64_t{random_()} << 32) | random_();
    const std::array<std::uint64_t, 4> whole{0, wide, ~std::uint64_t{0}, std::uint64_t{1} << 63};
    using Limits = std::numeric_limits<double>;
    const std::array<double, 7> reals{0.0,
                                      1.0 / 3,
                                      static_cast<double>(wide),
                                      Limits::infinity(),
                                      Limits::max(),
                                      Limits::denorm_min(),
                                      Limits::quiet_NaN()};
    const auto number = whole[below(whole.size())];
    const auto real = reals[below(reals.size())];
    switch (field.cpp_type()) {
        case Field::CPPTYPE_INT32:
            return put(message, field, static_cast<std::int32_t>(number), &Reflection::SetInt32, &Reflection::AddInt32);
        case Field::CPPTYPE_INT64:
            return put(message, field, static_cast<std::int64_t>(number), &Reflection::SetInt64, &Reflection::AddInt64);
        case Field::CPPTYPE_UINT32:
            return put(message, field, static_cast<std::uint32_t>(number), &Reflection::SetUInt32,
                       &Reflection::AddUInt32);
        case Field::CPPTYPE_UINT64:
            return put(message, field, number, &Reflection::SetUInt64, &Reflection::AddUInt64);
        case Field::CPPTYPE_DOUBLE:
            return put(message, field, real, &Reflection::SetDouble, &Reflection::AddDouble);
        case Field::CPPTYPE_FLOAT:
            return put(message, field, static_cast<float>(real), &Reflection::SetFloat, &Reflection::AddFloat);
        default:
            return put(message, field, below(2) == 0, &Reflection::SetBool, &Reflection::AddBool);
    }
}

std::string Filler::text(const Field& field) {
    static const std::array<std::string, 6> kPieces{"a", "\"\\", "<&>", "\n\t\x01", "ä€😀", "[x]"};
    static const std::array<std::string, 3> kBytes{std::string("\0", 1), "\xFF\x80", "z"};
    std::string text;
    for (std::size_t n = below(5); n > 0; --n)
        text += field.type() == Field::TYPE_BYTES ? kBytes[below(kBytes.size())] : kPieces[below(kPieces.size())];
    return text;
}

/// What not any value of the fields is good for.
bool Filler::fill_well_known(Message& message, int depth) {
    const auto& r = *message.GetReflection();
    const auto& name = message.GetDescriptor()->full_name();
    if (name == "google.protobuf.Timestamp" || name == "google.protobuf.Duration") {
        r.SetInt64(&message, &numbered(message, 1), static_cast<std::int64_t>(below(1'000'000'000)));
        r.SetInt32(&message, &numbered(message, 2),
                   below(2) == 0 ? 0 : static_cast<std::int32_t>(below(1'000'000'000)));
    } else if (name == "google.protobuf.FieldMask") {
        r.AddString(&message, &numbered(message, 1), below(2) == 0 ? "text" : "item_name.part");
    } else if (name == "google.protobuf.Value") {
        fill_value(message, depth);
    } else if (name == "google.protobuf.Any") {
        const auto packed = make_message(below(2) == 0                   ? "google.protobuf.Duration"
                                         : filled_ == Filled::everything ? "legacy.Thing"
                                                                         : "legacy.Plain");
        fill(*packed, depth - 1);
        r.SetString(&message, &numbered(message, 1), "type.googleapis.com/" + packed->GetDescriptor()->full_name());
        r.SetString(&message, &numbered(message, 2), packed->SerializeAsString());
    } else {
        return false;
    }
    return true;
}

/// JSON has neither NaN nor infinity, and a Value that holds nothing is none of it.
void Filler::fill_value(Message& value, int depth) {
    const auto& r = *value.GetReflection();
    const int kind = 1 + static_cast<int>(below(depth > 0 ? 6 : 4));
    const auto& field = numbered(value, kind);
    if (kind == 1) return r.SetEnumValue(&value, &field, 0);
    if (kind == 2) return r.SetDouble(&value, &field, static_cast<double>(below(1000)) / 8);
    set(value, field, depth);
}

}  // namespace understudy::protojson
