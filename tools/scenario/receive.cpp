#include "tools/scenario/receive.hpp"

#include "proto/wire/call_reading.hpp"
#include "proto/wire/trailer_lines.hpp"

#include <utility>

namespace understudy::scenario {

namespace {

void read_reply(const Step& step, const wire::Metadata& trailers, Received& received) {
    auto read = wire::read_answer(
        {step.protocol, step.codec}, step.compression,
        {.status = received.http_status, .headers = received.headers, .body = received.body, .trailers = trailers});
    received.status = std::move(read.answer.status);
    received.trailers = std::move(read.answer.trailers);
    received.message = std::move(read.answer.message);
    received.undecodable = std::move(read.unreadable);
}

// Trailers as Connect has them, in replies that are no method's.
void read_trailers(Received& received) {
    for (const auto& [name, value] : received.headers) {
        if (const auto trailer = wire::find_trailer_name(name)) received.trailers.emplace_back(*trailer, value);
    }
}

std::string render_time(std::chrono::microseconds time) {
    return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(time).count()) + " ms";
}

}  // namespace

Received to_received(const Step& step, const http::Response& reply, const wire::Metadata& trailers,
                     std::chrono::microseconds duration) {
    Received received;
    received.http_status = reply.status;
    for (const auto line : reply.headers) received.headers.emplace_back(line.name, line.value);
    received.body = reply.body.view();
    if (step.kind != StepKind::method) {
        read_trailers(received);
        return received;
    }
    read_reply(step, trailers, received);
    const bool late = step.deadline && duration > *step.deadline;
    if (late && received.status.code() != wire::Code::deadline_exceeded) {
        received.status = {wire::Code::deadline_exceeded,
                           "the reply came after " + render_time(duration) + ", and the call's timeout is " +
                               render_time(*step.deadline) + ": a client has given up by then"};
        received.undecodable.clear();
    }
    return received;
}

}  // namespace understudy::scenario
