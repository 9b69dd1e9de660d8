#pragma once

#include <chrono>
#include <string_view>

namespace understudy::net {

/// One request that was answered, for whoever shows it. The views live for the call.
struct AnsweredRequest {
    std::string_view method;
    std::string_view target;
    int status = 0;
    std::chrono::microseconds duration{};
    std::string_view request_id;
    /// Why the client has only the begin of a streamed body: `Runtime.ExitError`; empty where it has all of it.
    std::string_view cut_off_by = {};
};

}  // namespace understudy::net
