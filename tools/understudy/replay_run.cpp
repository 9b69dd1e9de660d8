#include "tools/understudy/replay_run.hpp"

#include <utility>

namespace understudy::cli {

Emulator::Call to_call(const ReplayJob& job, const ReplayOptions& options) {
    const auto& recorded = job.recorded();
    Emulator::Call call;
    call.event = recorded.event;
    call.client_context = recorded.client_context;
    call.identity = recorded.identity;
    call.tenant = recorded.tenant;
    if (options.recorded_ids) {
        call.request_id = recorded.request_id;
        call.trace = recorded.trace;
    }
    return call;
}

replay::FunctionReply to_reply(Emulator::Result result) {
    return {std::move(result.payload),
            result.function_error ? record::Outcome::function_error : record::Outcome::succeeded};
}

}  // namespace understudy::cli
