#pragma once

#include "emulator/gateway/front_door.hpp"
#include "emulator/net/answered_request.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/net/http_server.hpp"
#include "emulator/net/invoker.hpp"
#include "emulator/net/random_ids.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace understudy::net {

/// The HTTP side of one API: carries requests to its `FrontDoor`, events to the function and answers back.
class Front {
  public:
    struct Ends {
        Invoke invoke;
        std::function<void(const AnsweredRequest&)> on_answered;
        std::function<void(const event::Finding&)> on_finding;
    };

    /// `function_arn` is what the invocations are addressed to. `clock_scale` shortens the integration timeout.
    /// Lifetime: `deadlines` and `ids` outlive the front.
    Front(boost::asio::io_context& context, gateway::FrontDoor door, std::string function_arn, double clock_scale,
          Deadlines& deadlines, RandomIds& ids, Ends ends);

    boost::system::result<Endpoint> listen(const std::string& address, std::uint16_t port);
    void close() { server_.close(); }

  private:
    struct Exchange;

    void on_request(http::Request&& request, Responder responder, const Peer& peer);
    void start_function(gateway::Accepted accepted, const std::shared_ptr<Exchange>& exchange);
    void finish(const std::shared_ptr<Exchange>& exchange, gateway::FunctionReply reply);
    void send(Exchange& exchange, gateway::Answer answer);
    http::Response refuse(Malformed fault, const Peer& peer);
    event::Facts gather_facts(const Peer& peer);

    gateway::FrontDoor door_;
    std::string function_arn_;
    std::chrono::microseconds integration_timeout_;
    Deadlines& deadlines_;
    RandomIds& ids_;
    Ends ends_;
    HttpServer server_;
};

}  // namespace understudy::net
