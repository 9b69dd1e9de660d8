#pragma once

#include "emulator/gateway/front_door.hpp"
#include "emulator/net/answered_request.hpp"
#include "emulator/net/api_front.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/net/http_server.hpp"
#include "emulator/net/invoker.hpp"
#include "emulator/net/random_ids.hpp"
#include "emulator/net/recorded_api.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::net {

/// One API of requests and replies at work: carries requests to its `FrontDoor`, events to functions and answers back.
///
/// Lifetime: held by a shared pointer, which each request in flight copies: a front that has been replaced ends its
/// requests.
class Front : public ApiFront, public std::enable_shared_from_this<Front> {
  public:
    struct Ends {
        /// Hands an invocation to a function of the application; `qualifier` may be empty. What has no function of that
        /// name answers as a failed call.
        std::function<void(const std::string& function, const std::string& qualifier, lambda::Invocation&&, OnOutcome)>
            invoke;
        /// The same for a reply that is taken as it is written.
        std::function<void(const std::string& function, const std::string& qualifier, lambda::Invocation&&,
                           std::shared_ptr<StreamSink>)>
            invoke_streamed;
        std::function<void(const AnsweredRequest&)> on_answered;
        std::function<void(const event::Finding&)> on_finding;
        /// Fetches an issuer's keys, and tells their text; nullopt where that fails.
        std::function<void(const std::string& issuer, std::function<void(std::optional<std::string>)>)> fetch_keys;
        std::shared_ptr<const RecordedApi> record = {};  ///< Null where nobody records.
    };

    /// `clock_scale` shortens the gateway's waits. Lifetime: `deadlines` and `ids` outlive the front.
    Front(gateway::FrontDoor door, double clock_scale, Deadlines& deadlines, RandomIds& ids, Ends ends);

    void on_request(http::Request&& request, const gateway::Entrance& entrance, const event::Facts& facts,
                    Responder responder) override;
    http::Response refuse(gateway::ErrorKind kind, const event::Facts& facts) const override;
    http::Response refuse_body(gateway::ErrorKind kind, const http::Request& head, const gateway::Entrance& entrance,
                               const event::Facts& facts) const override;
    std::shared_ptr<const RecordedApi> record() const override { return ends_.record; }
    std::optional<std::chrono::milliseconds> patience() const override;

    /// Fetches the keys of an issuer anew.
    void refresh_keys(const std::string& issuer, std::function<void()> then);

  private:
    struct Exchange;

    void proceed(gateway::Verdict&& verdict, const std::shared_ptr<Exchange>& exchange);
    void ask_authorizer(gateway::AuthorizerCall&& call, const std::shared_ptr<Exchange>& exchange);
    void start_function(gateway::Accepted&& accepted, const std::shared_ptr<Exchange>& exchange);
    void await_keys(gateway::KeysCall&& call, const std::shared_ptr<Exchange>& exchange);
    std::shared_ptr<StreamSink> make_sink(const std::shared_ptr<Exchange>& exchange);
    std::optional<ResponseStream> start_stream(const std::shared_ptr<Exchange>& exchange, event::Reply&& reply);
    void watch_idleness(const std::shared_ptr<Exchange>& exchange);
    void end_stream(Exchange& exchange, std::string_view cut_off_by);
    void finish(const std::shared_ptr<Exchange>& exchange, gateway::FunctionReply reply);
    void send(Exchange& exchange, gateway::Answer&& answer);
    void tell(const Exchange& exchange, int status, std::string_view cut_off_by = {}) const;
    Deadlines::Handle wait(Deadlines::Clock::time_point from, std::chrono::milliseconds nominal,
                           std::function<void()> late);

    gateway::FrontDoor door_;
    double clock_scale_;
    Deadlines& deadlines_;
    RandomIds& ids_;
    Ends ends_;
};

}  // namespace understudy::net
