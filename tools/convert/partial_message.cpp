#include "tools/convert/partial_message.hpp"

#include <limits>

namespace understudy::convert {

namespace protobuf = google::protobuf;

bool parse_partial_bytes(std::string_view bytes, protobuf::Message& message) {
    if (bytes.size() > std::numeric_limits<int>::max()) return false;
    return message.ParsePartialFromArray(bytes.data(), static_cast<int>(bytes.size()));
}

std::vector<std::string> missing_fields(const protobuf::Message& message) {
    std::vector<std::string> missing;
    if (!message.IsInitialized()) message.FindInitializationErrors(&missing);
    return missing;
}

}  // namespace understudy::convert
