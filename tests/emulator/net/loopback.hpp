#pragma once

#include "emulator/net/http_server.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace understudy::net {

/// A server on an event loop of its own thread, as the emulator runs it.
class LoopbackServer {
  public:
    explicit LoopbackServer(HttpServer::OnRequest on_request,
                            ServerLimits limits = {64 * 1024, 10 * 1024 * 1024, Trailers::appended});
    ~LoopbackServer();

    std::uint16_t port() const { return port_; }
    /// Runs `task` on the server's thread and waits for it.
    void run(const std::function<void()>& task);
    HttpServer& server() { return *server_; }
    boost::asio::io_context& context() { return context_; }

  private:
    boost::asio::io_context context_{1};
    std::optional<HttpServer> server_;
    std::uint16_t port_ = 0;
    std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> work_;
    std::thread thread_;
};

/// What a client read: the reply's parts as they came over the wire.
struct WireReply {
    std::string head;  ///< With the status line, without the empty line.
    std::string body;
    int status = 0;

    bool has_line(std::string_view line) const;
};

/// A blocking client that writes bytes as they are given.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    void write(std::string_view bytes) const;
    /// Reads one reply that is framed by Content-Length; `body_expected` is false behind a HEAD.
    enum class BodyOf { message, head_request };
    WireReply read_reply(BodyOf kind = BodyOf::message);
    /// Reads up to the first occurrence of `end`, and returns all of it.
    std::string read_through(std::string_view end);
    /// Reads until the server closes; what comes after a reset is lost.
    std::string read_all();
    /// True where the server has closed the connection, in order or by a reset. Waits for it.
    bool reads_end();
    void end_writing() const;
    void close();
    /// Closes with a reset instead of an orderly end.
    void reset();

  private:
    bool read_more();
    int socket_ = -1;
    std::string buffer_;
};

}  // namespace understudy::net
