#pragma once

#include <chrono>
#include <optional>
#include <string>

namespace understudy::app {

/// Who is told what became of an event.
struct Destination {
    std::string function;        ///< Empty where it is no function of the application.
    std::string qualifier = {};  ///< An alias or version; may be empty.
    std::string elsewhere = {};  ///< What else it is, by its ARN or in words: the log has its records.

    friend bool operator==(const Destination&, const Destination&) = default;
};

/// How long Lambda tries with an event that nobody waits for, and who is told of its end.
struct AsynchronousTerms {
    std::string qualifier{"$LATEST"};  ///< The version or alias that they are for.
    int retries = 2;                   ///< After a function error.
    std::chrono::seconds maximum_age{21600};
    std::optional<Destination> on_success = {};
    std::optional<Destination> on_failure = {};

    friend bool operator==(const AsynchronousTerms&, const AsynchronousTerms&) = default;
};

}  // namespace understudy::app
