#pragma once

#include "emulator/app/api.hpp"
#include "emulator/gateway/selection_expression.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::gateway {

/// The routes of a WebSocket API, by key.
///
/// Rule: a message goes to the route that its `$request.body.action` names, else to `$default`; `$connect` and
/// `$disconnect` are no message's [API Gateway developer guide, apigateway-websocket-api-overview]. A message that is
/// no JSON goes to `$default` [same]; so does one whose value is no string: unverified. Tested by:
/// WebSocketRoutes.MessagesGoWhereTheirActionSays
class WebSocketRoutes {
  public:
    explicit WebSocketRoutes(const app::Api& api);

    /// `$connect`, `$disconnect`. Errors: nullopt for a key that the API has not.
    std::optional<std::size_t> find(std::string_view key) const;
    /// The route of a message. Errors: nullopt where none takes it and there is no `$default`.
    std::optional<std::size_t> select(std::string_view message) const;

  private:
    std::map<std::string, std::size_t, std::less<>> keys_;
    SelectionExpression selection_;
};

}  // namespace understudy::gateway
