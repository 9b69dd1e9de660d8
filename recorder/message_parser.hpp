#pragma once

#include "emulator/http/headers.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace understudy::recorder {

/// The head of a message of HTTP/1.1.
struct MessageHead {
    std::string method = {};  ///< Of a request.
    std::string target = {};  ///< Of a request.
    int status = 0;           ///< Of a reply.
    http::Headers headers = {};
};

/// What messages are made of, in order.
class MessageSink {
  public:
    virtual ~MessageSink() = default;
    virtual void on_head(const MessageHead& head) = 0;
    virtual void on_body(std::string_view bytes) = 0;
    /// `trailers`: the header lines behind a chunked body.
    virtual void on_end(const http::Headers& trailers) = 0;
};

/// Which of the two that a connection carries.
enum class Direction : std::uint8_t { requests, replies };

/// Cuts the bytes of one direction of a connection into messages, while somebody else passes them on: what it cannot
/// read it leaves alone from then on.
class MessageParser {
  public:
    /// Lifetime: `sink` outlives it.
    MessageParser(Direction direction, MessageSink& sink);
    ~MessageParser();
    MessageParser(const MessageParser&) = delete;
    MessageParser& operator=(const MessageParser&) = delete;

    /// Interim replies (1xx) are skipped. False from the first byte on that is no HTTP/1.1.
    bool feed(std::string_view bytes);
    /// There is nothing more, which also ends a body without a length.
    bool end();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace understudy::recorder
