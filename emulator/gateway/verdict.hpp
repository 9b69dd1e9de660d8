#pragma once

#include "emulator/app/integration.hpp"
#include "emulator/event/facts.hpp"
#include "emulator/event/finding.hpp"
#include "emulator/gateway/access_control.hpp"
#include "emulator/gateway/stage.hpp"
#include "emulator/gateway/ticket.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <string>
#include <variant>
#include <vector>

namespace understudy::gateway {

/// A request that goes to a function.
struct Accepted {
    std::string function;   ///< Its name; no function of the application may have it.
    std::string qualifier;  ///< An alias or version; may be empty.
    std::string event;
    Ticket ticket;
    std::vector<event::Finding> findings;
    app::TransferMode transfer = app::TransferMode::buffered;  ///< `stream`: of REST APIs and URLs only.
    std::chrono::milliseconds timeout;                         ///< So long the gateway waits.
};

/// What the client gets. Date, Connection and the id headers are there; Content-Length is for the writer. The body of
/// an answer to HEAD is there too, for the writer to count and to leave out.
struct Answer {
    http::Response response;
    std::vector<event::Finding> findings;
    event::SentBody sent = {};  ///< How the body went into an event that could not be sent.
};

/// A request whose authorizer is being asked. Goes back to `FrontDoor::authorized` with the request.
struct PendingRequest {
    event::Facts facts;
    Entrance entrance;
    PendingAccess access = {};
};

/// A function must be asked before the request goes on.
struct AuthorizerCall {
    std::string function;
    std::string qualifier;
    std::string event;
    std::string trace;  ///< For the invocation.
    std::chrono::milliseconds timeout;
    PendingRequest pending;
};

/// An issuer's keys must be fetched before the request is admitted: `FrontDoor::access().on_keys`, then `admit` again.
struct KeysCall {
    std::string issuer;
    PendingRequest pending;
};

using Verdict = std::variant<Accepted, Answer, AuthorizerCall, KeysCall>;

}  // namespace understudy::gateway
