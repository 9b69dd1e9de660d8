#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::gateway {

/// How a WebSocket API reads a route's key, or a model's, out of a message: `$request.body.action`,
/// `${request.body.version}-beta`. All else stands for itself, such as `$default`, and `\$` is a dollar sign.
///
/// Rule: [API Gateway developer guide, apigateway-websocket-api-selection-expressions]. Unverified: that the values
/// must be strings, that without one of them there is no key, and where a name without braces ends. Tested by:
/// SelectionExpression.ReadsTheBodyOrIsTheKeyItself, SelectionExpression.VariablesMayStandInTextAndTogether
class SelectionExpression {
  public:
    explicit SelectionExpression(std::string_view expression);

    /// Errors: nullopt where the message is no JSON, or holds no string there.
    std::optional<std::string> evaluate(std::string_view message) const;

  private:
    /// Text, and what is read of the message behind it.
    struct Piece {
        std::string text;
        std::vector<std::string> names;  ///< `$request.body.a.b`: `a`, `b`; empty: nothing.
    };

    std::vector<Piece> pieces_;
};

}  // namespace understudy::gateway
