#pragma once

#include <cstdint>
#include <string>

namespace understudy::gateway {

/// How a call of a function ended, as the gateway sees it.
struct FunctionReply {
    enum class Kind : std::uint8_t {
        succeeded,       ///< `payload` is what the function answered.
        function_error,  ///< The function or its environment failed.
        throttled,       ///< No environment was free and none may be started.
        timed_out,       ///< `timeout` went by.
    };
    Kind kind = Kind::succeeded;
    std::string payload;
};

}  // namespace understudy::gateway
