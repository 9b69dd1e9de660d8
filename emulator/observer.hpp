#pragma once

#include "emulator/net/answered_request.hpp"

#include <cstdint>
#include <string_view>

namespace understudy {

using net::AnsweredRequest;

/// Whether a function had begun with an event when that ended: one that is throttled, or whose init fails, had not.
enum class Begun : std::uint8_t { no, yes };

/// Told what happens, on the emulator's thread; must not block and must not call back. The views live for the call.
class Observer {
  public:
    virtual ~Observer() = default;
    virtual void on_request(const AnsweredRequest&) {}
    /// A function is about to be given an event, through whichever door it came.
    virtual void on_event(std::string_view /*function*/, std::string_view /*request_id*/, std::string_view /*event*/) {}
    /// Whether `on_end` is told; it costs nothing where nobody asks.
    virtual bool follows_ends() const { return false; }
    /// Told just before whoever waited for that event gets its outcome. Where the function had begun, REPORT follows in
    /// its log.
    virtual void on_end(std::string_view /*request_id*/, Begun) {}
    /// Lines of a function's log, each with its line end: START, END and REPORT, and what the function wrote.
    virtual void on_log(std::string_view /*function*/, std::string_view /*lines*/) {}
    /// Advice about a mistake that AWS would punish. Each `id` is told as often as `Settings::advice_told` says, but
    /// for what becomes of events (`event-dropped`, `dead-letter`, `destination-record`), health that changed
    /// (`health-check`), a recording that fails, or is written again (`recording`), and file descriptors that have run
    /// out (`too-many-files`).
    virtual void on_advice(std::string_view /*id*/, std::string_view /*text*/) {}
};

}  // namespace understudy
