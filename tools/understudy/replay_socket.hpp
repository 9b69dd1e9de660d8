#pragma once

#include "emulator/http/headers.hpp"
#include "emulator/source/problem.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace understudy::cli {

/// A client's end of a WebSocket to an emulator of our own. Destroying it drops the connection.
class ReplaySocket {
  public:
    ReplaySocket();
    ~ReplaySocket();
    ReplaySocket(ReplaySocket&&) noexcept;
    ReplaySocket& operator=(ReplaySocket&&) noexcept;

    /// Asks for a WebSocket at `ws://127.0.0.1:3000/path`, with these lines besides those of the handshake. Returns
    /// whether it was granted. Errors: unreadable: nobody answered.
    source::Result<bool> open(const std::string& url, const http::Headers& headers);
    /// Errors: unreadable: it has been closed.
    source::Result<void> send(const std::string& text);
    /// The messages that are there, without waiting for one.
    std::vector<std::string> receive();
    void close(std::uint16_t code);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace understudy::cli
