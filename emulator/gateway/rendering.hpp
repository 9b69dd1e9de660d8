#pragma once

#include "emulator/app/api.hpp"
#include "emulator/event/api_findings.hpp"
#include "emulator/event/facts.hpp"
#include "emulator/event/media_type.hpp"
#include "emulator/event/place.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/event/reply.hpp"
#include "emulator/gateway/ticket.hpp"
#include "emulator/http/message.hpp"

#include <string>
#include <string_view>

namespace understudy::gateway {

/// The forms of events and replies that an API has.
class Rendering {
  public:
    explicit Rendering(const app::Api& api)
        : kind_(api.kind),
          multi_value_headers_(api.multi_value_headers),
          binary_(api.binary_media_types, event::binary_setting(api)) {}

    const event::BinaryMediaTypes& binary() const { return binary_; }

    event::RenderedEvent event(const http::Request& request, const event::Place& place, const event::Facts& facts,
                               std::string_view trace, app::PayloadFormat payload) const;
    /// A function's whole reply; where `ticket` says `stream`, that of a function that did not.
    event::Reply reply(std::string payload, const Ticket& ticket) const;

  private:
    app::ApiKind kind_;
    bool multi_value_headers_;
    event::BinaryMediaTypes binary_;
};

}  // namespace understudy::gateway
