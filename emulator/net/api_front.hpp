#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/gateway/gateway_error.hpp"
#include "emulator/gateway/stage.hpp"
#include "emulator/http/message.hpp"
#include "emulator/net/responder.hpp"

#include <chrono>
#include <memory>
#include <optional>

namespace understudy::net {

class RecordedApi;

/// One API at work, of whatever kind.
class ApiFront {
  public:
    virtual ~ApiFront() = default;

    /// Answers a request, now or later.
    virtual void on_request(http::Request&& request, const gateway::Entrance& entrance, const event::Facts& facts,
                            Responder responder) = 0;
    /// The answer to what was no request.
    virtual http::Response refuse(gateway::ErrorKind kind, const event::Facts& facts) const = 0;
    /// The answer to a request whose head was read and whose body will not be.
    virtual http::Response refuse_body(gateway::ErrorKind kind, const http::Request& head,
                                       const gateway::Entrance& entrance, const event::Facts& facts) const = 0;
    /// Who writes its traffic down; null where nobody does.
    virtual std::shared_ptr<const RecordedApi> record() const { return nullptr; }
    /// How long a client may pause in the middle of a request; nullopt: as long as it likes.
    virtual std::optional<std::chrono::milliseconds> patience() const { return std::nullopt; }
};

}  // namespace understudy::net
