#pragma once

#include "emulator/http/headers.hpp"
#include "emulator/source/problem.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy::cli {

/// What a server has sent, and whether it has ended the connection.
struct ReceivedMessages {
    std::vector<std::string> messages;
    /// The code of its close frame, `http::WebSocketClose::abnormal` where it left without one; nullopt: it is open.
    std::optional<std::uint16_t> close_code;
};

/// A client's end of a WebSocket to an emulator of our own. Destroying it drops the connection.
/// Tested by: ReplaySocket.*
class ReplaySocket {
  public:
    ReplaySocket();
    ~ReplaySocket();
    ReplaySocket(ReplaySocket&&) noexcept;
    ReplaySocket& operator=(ReplaySocket&&) noexcept;

    /// Asks for a WebSocket at `ws://127.0.0.1:3000/path`, with these lines besides those of the handshake. Returns
    /// whether it was granted. Errors: unreadable: nobody answered, or not in this time.
    source::Result<bool> open(const std::string& url, const http::Headers& headers, std::chrono::milliseconds patience);
    /// Errors: unreadable: it has been closed.
    source::Result<void> send(const std::string& text);
    /// The messages that are there, without waiting for one.
    ReceivedMessages receive();
    /// Says that it is over; to a server that has said so by itself, nothing is written afterwards.
    void close(std::uint16_t code);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace understudy::cli
