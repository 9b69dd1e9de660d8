#pragma once

#include "emulator/app/application.hpp"
#include "emulator/event/facts.hpp"
#include "emulator/event/finding.hpp"
#include "emulator/event/media_type.hpp"
#include "emulator/event/rest_reply.hpp"
#include "emulator/gateway/function_reply.hpp"
#include "emulator/gateway/gateway_error.hpp"
#include "emulator/gateway/limits.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace understudy::gateway {

/// What the answer to an admitted request needs of it.
struct Ticket {
    std::string request_id;
    std::string extended_request_id;
    std::string trace;         ///< `Root=…;Parent=…;Sampled=…;Lineage=…`: for the invocation and the answer.
    event::RestAccept accept;  ///< REST only.
    bool close = false;        ///< The client wants the connection closed behind the answer.
};

/// A request that goes to the function.
struct Accepted {
    std::string event;
    Ticket ticket;
    std::vector<event::Finding> findings;
};

/// What the client gets. Date, Connection and the id headers are there; Content-Length is for the writer. The body of
/// an answer to HEAD is there too, for the writer to count and to leave out.
struct Answer {
    http::Response response;
    std::vector<event::Finding> findings;
};

using Verdict = std::variant<Accepted, Answer>;

/// The front door of one API: HTTP request to event, function's reply to HTTP response, and what the gateway answers by
/// itself. Pure: no clock, no ids, no sockets; one for all of an API's requests.
class FrontDoor {
  public:
    /// Copies what it needs.
    FrontDoor(const app::Application& application, const app::Api& api);

    /// Reads a request; its body is not copied but into the event.
    Verdict admit(const http::Request& request, const event::Facts& facts) const;

    Answer answer(const Ticket& ticket, FunctionReply reply, std::chrono::system_clock::time_point now) const;

    /// The answer to bytes that never became a request; the connection is closed behind it.
    http::Response refuse(ErrorKind kind, const event::Facts& facts) const;

    /// How long the gateway waits for the function.
    std::chrono::milliseconds integration_timeout() const { return limits_.integration_timeout; }
    const Limits& limits() const { return limits_; }

  private:
    bool is_rest() const { return kind_ == app::ApiKind::rest; }
    http::Response finish(http::Response response, const Ticket& ticket, std::chrono::system_clock::time_point now,
                          std::string_view error_type) const;
    http::Response fail(ErrorKind kind, const Ticket& ticket, std::chrono::system_clock::time_point now) const;
    Ticket issue_ticket(const http::Request& request, const event::Facts& facts, std::string trace) const;

    app::ApiKind kind_;
    Limits limits_;
    std::string account_;
    std::string api_id_;
    std::string stage_;
    std::string domain_;
    std::string deployment_id_;
    std::string root_id_;
    std::string proxy_id_;
    event::BinaryMediaTypes binary_;
};

}  // namespace understudy::gateway
