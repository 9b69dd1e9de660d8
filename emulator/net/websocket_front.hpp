#pragma once

#include "emulator/gateway/websocket_door.hpp"
#include "emulator/net/answered_request.hpp"
#include "emulator/net/api_front.hpp"
#include "emulator/net/deadlines.hpp"
#include "emulator/net/front.hpp"
#include "emulator/net/random_ids.hpp"
#include "emulator/net/websocket_connections.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace understudy::net {

/// One WebSocket API at work: does what its `WebSocketSession`s say, and answers `@connections`.
///
/// Lifetime: held by a shared pointer, which each connection copies.
class WebSocketFront : public ApiFront, public std::enable_shared_from_this<WebSocketFront> {
  public:
    /// `clock_scale` shortens the gateway's waits. Lifetime: all references outlive the front.
    WebSocketFront(gateway::WebSocketDoor door, double clock_scale, Deadlines& deadlines, RandomIds& ids,
                   WebSocketConnections& connections, Front::Ends ends);

    std::string_view api_id() const { return door_->api_id(); }
    const std::shared_ptr<gateway::WebSocketDoor>& door() const { return door_; }

    void on_request(http::Request&& request, const gateway::Entrance& entrance, const event::Facts& facts,
                    Responder responder) override;
    http::Response refuse(gateway::ErrorKind kind, const event::Facts& facts) const override;
    http::Response refuse_body(gateway::ErrorKind kind, const http::Request&, const gateway::Entrance&,
                               const event::Facts& facts) const override {
        return refuse(kind, facts);
    }
    std::shared_ptr<const RecordedApi> record() const override { return ends_.record; }

  private:
    using Client = std::shared_ptr<SocketClient>;

    void on_call(const gateway::ConnectionsCall& call, const http::Request& request, const event::Facts& facts,
                 Responder responder);
    http::Response answer_call(const gateway::ConnectionsCall& call, const http::Request& request,
                               const event::Facts& facts);
    void on_message(const Client& client, std::string_view text);
    void on_close(const Client& client, int code, std::string_view reason);
    void perform(const Client& client, gateway::WebSocketStep step);
    void start_function(const Client& client, gateway::WebSocketCall call);
    static void begin_message(SocketClient& client);
    static void end_message(SocketClient& client);
    void accept(const Client& client, const http::Headers& headers);
    void refuse(const Client& client, http::Response response);
    std::uint64_t exchange_of(const SocketClient& client, const std::string& id) const;
    event::Facts draw_facts(const SocketClient& client);
    void tell(std::string_view method, std::string_view target, int status, Deadlines::Clock::time_point since,
              std::string_view request_id) const;

    std::shared_ptr<gateway::WebSocketDoor> door_;
    double clock_scale_;
    Deadlines& deadlines_;
    RandomIds& ids_;
    WebSocketConnections& connections_;
    Front::Ends ends_;
};

}  // namespace understudy::net
