#pragma once

#include "emulator/http/message.hpp"
#include "emulator/record/exchange.hpp"
#include "emulator/source/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::replay {

/// What an invocation needs to be repeated.
enum class Needs : std::uint8_t {
    reply,  ///< The recorded reply, to compare with.
    event,  ///< Its event alone: two builds are compared with each other.
};

/// Who is given recorded events.
struct Runners {
    std::string recorded;             ///< The recorded function that a command stands in for; empty: any.
    std::set<std::string> functions;  ///< Those of a template, by their names.
    std::string command_name = {};    ///< What the emulator calls the command's function; empty: there is no command.
    Needs needs = Needs::reply;

    bool has_command() const { return !command_name.empty(); }
    const std::string& name_of(const record::Invocation& invocation) const {
        return has_command() ? command_name : invocation.function;
    }
};

/// Which invocations of an exchange are repeated, and why others are not.
struct PlannedEvents {
    std::vector<std::size_t> invocations;
    std::vector<std::string> left_out;
};
/// Sorts an exchange's invocations by who can be asked again.
PlannedEvents plan_events(const record::Exchange& exchange, const Runners& runners);

/// Why the request of an exchange is sent to nobody, wherever it went; empty where it is.
/// Tested by: PlanRequests.WhatIsNoRequestOfHttpIsNotSent
std::string find_sending_obstacle(const record::Exchange& exchange);

/// Why the request of an exchange is not sent to a command behind a front; empty where it is. `session`: the
/// exchange's; null where there is none.
std::string find_request_obstacle(const record::Exchange& exchange, const record::Session* session,
                                  const Runners& runners);

/// An API that requests are sent to again.
struct Door {
    std::string id;
    std::string name;
    std::string front;     ///< `rest`, `http`, `url`, `alb`
    std::string url = {};  ///< Takes any request there, its stage is in it; without a slash at its end.
};

/// Where requests are sent.
struct Doors {
    std::string url;          ///< Without a slash at its end.
    std::string lambda;       ///< The Lambda API's; empty: there is none to call.
    std::vector<Door> doors;  ///< Empty: `url` is an API elsewhere.
    /// `Name: value` in place of the recorded ones of that name.
    http::Headers headers;
    bool recorded_ids = false;           ///< Send the recorded trace.
    bool any_front = false;              ///< The one door takes what came through a front of another kind, too.
    bool of_template = false;            ///< The doors are a template's, which the user may choose from.
    std::set<std::string> domains = {};  ///< In lower case: hosts that say by themselves which API is meant.
    std::string chosen = {};             ///< The id or name of the door for requests that name none of these.
};
/// The door that is called so; null where there is none.
const Door* find_door(const Doors& doors, std::string_view id_or_name);
/// That the chosen door is none of them.
source::Problem to_unknown_api(const Doors& doors);

/// A request that is sent again. Host, Content-Length and Connection are the sender's where they are not in it.
struct AgainRequest {
    std::string base_url;
    http::Request request;
};
/// `session`: the exchange's, which may know the stages of its API; null where there is none.
/// Errors: not_found, unsupported: why it cannot be sent; one that line breaks in it would make another is not.
source::Result<AgainRequest> to_request(const record::Exchange& exchange, const Doors& doors,
                                        const record::Session* session = nullptr);

/// The request that opens a WebSocket again; its URL is `base_url` and the target, its query. Precondition: the
/// exchange has a request, and the front is `websocket`. Errors: not_found, unsupported: why it cannot be sent.
source::Result<AgainRequest> to_handshake(const record::Exchange& exchange, const Doors& doors,
                                          const record::Session* session);

}  // namespace understudy::replay
