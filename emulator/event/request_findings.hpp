#pragma once

#include "emulator/event/event_fields.hpp"
#include "emulator/event/finding.hpp"
#include "emulator/event/media_type.hpp"
#include "emulator/http/message.hpp"

#include <cstddef>
#include <vector>

namespace understudy::event {

/// Ids of what can be odd about a request.
inline constexpr std::string_view kRestBodyReplaced = "rest-body-replaced";
inline constexpr std::string_view kRestJsonAsBase64 = "rest-json-as-base64";
inline constexpr std::string_view kRestBodyCompressed = "rest-body-compressed";
inline constexpr std::string_view kHttpBodyReplaced = "http-body-replaced";
inline constexpr std::string_view kEventTooLarge = "event-too-large";

/// Adds what is odd about a request to a REST API. `replaced`: bytes of the body that became U+FFFD.
void find_in_rest_request(std::vector<Finding>& findings, const http::Request& request, const BinaryMediaTypes& binary,
                          BodyForm form, std::size_t replaced);
/// The same for a request to an HTTP API.
void find_in_http_request(std::vector<Finding>& findings, const http::Request& request, std::size_t replaced);

/// An event over Lambda's limit, with both sizes, as base64 makes the difference.
Finding event_too_large(std::size_t body, std::size_t event, std::size_t limit);

}  // namespace understudy::event
