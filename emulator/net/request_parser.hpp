#pragma once

#include "emulator/http/message.hpp"
#include "emulator/net/http_server.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace understudy::net {

/// Reads one request after another out of the bytes of a connection. No I/O.
///
/// A body whose length is known is not fed: once `body_left` is not 0, its bytes go straight behind `request().body`
/// and are reported with `body_arrived`.
class RequestParser {
  public:
    explicit RequestParser(ServerLimits limits);
    ~RequestParser();
    RequestParser(const RequestParser&) = delete;
    RequestParser& operator=(const RequestParser&) = delete;

    /// Forgets the request and begins with the next one.
    void reset();

    /// Parses `bytes`, which begin where the last call stopped, and returns how many were used; the rest is to be fed
    /// again, with more behind it. Stops behind the request, and where a body of known length begins.
    std::size_t feed(std::string_view bytes);
    /// Reads a body of any size from now on: it goes elsewhere as it comes. Preconditions: `head_done()`.
    void lift_body_limit();
    /// Notes that `size` bytes of the body of known length were appended to `request().body`.
    void body_arrived(std::size_t size);

    /// True from the request's first byte on.
    bool started() const;
    bool head_done() const;
    bool done() const;
    /// What is wrong with the request, if anything is; nothing may be fed then.
    std::optional<Malformed> fault() const;
    /// Bytes still missing from a body of known length.
    std::size_t body_left() const;
    /// Whether the client waits for `100 Continue` before it sends the body. Preconditions: `head_done()`.
    bool expects_continue() const;
    /// Whether version and Connection header keep the connection open. Preconditions: `done()`.
    bool keep_alive() const;

    http::Request& request();

  private:
    class Reader;
    std::unique_ptr<Reader> reader_;
};

}  // namespace understudy::net
