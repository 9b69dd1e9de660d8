#include "tools/scenario/receive.hpp"

#include "proto/wire/call_reading.hpp"

#include <utility>

namespace understudy::scenario {

namespace {

void read_call(const Step& step, const wire::Metadata& trailers, Received& received) {
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
    constexpr std::string_view kPrefix = "Trailer-";
    for (const auto& [name, value] : received.headers) {
        if (wire::same_name(std::string_view(name).substr(0, kPrefix.size()), kPrefix))
            received.trailers.emplace_back(name.substr(kPrefix.size()), value);
    }
}

std::string to_seconds(std::chrono::microseconds time) {
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
    read_call(step, trailers, received);
    const bool late = step.deadline && duration > *step.deadline;
    if (late && received.status.code() != wire::Code::deadline_exceeded) {
        received.status = {wire::Code::deadline_exceeded,
                           "the reply came after " + to_seconds(duration) + ", and the call's timeout is " +
                               to_seconds(*step.deadline) + ": a client has given up by then"};
        received.undecodable.clear();
    }
    return received;
}

}  // namespace understudy::scenario
