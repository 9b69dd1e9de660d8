#pragma once

#include "emulator/app/application.hpp"
#include "emulator/event/alb_event.hpp"
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
#include <vector>

namespace understudy::gateway {

/// The mode of a target group.
constexpr event::AlbHeaders to_mode(bool multi_value_headers) {
    return multi_value_headers ? event::AlbHeaders::multi_value : event::AlbHeaders::single_value;
}

/// The forms of events and replies that an API has.
class Rendering {
  public:
    Rendering(const app::Application& application, const app::Api& api);

    const event::BinaryMediaTypes& binary() const { return binary_; }
    /// What the reply to a REST API's request will depend on.
    event::RestAccept accept(const http::Request& request) const;
    bool deviates(app::Deviation deviation) const { return app::deviates(profile_, kind_, deviation); }
    /// Tells the place what the profile wants to know.
    void describe(event::Place& place) const;

    /// `ticket` says the form of the event.
    event::RenderedEvent event(const http::Request& request, const event::Place& place, const event::Facts& facts,
                               std::string_view trace, const Ticket& ticket) const;
    /// A function's whole reply; where `ticket` says `stream`, that of a function that did not.
    event::Reply reply(std::string payload, const Ticket& ticket) const;

  private:
    event::Reply rest_reply(std::string_view payload, const Ticket& ticket) const;

    app::ApiKind kind_;
    app::Profile profile_;
    std::vector<std::string> all_binary_types_;  ///< Of all APIs.
    event::BinaryMediaTypes binary_;
    std::string_view streaming_setting_;
};

}  // namespace understudy::gateway
