#pragma once

#include <cstddef>

namespace understudy::lambda {

/// How many events may wait, and the bytes of them all: those that nobody waits for, while they are under way or until
/// their next attempt, and those of jobs before a function, which clients left behind that did not wait for a reply.
/// AWS names no such limits of its queues; these keep a client that sends for ever from using up this machine's memory.
struct EventLimits {
    std::size_t events = 100'000;
    std::size_t bytes = std::size_t{256} << 20;
};

/// Counts the events that wait against their limits. Decides only.
///
/// Source: own rule (docs/fidelity.md, "Events beyond those that may wait"). Tested by: WaitingEvents.*
class WaitingEvents {
  public:
    explicit WaitingEvents(EventLimits limits) : limits_(limits) {}

    /// Whether one more event of that size may be taken.
    bool has_room(std::size_t bytes) const {
        return events_ < limits_.events && bytes <= limits_.bytes && bytes_ <= limits_.bytes - bytes;
    }
    void on_taken(std::size_t bytes) {
        ++events_;
        bytes_ += bytes;
    }
    /// Precondition: an event of that size was taken.
    void on_gone(std::size_t bytes) {
        --events_;
        bytes_ -= bytes;
    }
    void on_all_gone() { events_ = bytes_ = 0; }

  private:
    EventLimits limits_;
    std::size_t events_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace understudy::lambda
