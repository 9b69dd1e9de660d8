#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/event/place.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/http/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::event {

/// A target group's `lambda.multi_value_headers.enabled`: which of the two maps events and replies have.
enum class AlbHeaders : std::uint8_t { single_value, multi_value };

/// The event of an Application Load Balancer's target group, written once. `trace` is `Trace::event`.
///
/// Rule: query names and values are not decoded; one of the two kinds of maps, never both; an empty body is `""`
/// [Elastic Load Balancing guide, lambda-functions; aws-lambda-go: alb-*.json]. Tested by:
/// AlbEvent.TheWholeEventOfAGet, AlbEvent.TheWholeEventOfAPost
RenderedEvent render_alb_event(const http::Request& request, const Place& place, const Facts& facts,
                               std::string_view trace, AlbHeaders mode);

/// The event of a health check: `place` says the target group and the path.
///
/// Rule: [Elastic Load Balancing guide, lambda-functions, "Lambda target health checks"].
/// Tested by: AlbEvent.HealthChecksAreShort
std::string render_alb_health_check(const Place& place, AlbHeaders mode);

}  // namespace understudy::event
