#include "tools/understudy/explain_connections.hpp"

#include "emulator/gateway/limits.hpp"
#include "emulator/gateway/target.hpp"
#include "emulator/http/percent.hpp"
#include "emulator/http/websocket_frame.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

namespace understudy::cli {
namespace {

using Kind = gateway::ConnectionsCall::Kind;

void explain_kind(Explanation& explanation, const gateway::WebSocketDoor& door, Kind kind, const http::Request& request,
                  const event::Facts& facts) {
    switch (kind) {
        case Kind::send:
            explanation.message = request.body;
            explanation.answer = door.answer_sent(facts);
            return;
        case Kind::describe:
            explanation.answer = door.answer_described({facts.time, facts.time, facts.source_ip, {}}, facts);
            return;
        case Kind::disconnect:
            break;
    }
    explanation.close =
        std::to_string(static_cast<std::uint16_t>(http::WebSocketClose::normal)) + ": the call ends the connection";
    explanation.answer = door.answer_disconnected(facts);
}

}  // namespace

bool means_connections(const http::Request& request) {
    const auto target = gateway::parse_target(request.target);
    if (!target) return false;
    for (std::string_view rest = target->path; !rest.empty();) {
        const auto end = std::min(rest.find('/'), rest.size());
        if (http::decode_percent(rest.substr(0, end), http::Plus::literal) == "@connections") return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

void explain_connections(Explanation& explanation, const gateway::WebSocketDoor& door, gateway::Admission admission,
                         const http::Request& request, const event::Facts& facts) {
    explanation.access = {
        "a management call, as a back end makes them, at STAGE/@connections/ID: POST sends the body to the client ID, "
        "GET tells of it, DELETE closes its connection",
        "AWS_IAM: a signature (SigV4) as execute-api, with the permission execute-api:ManageConnections"};
    if (request.method == "POST") {
        explanation.sizes.push_back({"message", request.body.size(), gateway::kWebSocketLimits.body});
    }
    if (auto* answer = std::get_if<gateway::Answer>(&admission)) {
        explanation.answer = std::move(answer->response);
        std::ranges::move(answer->findings, std::back_inserter(explanation.findings));
        return;
    }
    auto& call = std::get<gateway::ConnectionsCall>(admission);
    explanation.stage = call.stage;
    explanation.route = "@connections, for " + call.connection_id;
    explanation.access.push_back(
        "the client " + call.connection_id + " is taken to be connected to the stage " + call.stage +
        " now, its $connect answered; if it has left, is not let in yet or is another stage's, "
        "the answer is 410 GoneException without a body");
    explain_kind(explanation, door, call.kind, request, facts);
    std::ranges::move(call.findings, std::back_inserter(explanation.findings));
}

}  // namespace understudy::cli
