#include "tools/convert/converter.hpp"
#include "tools/convert/scalar.hpp"
#include "tools/convert/well_known.hpp"
#include "tools/convert/wording.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>

namespace understudy::convert {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;
using source::Node;
using source::ProblemCode;

constexpr std::string_view kTypeKey = "@type";
constexpr std::string_view kValueKey = "value";
/// The fields of google.protobuf.Any, by the numbers that its .proto file fixes.
constexpr int kTypeUrlField = 1;
constexpr int kPackedField = 2;

/// The bytes of a message, the same ones each time.
std::string serialize(const Message& message) {
    std::string bytes;
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream out(&stream);
    out.SetSerializationDeterministic(true);
    message.SerializePartialToCodedStream(&out);
    out.Trim();
    return bytes;
}

}  // namespace

void Converter::convert_any(Node node, Message& any) {
    const std::string expected = render_type(*any.GetDescriptor(), options_.wording);
    if (!node.is_mapping()) return log_.refuse_shape(node, "a mapping", {}, expected);
    if (node.members().empty()) return;
    const auto type = node.find(kTypeKey);
    if (!type) {
        return log_.refuse(node,
                           node.problem(ProblemCode::invalid, "the key '@type' is missing")
                               .with_hint("write {\"@type\": type.googleapis.com/NAME, …}"),
                           expected);
    }
    const std::string url(type->text());
    const std::size_t slash = url.rfind('/');
    if (slash == std::string::npos) {
        return log_.refuse(*type,
                           type->problem(ProblemCode::invalid, quote(*type) + " is not the URL of a type")
                               .with_hint("write type.googleapis.com/" + url),
                           expected);
    }
    const Descriptor* packed_type = any.GetDescriptor()->file()->pool()->FindMessageTypeByName(url.substr(slash + 1));
    if (packed_type == nullptr) {
        const bool compared = options_.matchers == Matchers::left_out;
        if (compared) return any.GetReflection()->SetString(&any, &field_of(any, kTypeUrlField), url);
        return log_.refuse(
            *type, type->problem(ProblemCode::not_found, "unknown type '" + url.substr(slash + 1) + '\''), expected);
    }
    const auto packed = convert_packed(node, *packed_type, any);
    const auto* reflection = any.GetReflection();
    reflection->SetString(&any, &field_of(any, kTypeUrlField), url);
    reflection->SetString(&any, &field_of(any, kPackedField), serialize(*packed));
}

std::unique_ptr<Message> Converter::convert_packed(Node node, const Descriptor& type, const Message& any) {
    std::unique_ptr<Message> packed(any.GetReflection()->GetMessageFactory()->GetPrototype(&type)->New());
    if (json_form(type) == JsonForm::object) {
        convert_object(node, *packed, kTypeKey);
    } else {
        convert_packed_value(node, *packed);
    }
    return packed;
}

void Converter::convert_packed_value(Node node, Message& packed) {
    const std::string& type = packed.GetDescriptor()->full_name();
    for (const auto& [key, value] : node.members()) {
        if (key.text() == kTypeKey || key.text() == kValueKey) continue;
        log_.add(key.problem(ProblemCode::invalid, "unknown key " + quote(key) + " beside a packed " + type)
                     .with_note("a packed " + type + " has the keys @type, value"));
    }
    const auto value = node.find(kValueKey);
    if (!value)
        return log_.refuse(node, node.problem(ProblemCode::invalid, "the key 'value' is missing"), "a packed " + type);
    const FieldPath::Scope scope = log_.path().enter_name(kValueKey);
    convert(*value, packed);
}

}  // namespace understudy::convert
