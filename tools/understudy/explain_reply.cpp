#include "tools/understudy/explain_reply.hpp"

#include "emulator/event/stream_reply.hpp"

#include <string_view>
#include <utility>
#include <variant>

namespace understudy::cli {
namespace {

event::Finding find_assumed_stream() {
    return {"stream-type-assumed", "",
            "The reply begins with a prelude, JSON and eight NUL bytes, and is read as one that the function streams "
            "under the type " +
                std::string(event::kHttpStreamType) + "; under any other type all of it is the body."};
}

}  // namespace

gateway::Answer answer_reply(const gateway::FrontDoor& door, const app::Api& api, const gateway::Ticket& ticket,
                             const std::string& reply, std::chrono::system_clock::time_point now) {
    constexpr std::string_view kBehindPrelude("\0\0\0\0\0\0\0\0", 8);
    const bool has_prelude = reply.starts_with('{') && reply.find(kBehindPrelude) != std::string::npos;
    if (api.kind != app::ApiKind::url || ticket.transfer != app::TransferMode::stream || !has_prelude)
        return door.answer(ticket, {gateway::FunctionReply::Kind::succeeded, reply}, now);
    event::StreamReply stream = door.read_stream(event::kHttpStreamType);
    event::StreamStep step = stream.feed(reply);
    std::string body(step.body);
    if (!step.head) step = stream.finish();
    event::Reply head = std::move(*step.head);
    if (auto* response = std::get_if<http::Response>(&head.result)) response->body = std::move(body);
    head.findings.push_back(find_assumed_stream());
    return door.answer_head(ticket, std::move(head), now);
}

}  // namespace understudy::cli
