#pragma once

#include "emulator/app/application.hpp"
#include "emulator/net/answered_request.hpp"
#include "emulator/net/arrival.hpp"
#include "emulator/net/http_server.hpp"
#include "emulator/net/invoker.hpp"
#include "emulator/net/random_ids.hpp"
#include "emulator/net/recorder.hpp"
#include "emulator/service/invoke.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace understudy::net {

/// The Lambda API's endpoint: carries calls of Invoke and InvokeWithResponseStream to the functions and
/// their outcomes back.
class ServiceApi {
  public:
    struct Ends {
        /// Hands an invocation to the function of that name, one of the application's.
        std::function<void(const std::string& function, lambda::Invocation&&, OnOutcome)> invoke;
        /// The same for a reply that is taken as it is written.
        std::function<void(const std::string& function, lambda::Invocation&&, std::shared_ptr<StreamSink>)>
            invoke_streamed;
        /// Whether an event of that many bytes may be handed over; else its sender is throttled.
        std::function<bool(std::size_t bytes)> has_room_for_event;
        /// Hands over an event that nobody waits for; the qualifier is one of the function's, or empty.
        std::function<void(const std::string& function, const std::string& qualifier, lambda::Invocation&&)>
            invoke_event;
        std::function<void(const AnsweredRequest&)> on_answered;
        std::function<void(const std::string& hint)> on_hint;
        std::shared_ptr<Recorder> recorder = {};  ///< Null where nobody records.
        OnArrival on_arrival = {};                ///< Null where nobody wants to know.
        std::function<void()> on_shortage = {};   ///< `HttpServer::on_shortage`
    };

    /// Lifetime: `application` and `ids` outlive the endpoint.
    ServiceApi(boost::asio::io_context& context, const app::Application& application, RandomIds& ids, Ends ends);

    boost::system::result<Endpoint> listen(const std::string& address, std::uint16_t port);
    void close() { server_.close(); }

  private:
    struct Exchange;

    void on_request(http::Request&& request, Responder responder);
    void adapt(http::Request& request, event::Facts& facts, lambda::Trace& trace) const;
    http::Response refuse(Malformed fault, const http::Request* head);
    /// `invoked`: when it is to have been invoked; null for now.
    void invoke(const std::shared_ptr<Exchange>& exchange,
                std::optional<std::chrono::system_clock::time_point> invoked);
    std::shared_ptr<StreamSink> make_sink(const std::shared_ptr<Exchange>& exchange);
    void send(Exchange& exchange, http::Response response);
    void tell(const Exchange& exchange, int status) const;

    const app::Application& application_;
    RandomIds& ids_;
    Ends ends_;
    HttpServer server_;
};

}  // namespace understudy::net
