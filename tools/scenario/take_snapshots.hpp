#pragma once

#include "emulator/http/message.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/scenario.hpp"

namespace understudy::scenario {

/// What `--update` would write for a reply: of the response message or JSON, the details, the body, and header lines
/// and trailers, where the step writes them. Nothing where the call ended in another way than expected: that is no
/// snapshot. Precondition: the reply was judged.
std::vector<Snapshot> take_snapshots(const Step& step, const Descriptors* descriptors, const StepResult& judged);

}  // namespace understudy::scenario
