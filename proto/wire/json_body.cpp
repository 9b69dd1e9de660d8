#include "proto/wire/json_body.hpp"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/wrappers.pb.h>

namespace understudy::wire {

// The JSON form of protobuf's StringValue.
std::string to_json_string(const std::string& text) {
    google::protobuf::StringValue value;
    value.set_value(text);
    std::string json;
    const auto status = google::protobuf::util::MessageToJsonString(value, &json);
    return status.ok() ? json : R"("")";
}

google::protobuf::Struct parse_json_object(std::string_view body) {
    google::protobuf::Struct object;
    if (!google::protobuf::util::JsonStringToMessage({body.data(), body.size()}, &object).ok()) object.Clear();
    return object;
}

const std::string* find_string(const google::protobuf::Struct& object, const char* key) {
    const auto found = object.fields().find(key);
    if (found == object.fields().end() || !found->second.has_string_value()) return nullptr;
    return &found->second.string_value();
}

}  // namespace understudy::wire
