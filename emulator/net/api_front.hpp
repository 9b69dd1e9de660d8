#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/gateway/stage.hpp"
#include "emulator/http/message.hpp"
#include "emulator/net/http_server.hpp"
#include "emulator/net/responder.hpp"

namespace understudy::net {

/// One API at work, of whatever kind.
class ApiFront {
  public:
    virtual ~ApiFront() = default;

    /// Answers a request, now or later.
    virtual void on_request(http::Request&& request, const gateway::Entrance& entrance, event::Facts facts,
                            Responder responder) = 0;
    /// The answer to what was no request.
    virtual http::Response refuse(Malformed fault, const event::Facts& facts) const = 0;
};

}  // namespace understudy::net
