#include "tools/understudy/replayed_sockets.hpp"

#include "emulator/event/text.hpp"
#include "tools/replay/connection_call.hpp"
#include "tools/replay/function_reply.hpp"
#include "tools/replay/json_view.hpp"
#include "tools/replay/subject.hpp"
#include "tools/understudy/socket_refusal.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

namespace understudy::cli {
namespace {

/// How long a function's reply to a message is waited for: longer than any gateway does.
constexpr std::chrono::seconds kSocketPatience{60};
/// How often it is looked meanwhile whether the gateway has answered by itself.
constexpr std::chrono::milliseconds kSocketLook{50};
constexpr std::uint16_t kNormalClosure = 1000, kGoingAway = 1001;
constexpr std::string_view kMessageEvent = "MESSAGE";

/// What the event of an exchange says of its connection.
struct SocketEvent {
    std::string connection;
    std::string type;  ///< `CONNECT`, `MESSAGE`, `DISCONNECT`
    std::string body;
    std::uint16_t status = kNormalClosure;  ///< Of `DISCONNECT`.
};

SocketEvent parse_socket_event(const record::Exchange& exchange) {
    if (exchange.invocations.empty()) return {};
    const replay::JsonView event(exchange.invocations.back().event);
    const auto context = event.find("requestContext");
    if (!context) return {};
    SocketEvent read{context->text_of("connectionId"), context->text_of("eventType"), event.text_of("body")};
    const std::string status = context->text_of("disconnectStatusCode");
    std::from_chars(status.data(), status.data() + status.size(), read.status);
    return read;
}

/// Whether a status may stand in a close frame (RFC 6455, 7.4).
bool may_be_sent(std::uint16_t status) {
    return status >= kNormalClosure && status < 5000 && (status < 1004 || status > 1006) && status != 1015;
}

/// Whether a connection that the server has closed with this code gave up what was sent last: a function that gets a
/// message may close its connection, and goes on.
bool has_failed(std::optional<std::uint16_t> close_code) {
    return close_code && *close_code != kNormalClosure && *close_code != kGoingAway;
}

replay::Answer to_answer(const record::HttpMessage& response) {
    replay::Answer answer;
    answer.response.status = replay::parse_status_line(response.start_line);
    answer.response.headers = response.headers;
    answer.response.body = response.body;
    answer.cut_off = response.cut_off;
    return answer;
}

bool is_handshakes_own(std::string_view name) {
    return name.starts_with("sec-websocket-") ? name != "sec-websocket-protocol"
                                              : name == "upgrade" || name == "connection" || name == "host";
}

http::Headers to_lines(const http::Headers& recorded) {
    http::Headers lines;
    for (const auto line : recorded) {
        if (!is_handshakes_own(event::to_lower(line.name))) lines.add(line.name, line.value);
    }
    return lines;
}

}  // namespace

bool ReplayedSockets::repeat(const std::shared_ptr<const replay::Selected>& selected, const replay::Doors& doors) {
    if (auto called = replay::find_called_connection(selected->exchange())) {
        calls_.expect(*called, selected);
        return true;
    }
    return selected->exchange().request ? connect(selected, doors) : pass_on(selected);
}

void ReplayedSockets::settle(const std::shared_ptr<const replay::Selected>& selected) {
    const auto& exchange = selected->exchange();
    if (replay::find_called_connection(exchange)) return;
    calls_.settle(selected);
    const auto event = exchange.front == "websocket" ? parse_socket_event(exchange) : SocketEvent();
    if (event.type == "DISCONNECT") calls_.finish(event.connection);
}

bool ReplayedSockets::connect(const std::shared_ptr<const replay::Selected>& selected, const replay::Doors& doors) {
    const auto& exchange = selected->exchange();
    auto handshake = replay::to_handshake(exchange, doors, selected->recorded.session.get());
    if (!handshake) {
        run_.outcomes.on_left_out(handshake.error().message());
        return true;
    }
    const ReplayJob job{selected, 0, Sent::over_websocket};
    const auto number = requests_.mark(handshake->request, selected);
    Connection connection;
    const auto granted = connection.socket.emplace().open(handshake->base_url + handshake->request.target,
                                                          to_lines(handshake->request.headers), kSocketPatience);
    if (!granted) {
        requests_.forget(number);
        run_.outcomes.on_unanswered(job, granted.error().message());
        return true;
    }
    const auto seen = requests_.take(number);
    if (!*granted) connection.socket.reset();
    if (seen) connection.id = parse_socket_event(*seen).connection;
    const std::string recorded_id = parse_socket_event(exchange).connection;
    calls_.on_handshake(recorded_id, connection.id,
                        *granted ? ReplayedCalls::Handshake::granted : ReplayedCalls::Handshake::refused);
    if (!recorded_id.empty()) connections_.insert_or_assign(recorded_id, std::move(connection));
    if (seen && seen->response)
        run_.outcomes.on_response(job, to_answer(*seen->response), &*seen);
    else
        run_.outcomes.on_unanswered(job, "the handshake was not seen to its end");
    return true;
}

std::optional<record::Exchange> ReplayedSockets::wait_for_event(Connection& connection, std::string_view type) {
    const auto is_meant = [&](const record::Exchange& exchange) {
        const auto event = parse_socket_event(exchange);
        return event.type == type && (connection.id.empty() || event.connection == connection.id);
    };
    const auto last = std::chrono::steady_clock::now() + kSocketPatience;
    while (std::chrono::steady_clock::now() < last) {
        if (auto seen = requests_.take_event(is_meant, kSocketLook)) return seen;
        if (!connection.socket) continue;
        const auto received = connection.socket->receive();
        const bool has_ended = type == kMessageEvent && has_failed(received.close_code);
        const auto refuses = [&](const std::string& message) { return is_refusal(message, connection.id); };
        if (has_ended || std::ranges::any_of(received.messages, refuses)) break;
    }
    // It may have come with the answer.
    return requests_.take_event(is_meant, kSocketLook);
}

void ReplayedSockets::compare(const std::shared_ptr<const replay::Selected>& selected, const record::Exchange& seen) {
    const auto planned = replay::plan_events(selected->exchange(), runners_);
    for (const auto& reason : planned.left_out) run_.outcomes.on_left_out(reason);
    for (const auto invocation : planned.invocations) {
        run_.outcomes.on_reply({selected, invocation, Sent::over_websocket},
                               replay::to_function_reply(seen.invocations.back()));
    }
}

bool ReplayedSockets::pass_on(const std::shared_ptr<const replay::Selected>& selected) {
    const auto event = parse_socket_event(selected->exchange());
    const auto found = connections_.find(event.connection);
    if (found == connections_.end() || (event.type != kMessageEvent && event.type != "DISCONNECT")) return false;
    Connection& connection = found->second;
    if (!connection.socket) {
        run_.outcomes.on_left_out("the handshake of their WebSocket was refused this time");
        return true;
    }
    const bool is_message = event.type == kMessageEvent;
    const auto before = connection.socket->receive();
    if (is_message && before.close_code) {
        run_.outcomes.on_unanswered({selected, 0, Sent::over_websocket},
                                    "its WebSocket was closed before, with " + std::to_string(*before.close_code));
        return true;
    }
    source::Result<void> sent;
    if (is_message)
        sent = connection.socket->send(event.body);
    else
        connection.socket->close(may_be_sent(event.status) ? event.status : kNormalClosure);
    const auto seen = sent ? wait_for_event(connection, event.type) : std::nullopt;
    if (seen) {
        connection.id = parse_socket_event(*seen).connection;
        compare(selected, *seen);
    } else {
        run_.outcomes.on_unanswered({selected, 0, Sent::over_websocket},
                                    sent ? "no function got it" : sent.error().message());
    }
    if (event.type == "DISCONNECT") connections_.erase(found);
    return true;
}

}  // namespace understudy::cli
