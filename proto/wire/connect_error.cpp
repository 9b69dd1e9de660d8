#include "proto/wire/connect_error.hpp"

#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/wrappers.pb.h>

#include <optional>

namespace understudy::wire {
namespace {

/// A JSON string: the JSON form of protobuf's StringValue. What follows bytes that are not UTF-8 is dropped.
std::string to_json_string(const std::string& text) {
    google::protobuf::StringValue value;
    value.set_value(text);
    std::string json;
    const auto status = google::protobuf::util::MessageToJsonString(value, &json);
    return status.ok() ? json : R"("")";
}

const std::string* find_string(const google::protobuf::Struct& object, const char* key) {
    const auto found = object.fields().find(key);
    if (found == object.fields().end() || !found->second.has_string_value()) return nullptr;
    return &found->second.string_value();
}

std::optional<Code> find_code(const google::protobuf::Struct& object) {
    const std::string* name = find_string(object, "code");
    if (name == nullptr) return std::nullopt;
    const auto code = parse_code_name(*name);
    return code == Code::ok ? std::nullopt : code;
}

}  // namespace

std::string render_connect_error(const Status& status) {
    std::string body = R"({"code":")";
    body.append(to_name(status.code())).append("\"");
    if (!status.message().empty()) body.append(R"(,"message":)").append(to_json_string(status.message()));
    return body.append("}");
}

Status parse_connect_error(int http_status, std::string_view body) {
    google::protobuf::Struct object;
    if (!google::protobuf::util::JsonStringToMessage({body.data(), body.size()}, &object).ok()) object.Clear();
    const std::string* message = find_string(object, "message");
    if (message == nullptr) message = find_string(object, "Message");
    return {find_code(object).value_or(infer_code(http_status)),
            message == nullptr ? "HTTP status " + std::to_string(http_status) : *message};
}

}  // namespace understudy::wire
