#pragma once

#include "emulator/app/access.hpp"
#include "emulator/app/integration.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::app {

/// Which front door an API is.
enum class ApiKind : std::uint8_t {
    http,       ///< API Gateway HTTP API.
    rest,       ///< API Gateway REST API.
    url,        ///< Lambda function URL.
    alb,        ///< A listener of an Application Load Balancer.
    websocket,  ///< API Gateway WebSocket API.
};

/// `http`, `rest`, `url`, `alb`, `websocket`: a kind as files and reports call it.
std::string_view kind_name(ApiKind kind);

/// Where a REST API is reached, which decides the headers that are added.
enum class EndpointType : std::uint8_t {
    regional,
    edge,  ///< Through CloudFront; what a template without EndpointConfiguration gets.
};

/// An HTTP API's or function URL's CORS configuration. REST APIs have `MockIntegration` routes instead.
struct Cors {
    std::vector<std::string> allow_origins = {};
    std::vector<std::string> allow_methods = {};
    std::vector<std::string> allow_headers = {};
    std::vector<std::string> expose_headers = {};
    std::optional<std::chrono::seconds> max_age = {};
    bool allow_credentials = false;
    friend bool operator==(const Cors&, const Cors&) = default;
};

/// A REST API's own words for one of its answers.
struct GatewayResponse {
    std::string type;                ///< `MISSING_AUTHENTICATION_TOKEN`, `DEFAULT_4XX`, …
    std::optional<int> status = {};  ///< None: the type's own.
    std::vector<std::pair<std::string, std::string>> headers = {};    ///< Name and value, quotes taken off.
    std::vector<std::pair<std::string, std::string>> templates = {};  ///< Content type and template.
    friend bool operator==(const GatewayResponse&, const GatewayResponse&) = default;
};

/// One condition of an ALB rule; all of a rule's must hold, and one of the values of each.
struct AlbCondition {
    enum class Field : std::uint8_t { path, host, header, method, query, source_ip };
    Field field = Field::path;
    std::string header = {};               ///< header: its name.
    std::vector<std::string> values = {};  ///< With `*` and `?`; query: `key=value` or `value`; source_ip: CIDR blocks.
    friend bool operator==(const AlbCondition&, const AlbCondition&) = default;
};

/// How the load balancer of a target group asks whether its function is well. Defaults: those of Lambda targets.
struct HealthCheck {
    std::string function;
    std::string qualifier = {};
    std::string path = "/";
    std::chrono::seconds interval{35};
    std::chrono::seconds timeout{30};
    int healthy_threshold = 5;
    int unhealthy_threshold = 2;
    std::string matcher = "200";  ///< Statuses: `200,202`, `200-299`.
    TargetGroup target_group = {};
    friend bool operator==(const HealthCheck&, const HealthCheck&) = default;
};

/// Where a load balancer listens on AWS; the emulator listens elsewhere, and says where.
struct AlbListener {
    std::string protocol;  ///< `http` or `https`.
    std::uint16_t port;
    friend bool operator==(const AlbListener&, const AlbListener&) = default;
};

/// Requests of a kind, and what becomes of them.
struct Route {
    /// Upper case, or `ANY`. Empty where `path` is a route key of its own (`$default`, and all of a WebSocket API).
    std::string method = {};
    /// REST: the resource (`/users/{id}`, `/{proxy+}`). HTTP API: the path of the route key, or `$default`.
    /// WebSocket: the route key (`$connect`). Empty for ALB.
    std::string path = {};
    Integration integration;
    Access access = {};
    std::optional<RequestValidation> validation = {};  ///< REST, and WebSocket: of messages.
    std::string model_selection = {};                  ///< WebSocket: what names a key of `validation`'s models.
    std::string operation_name = {};                   ///< REST only.
    int priority = 0;                                  ///< ALB: the lowest first; the default action has the highest.
    std::vector<AlbCondition> conditions = {};         ///< ALB only.
    bool replies = false;                              ///< WebSocket: a route response is configured.
    std::uint32_t line = 0;                            ///< In the template; 0 without one.
    friend bool operator==(const Route&, const Route&) = default;
};

/// A published form of an API.
struct Stage {
    std::string name;
    std::vector<std::pair<std::string, std::string>> variables = {};
    std::optional<Throttle> throttle = {};
    std::map<std::string, Throttle> route_throttles = {};  ///< By route key: `GET /users`, REST too.
    friend bool operator==(const Stage&, const Stage&) = default;
};

/// How often a stage lets requests through to a route: the route's own throttle, else the stage's; null for neither.
const Throttle* find_throttle(const Stage& stage, const std::string& route_key);

/// A path of a custom domain and the stage behind it.
struct BasePath {
    std::string domain;
    std::string base_path = {};  ///< Without slashes at its ends; empty for the root.
    std::string stage;           ///< Empty: callers name it behind the base path, of a REST API.
    friend bool operator==(const BasePath&, const BasePath&) = default;
};

/// Where an API is described, which is where its settings are changed.
enum class Described : std::uint8_t { by_command, in_template, in_openapi, in_scenario };

/// One API with its routes.
struct Api {
    std::string id = {};  ///< 10 lower-case letters and digits; url: 32; empty: drawn when the emulator starts.
    ApiKind kind = ApiKind::http;
    std::string name = {};  ///< The template's logical id, or the function's name.
    std::vector<Stage> stages = {};
    std::vector<Route> routes = {};
    std::vector<Authorizer> authorizers = {};
    EndpointType endpoint = EndpointType::regional;             ///< REST only.
    std::vector<std::string> binary_media_types = {};           ///< REST only.
    std::optional<std::int64_t> minimum_compression_size = {};  ///< REST only; bytes.
    bool api_key_from_authorizer = false;                       ///< REST, WebSocket: `apiKeySource: AUTHORIZER`.
    std::vector<GatewayResponse> gateway_responses = {};        ///< REST only.
    std::map<std::string, std::string> models = {};             ///< REST, WebSocket: name to JSON Schema text.
    std::optional<Cors> cors = {};                              ///< HTTP API and function URL.
    bool multi_value_headers = false;                           ///< ALB: of the first rule's target group.
    std::string target_group_arn = {};                          ///< ALB: likewise.
    std::vector<HealthCheck> health_checks = {};                ///< ALB: of the target groups.
    std::optional<AlbListener> listener = {};                   ///< ALB: of a template.
    std::optional<std::chrono::seconds> idle_timeout = {};      ///< ALB: of the load balancer; none: the default.
    std::string route_selection = "$request.body.action";       ///< WebSocket only.
    std::vector<BasePath> base_paths = {};
    Described described = Described::by_command;
    friend bool operator==(const Api&, const Api&) = default;
};

}  // namespace understudy::app
