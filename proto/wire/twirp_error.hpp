#pragma once

#include "proto/wire/status.hpp"

#include <string>
#include <string_view>

namespace understudy::wire {

/// The HTTP status that goes with a code (github.com/twitchtv/twirp, docs/spec_v7.md, "Error Codes"): 412 for
/// `failed_precondition`, where Connect has 400. The names are Connect's: the specification's `dataloss` is refused by
/// Twirp's own client, which writes and reads `data_loss` (errors.go).
int to_twirp_http_status(Code code);

/// What Twirp says where it knows no such method, to any verb and content type (404).
inline constexpr std::string_view kBadRoute = "bad_route";

/// The body of a Twirp reply that is no success: `{"code":"not_found","msg":"no such thing"}`. Twirp has no details.
/// Preconditions: `status` is not ok. `name`: the code's, or `bad_route`.
std::string render_twirp_error(const Status& status, std::string_view name);

/// How a call ended whose reply is not 200. The body's `code` decides, `malformed` being `invalid_argument`,
/// `bad_route` `unimplemented` and `dataloss` `data_loss`; without one the HTTP status, as for what a gateway answers
/// itself. Never ok.
Status parse_twirp_error(int http_status, std::string_view body);

}  // namespace understudy::wire
