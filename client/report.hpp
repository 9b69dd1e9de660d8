#pragma once

#include "proto/wire/status.hpp"

#include <logquery/v1/logquery.pb.h>

#include <string>

namespace understudy::client {

/// `found: messages within 300s of 2026-01-05T09:58:55Z`, or that there is none; for people.
std::string render_check(const logquery::v1::CheckWindowRequest& request,
                         const logquery::v1::CheckWindowResponse& response);

/// One message a line, oldest first, the lines behind its first one indented, and a last line that counts them; for
/// people. Control characters of a log are shown as `?`, so that it cannot drive a terminal.
std::string render_messages(const logquery::v1::FindMessagesRequest& request,
                            const logquery::v1::FindMessagesResponse& response);

/// `invalid_argument: time is missing`; for people. The message is the server's, so its control characters are shown as
/// `?`.
std::string render_failure(const wire::Status& status);

/// Protobuf's JSON mapping in one line, with the fields that have their default; for programs.
std::string render_json(const google::protobuf::Message& response);

}  // namespace understudy::client
