#pragma once

#include "proto/wire/content_type.hpp"

#include <array>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string_view>

namespace understudy::wire {

/// What a unary call travels as.
enum class Protocol : std::uint8_t {
    plain,          ///< A POST whose body is the bare message; errors are Connect's.
    connect,        ///< Connect (connectrpc.com/docs/protocol).
    connect_get,    ///< Connect, the message in the query, of methods without side effects.
    grpc_web,       ///< gRPC-Web, binary (github.com/grpc/grpc, doc/PROTOCOL-WEB.md).
    grpc_web_text,  ///< gRPC-Web, all of its body as base64.
    grpc,           ///< gRPC over HTTP/2 (github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md).
    twirp,          ///< Twirp (github.com/twitchtv/twirp, docs/spec_v7.md).
};

/// A protocol, and how its messages are encoded.
struct Dialect {
    Protocol protocol = Protocol::plain;
    Codec codec = Codec::proto;

    friend bool operator==(const Dialect&, const Dialect&) = default;
};

/// The dialects that have names of their own, in the order in which they are listed.
inline constexpr std::array<Dialect, 9> kDialects{{
    {Protocol::connect, Codec::proto},
    {Protocol::connect, Codec::json},
    {Protocol::connect_get, Codec::proto},
    {Protocol::grpc_web, Codec::proto},
    {Protocol::grpc_web_text, Codec::proto},
    {Protocol::grpc, Codec::proto},
    {Protocol::twirp, Codec::proto},
    {Protocol::twirp, Codec::json},
    {Protocol::plain, Codec::proto},
}};

/// `connect`, `connect-json`, `connect-get`, `grpc-web`, `grpc-web-text`, `grpc`, `twirp`, `twirp-json`, `plain`.
std::string_view to_name(Dialect dialect);
std::optional<Dialect> parse_dialect_name(std::string_view name);

/// The content type of a dialect's requests, `application/grpc-web+proto`; of Connect's GET, of its replies.
std::string_view to_content_type(Dialect dialect);

/// The dialect that a content type stands for: `application/grpc-web` is `application/grpc-web+proto`. The types of
/// bare messages are `connect`'s where they are Connect's own, else `plain`; Twirp's cannot be told from them.
/// `application/grpc+proto` is `plain` over HTTP/1.1, where no gRPC can be meant. nullopt for a type without a codec.
std::optional<Dialect> parse_dialect(std::string_view content_type);
/// The same for a request of HTTP/2 that says `te: trailers`.
std::optional<Dialect> parse_grpc_dialect(std::string_view content_type);

/// Whether messages travel in envelopes, and the status in trailers of some kind.
bool has_envelopes(Protocol protocol);
/// Whether the caller's timeout travels along.
bool has_timeout(Protocol protocol);

std::ostream& operator<<(std::ostream& out, Dialect dialect);

}  // namespace understudy::wire
