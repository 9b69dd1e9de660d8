#pragma once

#include "emulator/record/exchange.hpp"

#include <string>

namespace understudy::replay {

/// What a function gave back for an event.
struct FunctionReply {
    std::string payload;
    record::Outcome outcome = record::Outcome::succeeded;
    bool streamed = false;          ///< The payload came in pieces.
    std::string stream_error = {};  ///< The error document behind a streamed payload.
    std::string error_type = {};    ///< As the function posted it.
};
/// What a recorded invocation replied.
FunctionReply to_function_reply(const record::Invocation& invocation);

}  // namespace understudy::replay
