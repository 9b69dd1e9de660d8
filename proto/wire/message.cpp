#include "proto/wire/message.hpp"

#include "proto/json/message_json.hpp"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <google/protobuf/message.h>

#include <limits>

namespace understudy::wire {
namespace {

using google::protobuf::Message;

Status refuse(const Message& message, std::string_view reason) {
    std::string text = "the body is not a valid " + message.GetDescriptor()->full_name();
    if (!reason.empty()) text.append(": ").append(reason);
    return {Code::invalid_argument, std::move(text)};
}

/// The first line of protobuf's message; the lines behind it repeat the text and point into it.
std::string_view first_line(std::string_view text) {
    text = text.substr(0, text.find('\n'));
    while (text.starts_with(':') || text.starts_with(' ')) text.remove_prefix(1);
    return text;
}

Status decode_json(std::string_view body, Message& message) {
    google::protobuf::util::JsonParseOptions options;
    options.ignore_unknown_fields = true;
    const auto status = protojson::parse_json(body, message, options);
    if (status.ok()) return {};
    const std::string reason(status.message());
    return refuse(message, "as JSON: " + std::string(first_line(reason)));
}

Status decode_proto(std::string_view body, Message& message) {
    if (body.size() > std::numeric_limits<int>::max()) return refuse(message, "larger than 2 GiB");
    if (!message.ParsePartialFromArray(body.data(), static_cast<int>(body.size())))
        return refuse(message, "malformed protobuf, or a string that is not UTF-8");
    if (message.IsInitialized()) return {};
    return refuse(message, "it lacks required fields: " + message.InitializationErrorString());
}

}  // namespace

Status decode(std::string_view body, Codec codec, Message& message) {
    message.Clear();
    if (body.empty()) return {};
    return codec == Codec::json ? decode_json(body, message) : decode_proto(body, message);
}

Status encode(const Message& message, Codec codec, std::string& body) {
    body.clear();
    if (!message.IsInitialized()) {
        return {Code::internal, message.GetDescriptor()->full_name() +
                                    " lacks required fields: " + message.InitializationErrorString()};
    }
    if (codec == Codec::json) {
        const auto status = protojson::render_json(message, body);
        if (status.ok()) return {};
        return {Code::internal,
                "no JSON form of " + message.GetDescriptor()->full_name() + ": " + std::string(status.message())};
    }
    body.reserve(message.ByteSizeLong());
    google::protobuf::io::StringOutputStream bytes(&body);
    google::protobuf::io::CodedOutputStream out(&bytes);
    out.SetSerializationDeterministic(true);
    if (message.SerializeToCodedStream(&out)) return {};
    return {Code::internal, message.GetDescriptor()->full_name() + " cannot be written"};
}

std::size_t binary_size(const Message& message) {
    return message.ByteSizeLong();
}

}  // namespace understudy::wire
