#pragma once

#include "emulator/http/message.hpp"
#include "emulator/net/body_reader.hpp"
#include "emulator/net/responder.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace boost::asio {
class io_context;
}

namespace understudy::net {

class Listener;
class TlsContext;

/// Why a message that arrived is no request.
enum class Malformed : std::uint8_t {
    garbage,            ///< Not HTTP/1.x, or a start line or header line against its grammar.
    bad_framing,        ///< Content-Length, Transfer-Encoding or a chunk that leaves the body's end in doubt.
    headers_too_large,  ///< Start line and header lines, or the trailers, over `ServerLimits::header_bytes`.
    body_too_large,     ///< Over `ServerLimits::body_bytes`; told from Content-Length before the body is read.
};

/// What arrived and is no request.
struct BrokenRequest {
    Malformed fault;
    const http::Request& head;  ///< As far as it was read; without a method where not even its first line was.
    bool head_done;             ///< Whether that is the whole head.
};

/// What becomes of the trailers of a chunked request.
enum class Trailers : std::uint8_t {
    dropped,   ///< As gateways do: a trailer must not pass for a header.
    appended,  ///< They follow the header lines: a runtime tells of a broken stream in them.
};

/// Which versions of HTTP are spoken.
enum class Versions : std::uint8_t {
    http1,
    http1_and_http2,  ///< A client that begins with HTTP/2's preface gets HTTP/2.
};

/// The largest request that is read: `header_bytes` counts start line, header lines and the line ends.
struct ServerLimits {
    std::size_t header_bytes = 64 * 1024;
    std::size_t body_bytes = 10 * 1024 * 1024;
    Trailers trailers = Trailers::dropped;
    Versions versions = Versions::http1;
    /// What a client still sends behind its answer is read and thrown away, for it may not read the answer before; so
    /// long, and so much.
    std::chrono::milliseconds linger{5000};
    std::size_t linger_bytes = 64 * 1024 * 1024;
};

/// A listening address, as numbers.
struct Endpoint {
    std::string address;
    std::uint16_t port = 0;

    friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// Who sent a request, and how it reached us.
struct Peer {
    std::string address;  ///< In digits.
    std::uint16_t port = 0;
    std::uint16_t server_port = 0;  ///< Ours.
    bool secure = false;            ///< Over TLS.
    bool http2 = false;             ///< By HTTP/2.

    friend bool operator==(const Peer&, const Peer&) = default;
};

/// An HTTP/1.1 server, and HTTP/2 where it is asked to, on one event loop: requests as values in, replies as values
/// out, one at a time and in order on each connection. Header lines keep order and spelling, the target's bytes are
/// untouched, trailers are dropped or follow the header lines; `Expect: 100-continue` is answered here. No
/// timeouts but those of `on_stalled` and `end_silent`: a reply may take minutes.
///
/// Thread safety: all calls, and the responders', on the io_context's thread.
/// Lifetime: the io_context outlives the server; nothing of the server's runs after `close` or destruction.
class HttpServer {
  public:
    using OnRequest = std::function<void(http::Request&&, Responder, const Peer&)>;
    /// Who reads the body of the request with this head as it arrives; null for requests that are to arrive whole.
    using OnHead = std::function<std::unique_ptr<BodyReader>(const http::Request& head)>;
    /// The reply to what was no request; the connection is closed after it.
    using OnMalformed = std::function<http::Response(const BrokenRequest&, const Peer&)>;
    /// How long a request may stand still on its way in; nullopt: as long as it likes. `head` is null before its end.
    using Patience = std::function<std::optional<std::chrono::milliseconds>(const http::Request* head)>;
    /// The reply to one that stood still for longer; after it the connection is closed. Over HTTP/2 only the stream is
    /// reset (RFC 9113, 8.1), unless its head was not whole.
    using OnStalled = std::function<http::Response(const http::Request* head, const Peer&)>;

    HttpServer(boost::asio::io_context& context, ServerLimits limits, OnRequest on_request, OnMalformed on_malformed);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    /// Asked about each request when its head is read. To be set before requests come.
    void on_head(OnHead callback);

    /// Without these a client may take its time. A connection on which no request has begun never stands still. To be
    /// set before requests come.
    void on_stalled(Patience patience, OnStalled callback);

    /// Closes connections on which nothing is under way but what the client has to send or to read, half a TLS
    /// handshake too, once no byte has moved for so long, or up to a quarter longer. Without it they may stay for ever.
    /// Callable again.
    void end_silent(std::chrono::milliseconds silence);

    /// Told each time that a connection has to wait because no file descriptor is left; the next try comes soon.
    void on_shortage(std::function<void()> callback);

    /// Accepts connections at a numeric address; port 0 takes a free one. Callable more than once.
    /// Errors: the operating system's; `std::errc::address_in_use` where the port is taken.
    boost::system::result<Endpoint> listen(const std::string& address, std::uint16_t port);

    /// The same, inside TLS; the context's ALPN should offer the versions that the server speaks.
    boost::system::result<Endpoint> listen_tls(const std::string& address, std::uint16_t port,
                                               std::shared_ptr<TlsContext> tls);

    /// Wants to know of requests whose peer closed in mid-body: they come whole but for the rest of the body. A peer
    /// that has only half-closed still reads the reply; the connection is closed after it. Without a callback such
    /// requests are dropped. `open()` of their responders is false. To be called before requests come.
    void on_truncated(OnRequest callback);

    /// How much has been read so far from connections of HTTP/1.1.
    std::uint64_t received_bytes() const;

    /// Stops listening and closes every connection, answered or not. Callable from within a callback.
    void close();

  private:
    std::shared_ptr<Listener> listener_;
};

}  // namespace understudy::net
