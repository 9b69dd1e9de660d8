#pragma once

#include "emulator/http/message.hpp"

#include <string_view>

namespace understudy::cli {

/// A whole answer as it goes to a client over HTTP/1.1: its length is stated, and where none may be there is no body.
/// Tested by: SentResponse.StatesItsLengthAsServeDoes
http::Response to_sent_response(const http::Response& response, std::string_view method);

}  // namespace understudy::cli
