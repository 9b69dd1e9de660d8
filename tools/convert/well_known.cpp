#include "tools/convert/well_known.hpp"

#include "tools/convert/matcher_syntax.hpp"
#include "tools/convert/scalar.hpp"
#include "tools/convert/time_text.hpp"
#include "tools/convert/write_field.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace understudy::convert {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using source::Node;
using source::Problem;
using source::ProblemCode;
using source::Result;

struct KnownType {
    std::string_view name;
    JsonForm form;
};

constexpr std::string_view kPackage = "google.protobuf.";
constexpr std::array kKnownTypes = {
    KnownType{"Any", JsonForm::any},
    KnownType{"BoolValue", JsonForm::wrapper},
    KnownType{"BytesValue", JsonForm::wrapper},
    KnownType{"DoubleValue", JsonForm::wrapper},
    KnownType{"Duration", JsonForm::duration},
    KnownType{"FieldMask", JsonForm::field_mask},
    KnownType{"FloatValue", JsonForm::wrapper},
    KnownType{"Int32Value", JsonForm::wrapper},
    KnownType{"Int64Value", JsonForm::wrapper},
    KnownType{"ListValue", JsonForm::list},
    KnownType{"StringValue", JsonForm::wrapper},
    KnownType{"Struct", JsonForm::structure},
    KnownType{"Timestamp", JsonForm::timestamp},
    KnownType{"UInt32Value", JsonForm::wrapper},
    KnownType{"UInt64Value", JsonForm::wrapper},
    KnownType{"Value", JsonForm::value},
};

/// The fields of the well-known types, by the numbers that their .proto files fix.
constexpr int kSecondsField = 1;
constexpr int kNanosField = 2;
constexpr int kPathsField = 1;
constexpr int kNullValueField = 1;
constexpr int kNumberValueField = 2;
constexpr int kStringValueField = 3;
constexpr int kBoolValueField = 4;

/// A scalar's text; nothing where the node is none.
std::string_view scalar_text(Node node) {
    return node.is_scalar() && !node.is_null() ? node.text() : std::string_view();
}

Result<void> set_time(Node node, Message& message, const std::optional<SecondsAndNanos>& time,
                      std::string_view expected, std::string_view hint) {
    if (!time) {
        return node.problem(ProblemCode::invalid, quote(node) + " is not " + std::string(expected))
            .with_hint(std::string(hint));
    }
    const auto* reflection = message.GetReflection();
    reflection->SetInt64(&message, &field_of(message, kSecondsField), time->seconds);
    reflection->SetInt32(&message, &field_of(message, kNanosField), time->nanos);
    return {};
}

/// `fooBar.baz` as `foo_bar.baz`; nullopt where that could not be turned back.
std::optional<std::string> to_snake_case(std::string_view path) {
    std::string snake;
    for (const char c : path) {
        if (c == '_') return std::nullopt;
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper) snake += '_';
        snake += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return snake;
}

}  // namespace

const FieldDescriptor& field_of(const Message& message, int number) {
    return *message.GetDescriptor()->FindFieldByNumber(number);
}

JsonForm json_form(const Descriptor& type) {
    std::string_view name = type.full_name();
    if (!name.starts_with(kPackage)) return JsonForm::object;
    name.remove_prefix(kPackage.size());
    const auto known =
        std::find_if(kKnownTypes.begin(), kKnownTypes.end(), [name](const KnownType& t) { return t.name == name; });
    return known == kKnownTypes.end() ? JsonForm::object : known->form;
}

Result<void> set_timestamp(Node node, Message& timestamp) {
    return set_time(node, timestamp, parse_timestamp(scalar_text(node)), "a timestamp",
                    "write it as 2024-05-01T12:00:00Z");
}

Result<void> set_duration(Node node, Message& duration) {
    return set_time(node, duration, parse_duration(scalar_text(node)), "a duration", "write it in seconds, as 1.5s");
}

std::optional<std::vector<std::string>> parse_field_mask(std::string_view text) {
    std::vector<std::string> paths;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        auto path = to_snake_case(text.substr(0, comma));
        if (!path || path->empty() || comma + 1 == text.size()) return std::nullopt;
        paths.push_back(*std::move(path));
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return paths;
}

Result<void> set_field_mask(Node node, Message& field_mask) {
    const bool text = node.is_scalar() && !node.is_null();
    const auto paths = text ? parse_field_mask(node.text()) : std::nullopt;
    if (!paths)
        return node.problem(ProblemCode::invalid, quote(node) + " is not a field mask")
            .with_hint("write its paths as fooBar,baz.quux");
    for (const auto& path : *paths)
        field_mask.GetReflection()->AddString(&field_mask, &field_of(field_mask, kPathsField), path);
    return {};
}

Result<void> set_scalar_value(Node node, Message& value) {
    const auto* reflection = value.GetReflection();
    switch (plain_type(node)) {
        case PlainType::null:
            reflection->SetEnumValue(&value, &field_of(value, kNullValueField), 0);
            return {};
        case PlainType::boolean:
            return write_scalar(node, value, field_of(value, kBoolValueField), Slot::set);
        case PlainType::string:
            reflection->SetString(&value, &field_of(value, kStringValueField), std::string(node.text()));
            return {};
        case PlainType::number:
            break;
    }
    auto number = to_double(node);
    if (!number) {
        const auto whole = to_uint64(node);  // in another base, or a decimal that is out of range
        if (!whole) return number.error();
        number = static_cast<double>(*whole);
    }
    if (!(std::abs(*number) <= std::numeric_limits<double>::max())) {
        return node.problem(ProblemCode::invalid, quote(node) + " is not a number of JSON");
    }
    reflection->SetDouble(&value, &field_of(value, kNumberValueField), *number);
    return {};
}

Result<std::string> to_map_key_text(Node key) {
    const std::string_view text = key.text();
    if (text.starts_with("$$")) return std::string(text.substr(1));
    if (!text.starts_with('$')) return std::string(text);
    return key.problem(ProblemCode::invalid, "a matcher cannot stand here: the key " + quote(key) + " begins with '$'")
        .with_hint("write '" + escape_key(text) + "' for a literal key");
}

}  // namespace understudy::convert
