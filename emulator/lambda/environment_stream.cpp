// Responses that a runtime streams to a caller who takes them as they are written.

#include "emulator/lambda/environment.hpp"
#include "emulator/lambda/posted.hpp"
#include "emulator/lambda/runtime_reply.hpp"

#include <algorithm>
#include <utility>

namespace understudy::lambda {

/// What comes of an upload that was refused, or whose invocation has ended, goes nowhere.
bool Environment::is_streaming(Ticket ticket) const {
    return state_ == RuntimeState::invocation_response && upload_ && upload_->ticket == ticket;
}

Actions Environment::on_stream_begin(StreamBegin&& call, Ticket ticket) {
    if (auto refusal = refuse(call.id, "InvocationResponse")) return {Reply{ticket, std::move(*refusal)}};
    state_ = RuntimeState::invocation_response;
    upload_ = {.ticket = ticket, .size = 0};
    return {StartReply{std::move(call.content_type)}};
}

Actions Environment::on_stream_bytes(StreamBytes call, Ticket ticket) {
    if (!is_streaming(ticket)) return {};
    const std::uint64_t room = kMaxStreamedBytes - std::min(upload_->size, kMaxStreamedBytes);
    upload_->size += call.bytes.size();
    call.bytes = call.bytes.substr(0, std::min<std::uint64_t>(call.bytes.size(), room));
    if (call.bytes.empty()) return {};
    return {PassBytes{call.bytes}};
}

Actions Environment::on_stream_end(StreamEnd&& call, Ticket ticket) {
    if (!is_streaming(ticket)) return {};
    Actions actions;
    state_ = RuntimeState::response_sent;
    const bool oversized = upload_->size > kMaxStreamedBytes;
    upload_.reset();
    course_->answer(actions, oversized ? oversized_stream_outcome() : to_outcome(std::move(call)));
    actions.push_back(Reply{ticket, oversized ? render_stream_too_large() : render_accepted()});
    return actions;
}

Actions Environment::on_stream_cut(Ticket ticket) {
    if (!is_streaming(ticket)) return {};
    Actions actions;
    state_ = RuntimeState::response_sent;
    upload_.reset();
    const Fault fault = truncated_fault();
    course_->blame(fault.type);
    Outcome outcome = to_outcome(fault, course_->invocation().id);
    outcome.error_type = fault.type;
    course_->answer(actions, std::move(outcome));
    actions.push_back(Reply{ticket, render_truncated()});
    return actions;
}

}  // namespace understudy::lambda
