#pragma once

#include <chrono>
#include <cstdint>

namespace understudy::lambda {

/// What goes wrong on purpose with an invocation, to see what handlers and callers make of it. Each takes the way that
/// it would take on AWS: the process really dies or stands still, the reply really is what the Runtime API refuses.
struct Disturbance {
    enum class Kind : std::uint8_t {
        none,
        throttle,        ///< There is no environment to run it.
        slow_init,       ///< The init of an environment that is started for it ends `time` later.
        kill,            ///< The process is killed when it has the event.
        hang,            ///< The process stands still when it has the event, and never goes on.
        freeze,          ///< The same for `time`: its clocks jump.
        delay_reply,     ///< The Runtime API takes the reply `time` later.
        cut_reply,       ///< Half of the reply is lost.
        oversize_reply,  ///< The reply is larger than Lambda takes.
    };
    Kind kind = Kind::none;
    std::chrono::milliseconds time{0};

    friend bool operator==(const Disturbance&, const Disturbance&) = default;
};

}  // namespace understudy::lambda
