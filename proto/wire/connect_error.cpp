#include "proto/wire/connect_error.hpp"

#include "proto/wire/base64.hpp"
#include "proto/wire/json_body.hpp"

#include <optional>

namespace understudy::wire {
namespace {

using google::protobuf::Struct;

std::optional<Code> find_code(const Struct& object) {
    const std::string* name = find_string(object, "code");
    if (name == nullptr) return std::nullopt;
    const auto code = parse_code_name(*name);
    return code == Code::ok ? std::nullopt : code;
}

std::vector<Detail> find_details(const Struct& object) {
    std::vector<Detail> details;
    const auto list = object.fields().find("details");
    if (list == object.fields().end()) return details;
    for (const auto& item : list->second.list_value().values()) {
        const std::string* type = find_string(item.struct_value(), "type");
        const std::string* value = find_string(item.struct_value(), "value");
        auto bytes = value == nullptr ? std::nullopt : read_base64(*value);
        if (type != nullptr && bytes) details.push_back({*type, *std::move(bytes)});
    }
    return details;
}

std::string render_details(const std::vector<Detail>& details) {
    std::string text;
    for (const auto& detail : details) {
        text.append(text.empty() ? "" : ",").append(R"({"type":)").append(to_json_string(detail.type));
        text.append(R"(,"value":")").append(to_base64(detail.value, Padding::none)).append("\"}");
    }
    return text;
}

}  // namespace

std::string render_connect_error(const Status& status) {
    std::string body = R"({"code":")";
    body.append(to_name(status.code())).append("\"");
    if (!status.message().empty()) body.append(R"(,"message":)").append(to_json_string(status.message()));
    if (!status.details().empty()) body.append(R"(,"details":[)").append(render_details(status.details())).append("]");
    return body.append("}");
}

Status parse_connect_error(int http_status, std::string_view body) {
    const Struct object = parse_json_object(body);
    const std::string* message = find_string(object, "message");
    if (message == nullptr) message = find_string(object, "Message");
    return {find_code(object).value_or(infer_code(http_status)),
            message == nullptr ? "HTTP status " + std::to_string(http_status) : *message, find_details(object)};
}

}  // namespace understudy::wire
