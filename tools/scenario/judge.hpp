#pragma once

#include "emulator/http/message.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

namespace understudy::scenario {

/// The request that a step is: what goes over the wire, but for what the connection adds.
http::Request to_request(const Step& step);

/// A step without its reply: its name, its place, what it sends and what it expects.
StepResult to_unsent_result(const Step& step);

/// Reads a reply and compares it with what the step expects: fills `received`, `differences` and `hints`.
void judge_reply(const Step& step, const Descriptors& descriptors, const http::Response& reply, StepResult& result);

}  // namespace understudy::scenario
