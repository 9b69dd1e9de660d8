#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/gateway/websocket_session.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/net/responder.hpp"
#include "emulator/net/websocket.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::net {

class WebSocketFront;

/// A client of a WebSocket API from its handshake to its end.
struct SocketClient {
    std::shared_ptr<WebSocketFront> front;  ///< Of its API as it is now.
    gateway::WebSocketSession session;
    event::Facts facts;  ///< Of the handshake: its later events share most of them.
    std::string target;  ///< Of the handshake.
    WebSocketOffer offer;
    Deadlines::Clock::time_point arrived;
    std::optional<Responder> responder;  ///< Until the handshake is answered.
    std::optional<WebSocket> socket;     ///< Once it is accepted.
    std::size_t under_way = 0;           ///< Messages whose functions have not ended.
};

/// The connected clients of all WebSocket APIs, by the id of their connection. Outlives the fronts: an application that
/// is replaced keeps its clients.
class WebSocketConnections {
  public:
    void add(const std::shared_ptr<SocketClient>& client);
    void remove(const std::string& id) { clients_.erase(id); }
    /// A client of this API's stage. Errors: null where there is none, or it is about to be closed.
    std::shared_ptr<SocketClient> find(const std::string& id, std::string_view api_id, std::string_view stage) const;

    /// From now on each client belongs to the front of its API, also one whose handshake began before; those of APIs
    /// that are no more are told to go away.
    void move_to(std::vector<std::shared_ptr<WebSocketFront>> fronts);
    void clear();

  private:
    void settle(SocketClient& client) const;

    std::vector<std::shared_ptr<WebSocketFront>> fronts_;
    std::map<std::string, std::shared_ptr<SocketClient>> clients_;
};

}  // namespace understudy::net
