#pragma once

#include "emulator/app/application.hpp"
#include "emulator/event/facts.hpp"
#include "emulator/event/finding.hpp"
#include "emulator/event/place.hpp"
#include "emulator/gateway/access/model.hpp"
#include "emulator/gateway/function_reply.hpp"
#include "emulator/gateway/gateway_error.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::gateway {

/// A request that a route takes, for whoever decides whether it may pass. Lives for the call.
struct RouteRequest {
    const http::Request& request;
    const event::Place& place;
    const event::Facts& facts;
    std::string_view trace;               ///< `event::Trace::event`: for the event of an authorizer.
    std::size_t route;                    ///< Which of the API's routes.
    std::size_t stage;                    ///< Which of the API's stages; 0 where it has none.
    std::string_view connect_event = {};  ///< WebSocket: the event that `$connect` would get.
    /// The request as it was signed, where its content coding has been taken off; null: the same.
    const http::Request* as_signed = nullptr;
};

/// The request goes on, and this is what its event shows of the caller.
struct Pass {
    std::string authorizer = {};  ///< `event::Place::authorizer`
    std::string api_key = {};
    std::string api_key_id = {};
    std::string access_key = {};  ///< Under AWS_IAM.
    std::vector<event::Finding> findings = {};
};

/// The gateway answers.
struct Refusal {
    ErrorKind kind;
    std::string message = {};    ///< In place of the error's own; empty: that.
    std::string_view type = {};  ///< The same of `x-amzn-ErrorType`.
    http::Headers headers = {};  ///< Such as WWW-Authenticate.
    std::vector<event::Finding> findings = {};
    std::string validation_error = {};  ///< `$context.error.validationErrorString`
    std::string authorizer = {};        ///< `Pass::authorizer`, as far as the caller is known.
};

/// What `AccessControl::decide` has to know again of a request whose authorizer was asked.
struct PendingAccess {
    std::size_t authorizer = 0;  ///< Which of the API's authorizers.
    std::string cache_key = {};
    std::string method_arn = {};
};

/// A function must be asked first; its reply goes to `AccessControl::decide`.
struct AskAuthorizer {
    std::string function;
    std::string qualifier = {};
    std::string event;
    std::chrono::milliseconds timeout;
    PendingAccess pending;
};

/// An issuer's keys must be fetched first; they go to `AccessControl::on_keys`, then the request comes again.
struct AskKeys {
    std::string issuer;
};

using AccessDecision = std::variant<Pass, Refusal, AskAuthorizer, AskKeys>;

/// The secret of an access key; nullopt for one that is not known.
using Secrets = std::function<std::optional<std::string>(std::string_view access_key)>;

/// Whether a request may pass: authorizers and their cache, API keys, usage plans, throttling, validation. Asked behind
/// routing and before the event is made. Has state, and no clock: each call is told the time.
///
/// The order: who the caller is, the API key, the usage plan, the route's throttle, parameters, body. That the throttle
/// comes behind the authorizer is unverified. Tested by: AccessControl.ChecksInThisOrder
class AccessControl {
  public:
    AccessControl(const app::Application& application, std::shared_ptr<const app::Api> api);
    AccessControl(AccessControl&&) noexcept;
    AccessControl& operator=(AccessControl&&) noexcept;
    ~AccessControl();

    /// Takes an issuer's JWKS document; no token of that issuer passes before. False where it is none.
    bool set_keys(const std::string& issuer, std::string_view key_set);

    /// The issuer's keys can be fetched: a token whose key is not known asks for them, but not again within `rest`.
    ///
    /// Deviation: API Gateway keeps an issuer's keys for up to two hours [API Gateway developer guide,
    /// http-api-jwt-authorizer]. Tested by: AccessControl.KeysAreFetchedForATokenWhoseKeyIsNotKnown
    void fetch_keys_of(const std::string& issuer, std::chrono::milliseconds rest);
    /// What fetching them gave; nullopt where it failed. False where it is no JWKS document.
    bool on_keys(const std::string& issuer, const std::optional<std::string>& key_set,
                 std::chrono::system_clock::time_point now);

    /// From now on tokens pass whoever signed them; what they claim is checked.
    void assume_token_signatures();

    /// From now on `AWS_IAM` routes ask for a signature; before, they let everybody pass.
    void check_signatures(Secrets secrets);
    /// What is wrong with the signature of a call that always has to have one, `@connections`; nullopt where nothing
    /// is, and where signatures are not asked for.
    std::optional<Refusal> check_call(const http::Request& request, std::chrono::system_clock::time_point now) const;

    /// The issuers whose keys are needed.
    std::vector<std::string> issuers() const;

    AccessDecision check(const RouteRequest& request, std::chrono::system_clock::time_point now);

    /// Goes on where `check` asked: `request` is the same again, `reply` is the authorizer's.
    AccessDecision decide(const RouteRequest& request, const PendingAccess& pending, const FunctionReply& reply,
                          std::chrono::system_clock::time_point now);

    /// What is wrong with a message for a route of a WebSocket API, in words; nullopt where it may pass.
    ///
    /// Rule: a route with a model selection expression checks messages by the model that the expression names, else by
    /// that of `$default`; without either the check fails [API Gateway developer guide,
    /// websocket-api-request-validation]. Tested by: WebSocketSession.MessagesThatTheirModelRefuses
    std::optional<access::BodyFault> find_message_fault(std::size_t route, std::string_view message) const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace understudy::gateway
