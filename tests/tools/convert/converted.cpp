#include "tests/tools/convert/converted.hpp"

#include "emulator/source/diagnostic.hpp"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/field_mask.pb.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/timestamp.pb.h>
#include <google/protobuf/wrappers.pb.h>
#include <gtest/gtest.h>

#include <deque>

namespace understudy::convert {
namespace {

using google::protobuf::FileDescriptorProto;
using google::protobuf::Message;

constexpr std::string_view kEverything = R"(
    name: "test.proto" package: "test" syntax: "proto3"
    dependency: "google/protobuf/any.proto"        dependency: "google/protobuf/duration.proto"
    dependency: "google/protobuf/empty.proto"      dependency: "google/protobuf/field_mask.proto"
    dependency: "google/protobuf/struct.proto"     dependency: "google/protobuf/timestamp.proto"
    dependency: "google/protobuf/wrappers.proto"
    enum_type { name: "Level" value { name: "INFO" number: 0 } value { name: "WARN" number: 1 } value { name: "ERROR" number: 5 } }
    message_type {
        name: "Everything"
        field { name: "int32_field" number: 1 type: TYPE_INT32 label: LABEL_OPTIONAL }
        field { name: "int64_field" number: 2 type: TYPE_INT64 label: LABEL_OPTIONAL }
        field { name: "uint32_field" number: 3 type: TYPE_UINT32 label: LABEL_OPTIONAL }
        field { name: "uint64_field" number: 4 type: TYPE_UINT64 label: LABEL_OPTIONAL }
        field { name: "sint32_field" number: 5 type: TYPE_SINT32 label: LABEL_OPTIONAL }
        field { name: "sfixed64_field" number: 6 type: TYPE_SFIXED64 label: LABEL_OPTIONAL }
        field { name: "fixed32_field" number: 7 type: TYPE_FIXED32 label: LABEL_OPTIONAL }
        field { name: "float_field" number: 8 type: TYPE_FLOAT label: LABEL_OPTIONAL }
        field { name: "double_field" number: 9 type: TYPE_DOUBLE label: LABEL_OPTIONAL }
        field { name: "bool_field" number: 10 type: TYPE_BOOL label: LABEL_OPTIONAL }
        field { name: "string_field" number: 11 type: TYPE_STRING label: LABEL_OPTIONAL }
        field { name: "bytes_field" number: 12 type: TYPE_BYTES label: LABEL_OPTIONAL }
        field { name: "enum_field" number: 13 type: TYPE_ENUM type_name: ".test.Level" label: LABEL_OPTIONAL }
        field { name: "child" number: 14 type: TYPE_MESSAGE type_name: ".test.Everything" label: LABEL_OPTIONAL }
        field { name: "strings" number: 15 type: TYPE_STRING label: LABEL_REPEATED }
        field { name: "numbers" number: 16 type: TYPE_INT32 label: LABEL_REPEATED }
        field { name: "levels" number: 17 type: TYPE_ENUM type_name: ".test.Level" label: LABEL_REPEATED }
        field { name: "children" number: 18 type: TYPE_MESSAGE type_name: ".test.Everything" label: LABEL_REPEATED }
        field { name: "labels" number: 19 type: TYPE_MESSAGE type_name: ".test.Everything.LabelsEntry" label: LABEL_REPEATED }
        field { name: "by_number" number: 20 type: TYPE_MESSAGE type_name: ".test.Everything.ByNumberEntry" label: LABEL_REPEATED }
        field { name: "by_flag" number: 21 type: TYPE_MESSAGE type_name: ".test.Everything.ByFlagEntry" label: LABEL_REPEATED }
        field { name: "left" number: 22 type: TYPE_STRING label: LABEL_OPTIONAL oneof_index: 0 }
        field { name: "right" number: 23 type: TYPE_INT32 label: LABEL_OPTIONAL oneof_index: 0 }
        field { name: "maybe" number: 24 type: TYPE_INT32 label: LABEL_OPTIONAL oneof_index: 1 proto3_optional: true }
        field { name: "renamed" number: 25 type: TYPE_INT32 label: LABEL_OPTIONAL json_name: "@other" }
        field { name: "time" number: 26 type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" label: LABEL_OPTIONAL }
        field { name: "length" number: 27 type: TYPE_MESSAGE type_name: ".google.protobuf.Duration" label: LABEL_OPTIONAL }
        field { name: "mask" number: 28 type: TYPE_MESSAGE type_name: ".google.protobuf.FieldMask" label: LABEL_OPTIONAL }
        field { name: "structure" number: 29 type: TYPE_MESSAGE type_name: ".google.protobuf.Struct" label: LABEL_OPTIONAL }
        field { name: "value" number: 30 type: TYPE_MESSAGE type_name: ".google.protobuf.Value" label: LABEL_OPTIONAL }
        field { name: "list" number: 31 type: TYPE_MESSAGE type_name: ".google.protobuf.ListValue" label: LABEL_OPTIONAL }
        field { name: "any" number: 32 type: TYPE_MESSAGE type_name: ".google.protobuf.Any" label: LABEL_OPTIONAL }
        field { name: "empty" number: 33 type: TYPE_MESSAGE type_name: ".google.protobuf.Empty" label: LABEL_OPTIONAL }
        field { name: "wrapped_int64" number: 34 type: TYPE_MESSAGE type_name: ".google.protobuf.Int64Value" label: LABEL_OPTIONAL }
        field { name: "wrapped_string" number: 35 type: TYPE_MESSAGE type_name: ".google.protobuf.StringValue" label: LABEL_OPTIONAL }
        field { name: "nothing" number: 36 type: TYPE_ENUM type_name: ".google.protobuf.NullValue" label: LABEL_OPTIONAL }
        field { name: "values" number: 37 type: TYPE_MESSAGE type_name: ".google.protobuf.Value" label: LABEL_REPEATED }
        field { name: "child_by_name" number: 38 type: TYPE_MESSAGE type_name: ".test.Everything.ChildByNameEntry" label: LABEL_REPEATED }
        nested_type { name: "LabelsEntry" options { map_entry: true }
            field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
            field { name: "value" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL } }
        nested_type { name: "ByNumberEntry" options { map_entry: true }
            field { name: "key" number: 1 type: TYPE_INT64 label: LABEL_OPTIONAL }
            field { name: "value" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL } }
        nested_type { name: "ByFlagEntry" options { map_entry: true }
            field { name: "key" number: 1 type: TYPE_BOOL label: LABEL_OPTIONAL }
            field { name: "value" number: 2 type: TYPE_STRING label: LABEL_OPTIONAL } }
        nested_type { name: "ChildByNameEntry" options { map_entry: true }
            field { name: "key" number: 1 type: TYPE_STRING label: LABEL_OPTIONAL }
            field { name: "value" number: 2 type: TYPE_MESSAGE type_name: ".test.Everything" label: LABEL_OPTIONAL } }
        oneof_decl { name: "side" }
        oneof_decl { name: "_maybe" }
    })";

constexpr std::string_view kLegacy = R"(
    name: "old.proto" package: "old" syntax: "proto2"
    enum_type { name: "Closed" value { name: "ONE" number: 1 } value { name: "TWO" number: 2 } }
    message_type {
        name: "Legacy"
        field { name: "id" number: 1 type: TYPE_INT32 label: LABEL_REQUIRED }
        field { name: "closed" number: 2 type: TYPE_ENUM type_name: ".old.Closed" label: LABEL_OPTIONAL }
        field { name: "child" number: 3 type: TYPE_MESSAGE type_name: ".old.Legacy" label: LABEL_OPTIONAL }
        extension_range { start: 100 end: 200 }
    }
    extension { name: "extra" number: 100 type: TYPE_STRING label: LABEL_OPTIONAL extendee: ".old.Legacy" })";

FileDescriptorProto parse_file(std::string_view text) {
    FileDescriptorProto file;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(std::string(text), &file));
    return file;
}

template <class... WellKnown>
void add_files(google::protobuf::DescriptorPool& pool) {
    const auto add = [&pool](const google::protobuf::FileDescriptor* file) {
        FileDescriptorProto copy;
        file->CopyTo(&copy);
        EXPECT_NE(pool.BuildFile(copy), nullptr) << file->name();
    };
    (add(WellKnown::descriptor()->file()), ...);
}

}  // namespace

source::Node load(std::string_view text) {
    static std::deque<source::Document> kept;
    return kept.emplace_back(source::parse_document(text, "a.yaml").value()).root();
}

std::vector<source::Problem> problems_of(std::string_view text, Message& message) {
    return convert_message(load(text), message);
}

std::string converted(std::string_view text, Message& message) {
    const auto problems = problems_of(text, message);
    std::string out = problems.empty() ? message.ShortDebugString() : "";
    for (const auto& problem : problems) out += (out.empty() ? "" : "\n") + to_string(problem);
    return out;
}

std::string diagnosed(std::string_view text, Message& message, const ConvertOptions& options) {
    const auto document = source::parse_document(text, "a.yaml").value();
    const auto problems = convert_message(document.root(), message, options);
    std::string out;
    for (const auto& problem : problems) {
        out += (out.empty() ? "" : "\n") + source::render_diagnostic(problem, text, source::Colour::none);
    }
    return out;
}

DynamicTypes::DynamicTypes(std::string_view file) : factory_(&pool_) {
    namespace pb = google::protobuf;
    add_files<pb::Any, pb::Duration, pb::Empty, pb::FieldMask, pb::Struct, pb::Timestamp, pb::Int64Value>(pool_);
    EXPECT_NE(pool_.BuildFile(parse_file(file)), nullptr);
    EXPECT_NE(pool_.BuildFile(parse_file(kLegacy)), nullptr);
}

const google::protobuf::Descriptor& DynamicTypes::type(const std::string& name) const {
    return *pool_.FindMessageTypeByName(name);
}

std::unique_ptr<Message> DynamicTypes::make(const std::string& name) {
    return std::unique_ptr<Message>(factory_.GetPrototype(&type(name))->New());
}

DynamicTypes& everything() {
    static DynamicTypes types(kEverything);
    return types;
}

}  // namespace understudy::convert
