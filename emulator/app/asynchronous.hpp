#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace understudy::app {

/// A function that is told what became of an event.
struct Destination {
    std::string function;
    std::string qualifier = {};  ///< An alias or version; may be empty.

    friend bool operator==(const Destination&, const Destination&) = default;
};

/// How long Lambda tries with an event that nobody waits for, and who is told of its end.
struct AsynchronousTerms {
    std::string qualifier{"$LATEST"};  ///< The version or alias that they are for.
    int retries = 2;                   ///< After a function error.
    std::chrono::seconds maximum_age{21600};
    std::optional<Destination> on_success = {};  ///< Only functions of the application.
    std::optional<Destination> on_failure = {};

    friend bool operator==(const AsynchronousTerms&, const AsynchronousTerms&) = default;
};

}  // namespace understudy::app
