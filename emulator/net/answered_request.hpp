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
};

}  // namespace understudy::net
