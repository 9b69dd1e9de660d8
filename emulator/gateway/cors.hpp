#pragma once

#include "emulator/app/api.hpp"
#include "emulator/http/message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::gateway {

/// Whether a browser asks if it may send a request: OPTIONS with Origin and Access-Control-Request-Method.
bool is_preflight(const http::Request& request);

/// The CORS configuration of an HTTP API or a function URL: the gateway answers preflights and marks all answers
/// itself; what the function says of CORS is dropped.
///
/// Rule: [API Gateway developer guide, http-api-cors; Lambda developer guide, urls-configuration]. Unverified: that a
/// preflight is answered 204 by an HTTP API and 200 by a function URL, also where its origin is not allowed, and then
/// without CORS headers.
/// Tested by: CorsPolicy.Preflights, CorsPolicy.AnswersToAllowedOrigins, CorsPolicy.OriginPatterns
class CorsPolicy {
  public:
    CorsPolicy(app::ApiKind kind, app::Cors cors) : kind_(kind), cors_(std::move(cors)) {}

    http::Response preflight(const http::Request& request) const;

    /// What is added to the answer to a request; empty where its Origin is missing or not allowed.
    http::Headers headers_for(const http::Request& request) const;

  private:
    std::optional<std::string_view> allowed_origin(const http::Request& request) const;
    void add_origin(http::Headers& headers, std::string_view origin) const;

    app::ApiKind kind_;
    app::Cors cors_;
};

/// The same headers without those of CORS.
http::Headers without_cors(const http::Headers& headers);

}  // namespace understudy::gateway
