#pragma once

#include "emulator/http/message.hpp"
#include "emulator/net/http_server.hpp"
#include "emulator/net/reply_channel.hpp"

#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::net {

class Http2Connection;

/// One stream: a request as it arrives, then the way of its reply.
class Http2Stream : public ReplyChannel, public std::enable_shared_from_this<Http2Stream> {
  public:
    Http2Stream(std::shared_ptr<Http2Connection> connection, std::int32_t id, const ServerLimits& limits)
        : connection_(std::move(connection)), id_(id), limits_(limits) {}

    // The request, as its frames come.
    void add_header(std::string_view name, std::string_view value);
    void end_headers();
    void add_body(std::string_view bytes);
    /// Whether this request was handed out, or refused, already.
    bool taken() const { return taken_; }
    /// Whether its client has to send the rest of the request, or to read the rest of the reply.
    bool awaits_peer() const;
    bool expects_continue() const { return expects_continue_; }
    std::optional<Malformed> fault() const { return fault_; }
    /// The request as far as its head has told; null before that.
    const http::Request* head();
    /// The request with `Host` first and the cookies joined (RFC 9113, 8.2.3 and 8.3.1).
    http::Request take_request();

    // The reply.
    void send(http::Response response) override;
    void start(http::Response head) override;
    void write(std::string_view bytes) override;
    std::size_t backlog() const override;
    void watch_drain(std::function<void()> callback) override;
    void finish(const http::Headers& trailers) override;
    void abort() override;
    /// Not done: WebSockets over HTTP/2 (RFC 8441) are no part of API Gateway.
    std::shared_ptr<WebSocketConnection> upgrade(const http::Headers&, WebSocketTerms, WebSocketEvents) override {
        return nullptr;
    }
    bool peer_is_there() const override { return connection_ != nullptr; }
    void watch_peer(std::function<void()> callback) override;

    // The connection's side.
    /// The stream, or its connection, has ended: nothing goes out any more.
    void detach() {
        connection_ = nullptr;
        linger_timer_.reset();
    }
    /// The whole reply is sent, and the client is still sending: the stream is reset if it does so for too long.
    void linger();
    /// Bytes of a request that was taken have come; too many of them reset the stream.
    void throw_away(std::size_t size);
    void tell_gone();
    void tell_drained();
    /// nghttp2 asks for the next bytes of the body. Returns how many, or one of its errors.
    std::ptrdiff_t read_body(std::span<unsigned char> room, std::uint32_t& flags);

  private:
    enum class State : std::uint8_t { open, streaming, finishing, aborting };
    using Lines = std::vector<std::pair<std::string, std::string>>;

    void join_lines();
    void submit(const http::Response& head, bool has_body);
    void end_linger();
    void resume();
    std::string_view rest() const { return bytes().substr(sent_); }
    std::string_view bytes() const { return state_ == State::open ? body_.view() : std::string_view(written_); }

    std::shared_ptr<Http2Connection> connection_;
    std::int32_t id_;
    ServerLimits limits_;

    http::Request request_;
    Lines lines_;
    std::string authority_;
    std::string cookies_;
    std::size_t header_bytes_ = 0;
    std::optional<Malformed> fault_;
    bool in_trailers_ = false;
    bool taken_ = false;
    bool answered_ = false;  ///< Nothing more comes of the reply.
    bool head_request_ = false;
    bool expects_continue_ = false;

    State state_ = State::open;
    http::Body body_;      ///< Of a whole reply.
    std::string written_;  ///< Of a streamed one: what waits, behind what is sent.
    std::size_t sent_ = 0;
    std::optional<std::uint64_t> left_;  ///< Of a stated length.
    Lines trailers_;
    std::function<void()> on_drained_;
    std::function<void()> on_gone_;
    std::optional<boost::asio::steady_timer> linger_timer_;
    std::size_t thrown_away_ = 0;
};

}  // namespace understudy::net
