#include "emulator/gateway/connections_call.hpp"

#include "emulator/event/json_writer.hpp"
#include "emulator/event/time_text.hpp"
#include "emulator/http/percent.hpp"

#include <algorithm>

namespace understudy::gateway {
namespace {

bool is_base64_digit(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '-' || c == '_';
}

}  // namespace

std::optional<std::string> parse_connection_path(std::string_view path) {
    constexpr std::string_view kConnections = "@connections";
    path.remove_prefix(std::min(path.find_first_not_of('/'), path.size()));
    const auto slash = path.find('/');
    if (slash == std::string_view::npos || slash + 1 == path.size()) return std::nullopt;
    if (http::decode_percent(path.substr(0, slash), http::Plus::literal) != kConnections) return std::nullopt;
    return http::decode_percent(path.substr(slash + 1), http::Plus::literal);
}

bool may_be_connection(std::string_view id) {
    if (id.size() % 4 != 0) return false;
    while (id.ends_with('=')) id.remove_suffix(1);
    return !id.empty() && std::ranges::all_of(id, is_base64_digit);
}

std::optional<ConnectionsCall::Kind> to_connections_call(std::string_view method) {
    if (method == "POST") return ConnectionsCall::Kind::send;
    if (method == "GET") return ConnectionsCall::Kind::describe;
    if (method == "DELETE") return ConnectionsCall::Kind::disconnect;
    return std::nullopt;
}

bool is_signed(const http::Request& request) {
    return request.headers.contains("Authorization") || request.query().find("X-Amz-Signature=") != std::string::npos;
}

std::string render_connection(const ConnectionState& state) {
    std::string text;
    event::JsonWriter json(text);
    json.begin_object();
    json.key("connectedAt").text(event::to_timestamp(state.connected_at));
    json.key("identity").begin_object();
    json.key("sourceIp").text(state.source_ip);
    if (!state.user_agent.empty()) json.key("userAgent").text(state.user_agent);
    json.end_object();
    json.key("lastActiveAt").text(event::to_timestamp(state.last_active));
    json.end_object();
    return text;
}

}  // namespace understudy::gateway
