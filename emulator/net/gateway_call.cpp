#include "emulator/net/gateway_call.hpp"

#include "emulator/gateway/json_member.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>

namespace understudy::net {

gateway::ErrorKind to_error(Malformed fault) {
    switch (fault) {
        case Malformed::headers_too_large:
            return gateway::ErrorKind::headers_too_large;
        case Malformed::body_too_large:
            return gateway::ErrorKind::request_too_large;
        case Malformed::garbage:
        case Malformed::bad_framing:
            break;
    }
    return gateway::ErrorKind::bad_request;
}

void draw_ids(event::Facts& facts, RandomIds& ids, std::chrono::system_clock::time_point now) {
    facts.time = now;
    facts.request_id = ids.uuid();
    facts.extended_request_id = ids.gateway_id();
    facts.trace_root = lambda::to_trace_root(now, ids.number(), ids.number());
    facts.trace_parent = ids.hex(16);
    facts.trace_lineage = ids.hex(8);
}

gateway::FunctionReply to_reply(lambda::Outcome&& outcome) {
    using Kind = gateway::FunctionReply::Kind;
    Kind kind = Kind::succeeded;
    if (outcome.kind == lambda::OutcomeKind::function_error) kind = Kind::function_error;
    if (outcome.kind == lambda::OutcomeKind::throttled) kind = Kind::throttled;
    if (outcome.kind == lambda::OutcomeKind::no_function) kind = Kind::no_function;
    return {kind, std::move(outcome.payload), outcome.oversized};
}

std::string error_type_of(const lambda::Outcome& outcome) {
    if (outcome.kind != lambda::OutcomeKind::function_error || !outcome.error_type.empty()) return outcome.error_type;
    const std::string name = "errorType";
    return gateway::find_json_text(outcome.payload, {&name, 1}).value_or("");
}

lambda::Invocation make_invocation(std::string id, std::string event, std::string trace) {
    lambda::Invocation invocation;
    invocation.id = std::move(id);
    invocation.payload = std::make_shared<const std::string>(std::move(event));
    invocation.trace = std::move(trace);
    return invocation;
}

std::chrono::milliseconds scaled(std::chrono::milliseconds nominal, double clock_scale) {
    const auto real = static_cast<std::int64_t>(static_cast<double>(nominal.count()) / clock_scale);
    return std::chrono::milliseconds(std::max<std::int64_t>(real, 1));
}

Deadlines::Clock::time_point deadline_of(Deadlines::Clock::time_point from, std::chrono::milliseconds nominal,
                                         double clock_scale) {
    const std::chrono::duration<double, std::milli> real(static_cast<double>(nominal.count()) / clock_scale);
    return from + std::chrono::duration_cast<Deadlines::Clock::duration>(real);
}

}  // namespace understudy::net
