#pragma once

#include "emulator/http/message.hpp"

#include <string>

namespace understudy::scenario {

/// A request as an event of payload format 2.0 that the Lambda API's Invoke takes: what the front `invoke` sends. The
/// body is always base64, header lines of one name are joined by commas.
http::Request to_invocation(const http::Request& request, const std::string& function);

/// What came back as the reply that it describes: `statusCode`, `headers`, `multiValueHeaders`, `body`. An error of the
/// function is 502 with its own document as body, and so is what describes no reply; a call that the Lambda API refuses
/// stays as it is.
http::Response from_invocation(const http::Response& reply);

}  // namespace understudy::scenario
