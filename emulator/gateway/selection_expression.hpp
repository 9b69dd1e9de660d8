#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::gateway {

/// How a WebSocket API reads a route's key, or a model's, out of a message: `$request.body.action` or
/// `${request.body.action}`. All else is the key itself, such as `$default`.
///
/// Rule: [API Gateway developer guide, apigateway-websocket-api-selection-expressions]. Unverified: that the value must
/// be a string. Tested by: SelectionExpression.ReadsTheBodyOrIsTheKeyItself
class SelectionExpression {
  public:
    explicit SelectionExpression(std::string_view expression);

    /// Errors: nullopt where the message is no JSON, or holds no string there.
    std::optional<std::string> evaluate(std::string_view message) const;

  private:
    std::string key_;                 ///< Where the expression is one itself.
    std::vector<std::string> names_;  ///< `$request.body.a.b`: `a`, `b`.
};

}  // namespace understudy::gateway
