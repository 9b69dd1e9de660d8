#include "proto/wire/content_type.hpp"

#include "proto/wire/metadata.hpp"

#include <algorithm>
#include <array>
#include <ostream>

namespace understudy::wire {
namespace {

constexpr std::array<ContentType, 5> kTypes{{
    kConnectProto,
    {Codec::proto, "application/x-protobuf"},
    {Codec::proto, "application/protobuf"},
    {Codec::proto, "application/grpc+proto"},
    kConnectJson,
}};

std::string_view without_parameters(std::string_view header) {
    return trimmed(header.substr(0, header.find(';')));
}

}  // namespace

std::optional<ContentType> parse_content_type(std::string_view header) {
    const std::string_view given = without_parameters(header);
    const auto found =
        std::ranges::find_if(kTypes, [given](const ContentType& type) { return same_name(given, type.name); });
    return found == kTypes.end() ? std::nullopt : std::optional(*found);
}

std::string to_media_type(std::string_view header) {
    return to_lower_name(without_parameters(header));
}

std::string_view accepted_content_types() {
    return "application/proto, application/x-protobuf, application/protobuf, application/grpc+proto, application/json";
}

std::ostream& operator<<(std::ostream& out, Codec codec) {
    return out << (codec == Codec::proto ? "proto" : "json");
}

}  // namespace understudy::wire
