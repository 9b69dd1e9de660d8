#include "proto/wire/protocol.hpp"

#include <algorithm>
#include <ostream>
#include <string>

namespace understudy::wire {
namespace {

struct Names {
    std::string_view proto;
    std::string_view json;
};

Names names_of(Protocol protocol) {
    switch (protocol) {
        case Protocol::plain:
            return {"plain", "plain"};
        case Protocol::connect:
            return {"connect", "connect-json"};
        case Protocol::connect_get:
            return {"connect-get", "connect-get"};
        case Protocol::grpc_web:
            return {"grpc-web", "grpc-web"};
        case Protocol::grpc_web_text:
            return {"grpc-web-text", "grpc-web-text"};
        case Protocol::grpc:
            return {"grpc", "grpc"};
        case Protocol::twirp:
            return {"twirp", "twirp-json"};
    }
    return {};
}

Names types_of(Protocol protocol) {
    switch (protocol) {
        case Protocol::plain:
        case Protocol::connect:
        case Protocol::connect_get:
            return {"application/proto", "application/json"};
        case Protocol::grpc_web:
            return {"application/grpc-web+proto", "application/grpc-web+json"};
        case Protocol::grpc_web_text:
            return {"application/grpc-web-text+proto", "application/grpc-web-text+json"};
        case Protocol::grpc:
            return {"application/grpc+proto", "application/grpc+json"};
        case Protocol::twirp:
            return {"application/protobuf", "application/json"};
    }
    return {};
}

std::string_view choose(Names names, Codec codec) {
    return codec == Codec::json ? names.json : names.proto;
}

// `application/grpc-web` and what may stand behind it.
std::optional<Codec> parse_suffix(std::string_view type, std::string_view base) {
    if (!type.starts_with(base)) return std::nullopt;
    const auto suffix = type.substr(base.size());
    if (suffix.empty() || suffix == "+proto") return Codec::proto;
    return suffix == "+json" ? std::optional(Codec::json) : std::nullopt;
}

}  // namespace

std::string_view to_name(Dialect dialect) {
    return choose(names_of(dialect.protocol), dialect.codec);
}

std::optional<Dialect> parse_dialect_name(std::string_view name) {
    const auto found = std::ranges::find_if(kDialects, [name](Dialect dialect) { return to_name(dialect) == name; });
    return found == kDialects.end() ? std::nullopt : std::optional(*found);
}

std::string_view to_content_type(Dialect dialect) {
    return choose(types_of(dialect.protocol), dialect.codec);
}

std::optional<Dialect> parse_dialect(std::string_view content_type) {
    const auto type = to_media_type(content_type);
    if (const auto codec = parse_suffix(type, "application/grpc-web-text"))
        return Dialect{Protocol::grpc_web_text, *codec};
    if (const auto codec = parse_suffix(type, "application/grpc-web")) return Dialect{Protocol::grpc_web, *codec};
    const auto bare = parse_content_type(type);
    if (!bare) return std::nullopt;
    const bool own = *bare == kConnectProto || *bare == kConnectJson;
    return Dialect{own ? Protocol::connect : Protocol::plain, bare->codec};
}

std::optional<Dialect> parse_grpc_dialect(std::string_view content_type) {
    const auto codec = parse_suffix(to_media_type(content_type), "application/grpc");
    return codec ? std::optional(Dialect{Protocol::grpc, *codec}) : std::nullopt;
}

bool has_envelopes(Protocol protocol) {
    return protocol == Protocol::grpc || protocol == Protocol::grpc_web || protocol == Protocol::grpc_web_text;
}

bool has_timeout(Protocol protocol) {
    return protocol != Protocol::plain && protocol != Protocol::twirp;
}

std::ostream& operator<<(std::ostream& out, Dialect dialect) {
    return out << to_name(dialect);
}

}  // namespace understudy::wire
