#include "tools/scenario/request_hints.hpp"

#include "emulator/http/base64.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/envelope.hpp"
#include "proto/wire/method_path.hpp"
#include "tools/scenario/hints.hpp"

#include <google/protobuf/empty.pb.h>
#include <google/protobuf/stubs/logging.h>

#include <memory>
#include <optional>

namespace understudy::scenario {

namespace {

namespace protobuf = google::protobuf;

/// How a content type wants a body.
enum class Framing : std::uint8_t { bare, framed, framed_base64, other };

Framing to_framing(const std::string& type) {
    if (type.find("json") != std::string::npos) return Framing::other;
    if (type.starts_with("application/grpc-web-text")) return Framing::framed_base64;
    if (type.starts_with("application/grpc-web") || type.starts_with("application/connect+")) return Framing::framed;
    return wire::parse_content_type(type) ? Framing::bare : Framing::other;
}

bool is_any_message(std::string_view bytes, const protobuf::Message& prototype) {
    const std::unique_ptr<protobuf::Message> message(prototype.New());
    return message->ParseFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

/// The first of the frames that a body is made of; nullopt where it is made of anything else.
std::optional<std::string_view> find_frame(std::string_view body, const protobuf::Message& prototype) {
    const auto envelopes = wire::read_envelopes(body);
    if (!envelopes || envelopes->empty() || (envelopes->front().flags & ~wire::kCompressed) != 0) return std::nullopt;
    const auto& first = envelopes->front();
    const bool holds =
        first.compressed() || is_any_message(first.payload, prototype) || is_framed_message(first.payload, prototype);
    return holds ? std::optional(first.payload) : std::nullopt;
}

bool looks_like_json(std::string_view body) {
    const auto begin = body.find_first_not_of(" \t\r\n");
    return begin != std::string_view::npos && (body[begin] == '{' || body[begin] == '[');
}

std::string find_wrong_bytes(Framing framing, const std::string& type, std::string_view body,
                             const protobuf::Message& prototype) {
    const auto frame = find_frame(body, prototype);
    const bool bare = is_any_message(body, prototype);
    if (framing == Framing::bare && frame)
        return "the request is a framed message (five bytes of flag and length come first), and '" + type +
               "' takes the bare one";
    if (framing == Framing::framed && !frame && bare)
        return "the request is the bare message, and '" + type +
               "' takes a framed one: five bytes of flag and length come first";
    if (framing == Framing::framed && frame && is_framed_message(*frame, prototype) &&
        !is_any_message(*frame, prototype))
        return "the request's frame holds another frame: what is framed already is framed once more";
    const auto bytes = frame || bare ? std::nullopt : http::parse_base64(body);
    if (bytes && !bytes->empty() && (find_frame(*bytes, prototype) || is_any_message(*bytes, prototype)))
        return "the request is base64 text, and '" + type +
               "' takes bytes: request_base64 sends what such text stands for";
    if (!frame && !bare && looks_like_json(body))
        return "the request looks like JSON, and '" + type + "' takes a message in protobuf's binary form";
    return {};
}

std::string find_wrong_text(const std::string& type, std::string_view body, const protobuf::Message& prototype) {
    if (find_frame(body, prototype))
        return "the request is a framed message in bytes, and '" + type + "' takes it as base64 text";
    const auto bytes = http::parse_base64(body);
    const bool bare = is_bare_message(body, prototype) ||
                      (bytes && !find_frame(*bytes, prototype) && !bytes->empty() && is_any_message(*bytes, prototype));
    if (bare) return "the request is the bare message, and '" + type + "' takes a framed one, as base64 text";
    return {};
}

/// A message of the type that the step's body should hold.
std::unique_ptr<protobuf::Message> make_prototype(const Step& step, const Descriptors* descriptors) {
    const auto* method = step.method;
    const auto path = wire::parse_method_path(step.request.path());
    if (method == nullptr && descriptors != nullptr && path)
        method = descriptors->find_method(std::string(path->service) + '/' + std::string(path->method));
    if (method == nullptr) return std::make_unique<protobuf::Empty>();
    return descriptors->make_message(*method->input_type());
}

}  // namespace

std::vector<std::string> to_framing_hints(std::string_view content_type, std::string_view body,
                                          const protobuf::Message& prototype) {
    const auto type = wire::to_media_type(content_type);
    const auto framing = to_framing(type);
    if (body.empty() || framing == Framing::other) return {};
    const protobuf::LogSilencer quiet;  // That it does not parse is no news.
    auto hint = framing == Framing::framed_base64 ? find_wrong_text(type, body, prototype)
                                                  : find_wrong_bytes(framing, type, body, prototype);
    return hint.empty() ? std::vector<std::string>() : std::vector{std::move(hint)};
}

std::vector<std::string> to_request_hints(const Step& step, const Descriptors* descriptors, const Received& received) {
    constexpr int kFirstError = 400;
    const bool refused = step.kind == StepKind::method ? !received.status.ok() : received.http_status >= kFirstError;
    const bool packed =
        step.compression != wire::Compression::identity || step.request.headers.contains("Content-Encoding");
    if (!refused || packed || step.kind == StepKind::invoke) return {};
    const auto prototype = make_prototype(step, descriptors);
    return to_framing_hints(step.request.headers.first("Content-Type").value_or(""), step.request.body, *prototype);
}

}  // namespace understudy::scenario
