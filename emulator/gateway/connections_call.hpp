#pragma once

#include "emulator/event/finding.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::gateway {

/// A call of `@connections`, by which a function reaches the clients of a WebSocket API.
struct ConnectionsCall {
    enum class Kind : std::uint8_t {
        send,        ///< POST: the body becomes a message to the client.
        describe,    ///< GET
        disconnect,  ///< DELETE
    };
    Kind kind = Kind::send;
    std::string connection_id;
    std::string stage;  ///< Only its connections are seen.
    std::vector<event::Finding> findings = {};
};

/// What GET tells of a connection.
struct ConnectionState {
    std::chrono::system_clock::time_point connected_at;
    std::chrono::system_clock::time_point last_active;
    std::string source_ip;
    std::string user_agent;  ///< Empty: the client sent none.
};

/// The connection that `/@connections/ID` names, percent-encoding taken off; `path` begins behind the stage. Errors:
/// nullopt for another path.
std::optional<std::string> parse_connection_path(std::string_view path);

/// Whether a text has the form of a connection's id. Unverified: what AWS takes for one.
bool may_be_connection(std::string_view id);

/// Errors: nullopt for another method than POST, GET and DELETE.
std::optional<ConnectionsCall::Kind> to_connections_call(std::string_view method);

/// Whether a request is signed, rightly or not.
bool is_signed(const http::Request& request);

/// What GET answers: `connectedAt`, `identity`, `lastActiveAt`. Unverified: that times have milliseconds.
///
/// Rule: [ApiGatewayManagementApi, GetConnection]. Tested by: ConnectionsCall.WhatIsToldOfAConnection
std::string render_connection(const ConnectionState& state);

}  // namespace understudy::gateway
