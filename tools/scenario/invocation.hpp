#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace understudy::scenario {

/// A request as an event of payload format 2.0 that the Lambda API's Invoke takes: what the front `invoke` sends. It is
/// the event of an HTTP API with the route `$default`, but that a text that is not UTF-8 is base64 and comes through.
http::Request to_invocation(const http::Request& request, const std::string& function, const event::Facts& facts);

/// What such an event tells beside its request: when it arrived, and ids by the number of the request in its run.
event::Facts to_invocation_facts(std::chrono::system_clock::time_point time, std::uint32_t number);

/// What came back as the reply that it describes: `statusCode`, `headers`, `multiValueHeaders`, `cookies`, `body`. What
/// has no `statusCode` is the body of a 200, as an HTTP API infers it. An error of the function is 502 with its own
/// document as body, and so is a description that is no reply; a call that the Lambda API refuses stays as it is.
/// Tested by: InvokeFront.AReplyWithoutAStatusIsTheBodyOfA200, InvokeFront.AnErrorOfTheFunctionIsBadGateway
http::Response from_invocation(const http::Response& reply);

}  // namespace understudy::scenario
