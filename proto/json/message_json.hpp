#pragma once

#include <google/protobuf/util/json_util.h>

#include <string>
#include <string_view>

namespace google::protobuf {
class Message;
}

namespace understudy::protojson {

/// Writes a message in protobuf's JSON mapping. As protobuf's own function, and further: extensions are the members
/// `[full.name]`, of which none that is set nowhere in the message is shown; groups are members under their fields'
/// names; and fields that proto2 requires may be missing.
/// Errors: where the message has no JSON form (a Timestamp out of its range, an Any of an unknown type); `json` is then
/// unspecified.
/// Tested by: MessageJson.*
google::protobuf::util::Status render_json(const google::protobuf::Message& message, std::string& json,
                                           const google::protobuf::util::JsonPrintOptions& options = {});

/// Reads what `render_json` writes, by either name of a field. Errors: what is no such message, or lacks a field that
/// proto2 requires; with the place, as protobuf tells it.
google::protobuf::util::Status parse_json(std::string_view json, google::protobuf::Message& message,
                                          const google::protobuf::util::JsonParseOptions& options = {});

}  // namespace understudy::protojson
