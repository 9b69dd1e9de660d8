#pragma once

#include "emulator/app/integration.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace understudy::app {

/// Who decides whether a request may pass.
enum class AuthorizerKind : std::uint8_t {
    token,    ///< REST: a Lambda function that gets one header.
    request,  ///< REST and HTTP API: a Lambda function that gets the request.
    jwt,      ///< HTTP API: the gateway itself, by the issuer's keys.
};

/// How a Lambda authorizer of an HTTP API answers.
enum class AuthorizerReply : std::uint8_t {
    policy,  ///< `principalId` and an IAM policy, as on REST APIs.
    simple,  ///< `{"isAuthorized": true, "context": {…}}`
};

/// An authorizer that routes name.
struct Authorizer {
    std::string name;
    AuthorizerKind kind = AuthorizerKind::request;
    /// The name of the function that decides; empty for `jwt`. It and the qualifier may hold `${stageVariables.x}`.
    std::string function = {};
    std::string qualifier = {};  ///< An alias or version of it; may be empty.
    /// Where the credential is, in the API's own words: `method.request.header.Authorization`,
    /// `$request.header.Authorization`, `context.stage`, …
    std::vector<std::string> identity_sources = {};
    std::string identity_validation = {};          ///< token: a regular expression; empty accepts all.
    std::optional<std::chrono::seconds> ttl = {};  ///< How long a decision is kept; none: the API's default.
    PayloadFormat payload = PayloadFormat::v2;     ///< HTTP API only.
    AuthorizerReply reply = AuthorizerReply::policy;
    std::string issuer = {};                  ///< jwt
    std::vector<std::string> audiences = {};  ///< jwt
    friend bool operator==(const Authorizer&, const Authorizer&) = default;
};

/// What a route asks of whoever calls it.
enum class Authorization : std::uint8_t { none, iam, authorizer };

/// A route's door-keeping.
struct Access {
    Authorization authorization = Authorization::none;
    std::string authorizer = {};           ///< The name of one of the API's.
    std::vector<std::string> scopes = {};  ///< jwt: one of these must be in the token.
    bool api_key_required = false;         ///< REST, and `$connect` of a WebSocket API.
    friend bool operator==(const Access&, const Access&) = default;
};

/// Requests a second, with bursts: a token bucket.
struct Throttle {
    double rate = 10'000;
    int burst = 5'000;
    friend bool operator==(const Throttle&, const Throttle&) = default;
};

/// How long a usage plan's quota lasts.
enum class QuotaPeriod : std::uint8_t { day, week, month };

struct Quota {
    std::int64_t limit = 0;
    QuotaPeriod period = QuotaPeriod::month;
    friend bool operator==(const Quota&, const Quota&) = default;
};

/// A REST API key. Keys that no usage plan names open nothing.
struct ApiKey {
    std::string id;
    std::string name;
    std::string value;
    bool enabled = true;
    bool generated = false;  ///< The template names no value: this one is made up, and has to be told.
    friend bool operator==(const ApiKey&, const ApiKey&) = default;
};

/// Which keys open which stages, and how often.
struct UsagePlan {
    struct ApiStage {
        std::string api_id;
        std::string stage;
        std::map<std::string, Throttle> route_throttles = {};  ///< By route key: `GET /users`; beside the plan's own.
        friend bool operator==(const ApiStage&, const ApiStage&) = default;
    };
    std::string name;
    std::vector<ApiStage> stages = {};
    std::vector<std::string> key_ids = {};
    std::optional<Throttle> throttle = {};
    std::optional<Quota> quota = {};
    friend bool operator==(const UsagePlan&, const UsagePlan&) = default;
};

/// What a REST method, or a route of a WebSocket API, checks before anyone is asked.
struct RequestValidation {
    bool parameters = false;                         ///< Refuse where one of `required` is missing or blank.
    bool body = false;                               ///< Refuse a body that its model does not accept.
    std::vector<std::string> required = {};          ///< `method.request.header.X`, `….querystring.X`, `….path.X`
    std::map<std::string, std::string> models = {};  ///< Content type, WebSocket: key, to the name of a model.
    friend bool operator==(const RequestValidation&, const RequestValidation&) = default;
};

}  // namespace understudy::app
