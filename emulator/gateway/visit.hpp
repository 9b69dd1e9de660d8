#pragma once

#include "emulator/event/place.hpp"
#include "emulator/event/trace.hpp"
#include "emulator/gateway/front_door.hpp"
#include "emulator/gateway/target.hpp"

#include <cstdint>

namespace understudy::gateway {

/// A request on its way through the front door. Lives for one call.
struct FrontDoor::Visit {
    /// Whether the browser asks for leave, and somebody else has to be asked first.
    enum class Purpose : std::uint8_t { request, preflight };

    const http::Request& request;
    const event::Facts& facts;
    Entrance entrance;
    event::Trace trace;
    Ticket ticket;
    Target target = {};
    StagedPath staged = {};
    std::size_t route = 0;
    Purpose purpose = Purpose::request;
    event::Place place = {};
    const http::Request* as_signed = nullptr;  ///< `RouteRequest::as_signed`

    RouteRequest to_route_request() const {
        return {request, place, facts, trace.event, route, staged.stage, {}, as_signed};
    }
};

}  // namespace understudy::gateway
