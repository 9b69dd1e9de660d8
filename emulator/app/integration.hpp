#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace understudy::app {

/// The form of the events of an HTTP API; a REST API has its own, near to v1.
enum class PayloadFormat : std::uint8_t { v1, v2 };

/// Whether a reply is passed on whole or as it is written.
enum class TransferMode : std::uint8_t { buffered, stream };

/// One entry of an HTTP API's parameter mapping: `overwrite:header.x` and what stands in its place.
struct ParameterMapping {
    std::string target;
    std::string value;
    friend bool operator==(const ParameterMapping&, const ParameterMapping&) = default;
};

/// What an HTTP API does to the replies of one status.
struct ResponseMapping {
    int status = 200;
    std::vector<ParameterMapping> parameters = {};
    friend bool operator==(const ResponseMapping&, const ResponseMapping&) = default;
};

/// What a load balancer's target group says of the events of its function.
struct TargetGroup {
    std::string arn;
    bool multi_value_headers = false;  ///< `lambda.multi_value_headers.enabled`
    friend bool operator==(const TargetGroup&, const TargetGroup&) = default;
};

/// A Lambda function behind a route: `AWS_PROXY`.
struct LambdaIntegration {
    std::string function;                                   ///< Its name; may hold `${stageVariables.x}`.
    std::string qualifier = {};                             ///< An alias or version; may hold `${stageVariables.x}`.
    PayloadFormat payload = PayloadFormat::v2;              ///< HTTP API only.
    std::optional<std::chrono::milliseconds> timeout = {};  ///< None: the front's own limit.
    TransferMode transfer = TransferMode::buffered;
    std::vector<ParameterMapping> request_parameters = {};  ///< HTTP API only.
    std::vector<ResponseMapping> response_parameters = {};  ///< HTTP API only.
    std::string invoke_method = "POST";                     ///< REST only: by which Lambda is called; it takes POST.
    std::optional<TargetGroup> target_group = {};           ///< ALB only; none: that of the API.
    friend bool operator==(const LambdaIntegration&, const LambdaIntegration&) = default;
};

/// Origins that a preflight of several repeats to the client.
struct RepeatedOrigins {
    std::vector<std::string> exact = {};
    std::vector<std::string> expressions = {};  ///< Regular expressions of the whole.
    friend bool operator==(const RepeatedOrigins&, const RepeatedOrigins&) = default;
};

/// A REST method that the gateway answers itself: what CORS preflights use, among others.
struct MockIntegration {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers = {};
    bool converts_to_text = false;  ///< `contentHandling: CONVERT_TO_TEXT`: works with binaryMediaTypes `*/*` too.
    /// What the response template of a media type says: `{}` in SAM's. None: the body is empty.
    std::vector<std::pair<std::string, std::string>> templates = {};
    /// Whose Access-Control-Allow-Origin stands in place of the one in `headers`: what such a template does.
    RepeatedOrigins origins = {};
    /// The media types that alone are taken; empty: all are. That of a request without one is `application/json`.
    std::vector<std::string> request_types = {};
    friend bool operator==(const MockIntegration&, const MockIntegration&) = default;
};

/// An ALB rule that answers itself.
struct FixedResponse {
    int status = 200;
    std::string content_type = {};
    std::string body = {};
    friend bool operator==(const FixedResponse&, const FixedResponse&) = default;
};

/// An ALB rule that sends the client elsewhere; `#{host}`, `#{path}`, … are filled in.
struct Redirect {
    int status = 302;
    std::string protocol = "#{protocol}";
    std::string host = "#{host}";
    std::string port = "#{port}";
    std::string path = "/#{path}";
    std::string query = "#{query}";
    friend bool operator==(const Redirect&, const Redirect&) = default;
};

/// What AWS would do and we do not; told at start-up, and by the answer.
struct UnsupportedIntegration {
    std::string type;  ///< As the template calls it: `HTTP_PROXY`.
    friend bool operator==(const UnsupportedIntegration&, const UnsupportedIntegration&) = default;
};

/// One of the target groups of a load balancer's action.
struct WeightedTarget {
    std::variant<LambdaIntegration, UnsupportedIntegration> target;
    int weight = 1;  ///< 0 to 999: its share of the requests, of the sum of all.
    friend bool operator==(const WeightedTarget&, const WeightedTarget&) = default;
};

/// A load balancer's action with several target groups: each request goes to one of them.
struct WeightedForward {
    std::vector<WeightedTarget> targets;
    friend bool operator==(const WeightedForward&, const WeightedForward&) = default;
};

using Integration =
    std::variant<LambdaIntegration, MockIntegration, FixedResponse, Redirect, UnsupportedIntegration, WeightedForward>;

}  // namespace understudy::app
