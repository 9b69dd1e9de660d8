#pragma once

#include "emulator/app/api.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace understudy::app {

/// Whose behaviour the front doors show.
enum class Profile : std::uint8_t {
    aws,
    sam,  ///< REST and HTTP APIs as `sam local start-api` has them, so that a team can compare.
};

/// Something that SAM CLI does otherwise than AWS.
enum class Deviation : std::uint8_t {
    empty_members,
    user_agent,
    account,
    request_form,
    damaged_text,
    reply_decoding,
    reply_keys,
    no_route,
    function_error,
    denied,
    default_type,
    limits,
    added_headers,
    preflight,
};

/// One of them in words.
struct DeviationRow {
    Deviation what;
    std::string_view aws;
    std::string_view sam;
};

/// Those that profile `sam` reproduces. A row that is taken out is reproduced no more.
///
/// Source: [aws-sam-cli: samcli/local/apigw/local_apigw_service.py, event_constructor.py,
/// service_error_responses.py; samcli/local/events/api_event.py]. Tested by: SamProfile.EachDeviationIsReproduced
std::span<const DeviationRow> sam_deviations();

/// Whether an API of this kind shows it under this profile. Function URLs, load balancers and WebSocket APIs are AWS's
/// always: SAM CLI has none.
bool deviates(Profile profile, ApiKind kind, Deviation deviation);

}  // namespace understudy::app
