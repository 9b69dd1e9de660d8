#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <ratio>
#include <string>

namespace understudy::lambda {

/// Milliseconds with their fraction: log lines show two decimals.
using Milliseconds = std::chrono::duration<double, std::milli>;

/// What a function lays down for its environments.
///
/// Times are nominal or real. A nominal second lasts 1/clock_scale real seconds: waits are real, what callers and logs
/// read is nominal, so that a limit of 29 s is tested in milliseconds and still reads 29 s.
struct EnvironmentTerms {
    enum class PlatformLog : std::uint8_t {
        written,
        omitted,  ///< No WriteLog; a log tail that a caller asks for is made all the same.
    };
    std::chrono::milliseconds timeout{3000};  ///< Nominal.
    int memory_megabytes = 128;
    double clock_scale = 1.0;
    PlatformLog log = PlatformLog::written;
    std::shared_ptr<const std::string> registration = {};  ///< `render_registration`; null: it says nothing.

    Milliseconds to_nominal(std::chrono::steady_clock::duration real) const {
        return std::chrono::duration_cast<Milliseconds>(real) * clock_scale;
    }
    std::chrono::nanoseconds to_real(std::chrono::milliseconds nominal) const {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(Milliseconds(nominal) / clock_scale);
    }
};

}  // namespace understudy::lambda
