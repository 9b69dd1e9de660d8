#pragma once

#include "proto/wire/metadata.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace understudy::rpc {

/// How whoever sent an event wants the reply to repeat a header name.
enum class Repeats : std::uint8_t {
    joined,        ///< Values are joined by commas: payload format 2.0, and load balancers without multi-value headers.
    lists_beside,  ///< `multiValueHeaders` beside `headers`: payload format 1.0.
    lists_only,    ///< `multiValueHeaders` alone counts: load balancers with multi-value headers.
};

/// The HTTP request that a proxy event describes.
struct ProxyRequest {
    std::string method;
    std::string path;  ///< May begin with the API's stage.
    wire::Metadata headers = {};
    std::string body = {};      ///< The bytes that the client sent; empty where it sent none.
    wire::Metadata query = {};  ///< Its parameters, decoded.
    Repeats repeats = Repeats::joined;

    /// The first value of a header, its name in any case: a REST API keeps the client's spelling, an HTTP API writes
    /// lower case. nullptr where there is none.
    const std::string* find_header(std::string_view name) const;
};

/// An event that no HTTP front door sends, or one that contradicts itself.
class UnknownEvent : public std::invalid_argument {
  public:
    using std::invalid_argument::invalid_argument;
};

/// What a WebSocket API sends: somebody has come or gone, or says something.
struct SocketEvent {
    enum class Kind : std::uint8_t { connect, message, disconnect };
    Kind kind = Kind::message;
    std::string text = {};  ///< Of a message.
};

/// Reads an event of an HTTP front door, in payload format 1.0 (REST APIs, HTTP APIs on request; ALB events have the
/// same members) or 2.0 (HTTP APIs, function URLs), or of a WebSocket API, which is known by
/// `requestContext.eventType`. A body is decoded where `isBase64Encoded` says so; one that is null or missing is empty,
/// as the message of zero bytes arrives. Headers with all their values are taken where the event has them, and of
/// format 2.0 the query as it was sent, because that format joins parameters of the same name.
///
/// Rule: docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html ("Event format"),
/// docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html and
/// docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
/// Errors: throws UnknownEvent.
std::variant<ProxyRequest, SocketEvent> parse_event(std::string_view event);

}  // namespace understudy::rpc
