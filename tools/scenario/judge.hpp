#pragma once

#include "emulator/http/message.hpp"
#include "proto/wire/metadata.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

namespace understudy::scenario {

/// A step without its reply: its name, its place, what it sends and what it expects.
StepResult to_unsent_result(const Step& step);

/// Reads a reply and compares it, and what `result` has seen of the function, with what the step expects: fills
/// `received`, `differences`, `hints` and `snapshots`. `descriptors` may be null where the step calls no method, and
/// `trailers` are HTTP/2's own.
/// Preconditions: `result` knows how long it took.
void judge_reply(const Step& step, const Descriptors* descriptors, const http::Response& reply,
                 const wire::Metadata& trailers, StepResult& result);

}  // namespace understudy::scenario
