#pragma once

#include "emulator/gateway/gateway_error.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace understudy::gateway {

/// How a call of a function ended, as the gateway sees it.
struct FunctionReply {
    enum class Kind : std::uint8_t {
        succeeded,       ///< `payload` is what the function answered.
        function_error,  ///< The function or its environment failed.
        throttled,       ///< No environment was free and none may be started.
        timed_out,       ///< `timeout` went by.
        no_function,     ///< Lambda refused the call: there is no such function, or not that version of it.
    };
    Kind kind = Kind::succeeded;
    std::string payload;
    /// The bytes of a reply that Lambda itself refused for its size, 0 where they are not known; nullopt: it did not.
    std::optional<std::size_t> oversized = {};
};

/// What a door answers where the function gave no reply that it could take.
///
/// Rule: a call that Lambda refuses is a 500 of a REST API, a function that fails a 502 [Lambda developer guide,
/// services-apigateway, "Handling errors"]. Tested by: FrontDoor.FailuresOfRest
constexpr ErrorKind to_error(FunctionReply::Kind kind) {
    switch (kind) {
        case FunctionReply::Kind::throttled:
            return ErrorKind::throttled;
        case FunctionReply::Kind::timed_out:
            return ErrorKind::integration_timeout;
        case FunctionReply::Kind::no_function:
            return ErrorKind::integration_failure;
        case FunctionReply::Kind::succeeded:
        case FunctionReply::Kind::function_error:
            break;
    }
    return ErrorKind::malformed_reply;
}

}  // namespace understudy::gateway
