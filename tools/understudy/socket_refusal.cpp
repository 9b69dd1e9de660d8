#include "tools/understudy/socket_refusal.hpp"

#include "emulator/gateway/gateway_error.hpp"
#include "tools/replay/json_view.hpp"

#include <algorithm>
#include <array>

namespace understudy::cli {

bool is_refusal(const std::string& message, const std::string& connection) {
    using gateway::ErrorKind;
    const replay::JsonView json(message);
    const std::string told = json.text_of("connectionId"), request = json.text_of("requestId");
    if (told.empty() || request.empty() || (!connection.empty() && told != connection)) return false;
    return std::ranges::any_of(
        std::array{ErrorKind::no_route, ErrorKind::bad_body, ErrorKind::rate_exceeded, ErrorKind::malformed_reply},
        [&](ErrorKind kind) { return message == gateway::render_websocket_error(kind, told, request); });
}

}  // namespace understudy::cli
