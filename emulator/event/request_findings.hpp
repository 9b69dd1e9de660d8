#pragma once

#include "emulator/app/api.hpp"
#include "emulator/event/finding.hpp"
#include "emulator/event/media_type.hpp"
#include "emulator/event/rendered_event.hpp"
#include "emulator/http/message.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace understudy::event {

/// Ids of what can be odd about a request.
inline constexpr std::string_view kRestBodyReplaced = "rest-body-replaced";
inline constexpr std::string_view kRestTypeNearMiss = "rest-type-near-miss";
inline constexpr std::string_view kRestTypeParameters = "rest-type-parameters";
inline constexpr std::string_view kRestJsonAsBase64 = "rest-json-as-base64";
inline constexpr std::string_view kRestBodyCompressed = "rest-body-compressed";
inline constexpr std::string_view kHttpBodyReplaced = "http-body-replaced";
inline constexpr std::string_view kHttpBodyCompressed = "http-body-compressed";
inline constexpr std::string_view kBodyOfGet = "body-of-get";
inline constexpr std::string_view kEventTooLarge = "event-too-large";
inline constexpr std::string_view kBodyTooLarge = "body-too-large";
inline constexpr std::string_view kReplyTooLarge = "reply-too-large";

/// Adds what is odd about a request to a REST API. `replaced`: bytes of the body that became U+FFFD.
void find_in_rest_request(std::vector<Finding>& findings, const http::Request& request, const BinaryMediaTypes& binary,
                          const SentBody& sent, std::size_t replaced);
/// The same for the other fronts; `front` in words: `an HTTP API`.
void find_in_http_request(std::vector<Finding>& findings, const http::Request& request, const SentBody& sent,
                          std::size_t replaced, std::string_view front);

/// An event over Lambda's limit, with both sizes, as base64 makes the difference.
Finding event_too_large(std::size_t body, std::size_t event, std::size_t limit);
/// A body over the front door's own limit. nullopt: its client does not say how large it is.
Finding body_too_large(std::optional<std::size_t> body, std::size_t limit, app::ApiKind kind);
/// A reply over a limit. 0: it was larger than is read.
Finding reply_too_large(std::size_t reply, std::size_t limit);
/// A reply whose header lines are over a load balancer's limit.
Finding reply_headers_too_large(std::size_t size, std::size_t limit);

}  // namespace understudy::event
