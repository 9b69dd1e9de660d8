#pragma once

#include "client/wait_until_ready.hpp"
#include "emulator/source/problem.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::grpc {

/// A connection to a server, whose operations all end at one point in time; an interrupted one goes on.
/// Tested by: TimedConnection.*
class TimedConnection {
  public:
    using Clock = std::chrono::steady_clock;
    enum class Outcome : std::uint8_t { done, closed, late };
    struct Received {
        Outcome outcome = Outcome::done;
        std::size_t size = 0;
    };

    /// `authority`: `127.0.0.1:41234`, or a name with a port; looking up a name may go beyond `until`.
    /// Errors: an unknown name, or nobody there, also not in time.
    static source::Result<TimedConnection> connect(const std::string& authority, Clock::time_point until);
    ~TimedConnection();
    TimedConnection(TimedConnection&& other) noexcept;
    TimedConnection& operator=(TimedConnection&&) = delete;

    /// All of `bytes`.
    Outcome send(std::string_view bytes) const;
    /// What has come, once something has.
    Received receive(std::array<std::uint8_t, 65536>& bytes) const;

  private:
    TimedConnection(int descriptor, Clock::time_point until) : descriptor_(descriptor), until_(until) {}

    Outcome wait_for(client::ReadyTo what) const;
    /// Whether the connection that has begun comes about.
    Outcome wait_until_connected() const;

    int descriptor_;
    Clock::time_point until_;
};

}  // namespace understudy::grpc
