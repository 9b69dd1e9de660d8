#pragma once

#include "emulator/lambda/environment.hpp"
#include "emulator/lambda/runtime_call.hpp"
#include "emulator/net/http_server.hpp"

#include <boost/system/result.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>

namespace understudy::net {

/// The Runtime API of one execution environment: a listener of its own, whose calls become inputs of the environment's
/// state machine. An exchange waits, for as long as it takes, until it is replied to.
class RuntimeApi {
  public:
    struct Events {
        std::function<void(lambda::RuntimeCall&&, lambda::Ticket)> on_call;
        /// The runtime closed the connection of an exchange that still waits; it cannot be replied to any more.
        std::function<void(lambda::Ticket)> on_caller_gone;
        /// The runtime's end of the connection was closed with the reply of this exchange unread.
        std::function<void(lambda::Ticket)> on_reply_unread;
        /// Whether a response in pieces is wanted as it arrives; else it comes whole.
        std::function<bool()> streams;
        /// `BodyReader::hold` of such a response.
        std::function<bool(std::function<void()> resume)> hold;
        std::function<void()> on_shortage = {};  ///< `HttpServer::on_shortage`
    };

    RuntimeApi(boost::asio::io_context& context, Events events);

    /// Opens the listener on a free port of 127.0.0.1. To be called before the runtime is started: clients give up
    /// connecting within a second.
    boost::system::result<Endpoint> listen();
    /// Answers an exchange. Does nothing where the runtime has gone.
    void reply(lambda::Ticket ticket, http::Response response);
    void close();
    /// How much the runtime has sent so far, over all of its connections.
    std::uint64_t received_bytes() const { return server_.received_bytes(); }

  private:
    class StreamReader;
    std::unique_ptr<BodyReader> on_head(const http::Request& head);
    void on_stream_end(lambda::Ticket ticket, lambda::RuntimeCall&& end, Responder responder);
    void on_request(http::Request&& request, Responder responder);
    void on_truncated(http::Request&& request, Responder responder);
    http::Response on_malformed(const BrokenRequest& broken);

    Events events_;
    std::map<lambda::Ticket, Responder> waiting_;
    lambda::Ticket beginning_{};  ///< The streamed or broken response whose head is being looked at.
    /// To streamed responses that are still arriving, and to broken ones.
    std::map<lambda::Ticket, http::Response> early_replies_;
    std::uint64_t last_ticket_ = 0;
    HttpServer server_;
};

}  // namespace understudy::net
