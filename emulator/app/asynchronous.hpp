#pragma once

#include <chrono>
#include <string>

namespace understudy::app {

/// How long Lambda tries with an event that nobody waits for.
struct AsynchronousTerms {
    std::string qualifier{"$LATEST"};  ///< The version or alias that they are for.
    int retries = 2;                   ///< After a function error.
    std::chrono::seconds maximum_age{21600};

    friend bool operator==(const AsynchronousTerms&, const AsynchronousTerms&) = default;
};

}  // namespace understudy::app
