#include "tools/understudy/replay_run.hpp"

#include "tools/replay/event_headers.hpp"
#include "tools/understudy/replayed_requests.hpp"

#include <utility>

namespace understudy::cli {

http::Headers to_replaced_headers(const ReplayOptions& options) {
    http::Headers headers;
    for (const std::string_view word : options.headers) {
        const auto colon = word.find(':');
        const auto value = word.find_first_not_of(" \t", colon + 1);
        headers.add(word.substr(0, colon), value == std::string_view::npos ? std::string_view() : word.substr(value));
    }
    return headers;
}

Emulator::Call to_call(const ReplayJob& job, const ReplayRun& run) {
    const ReplayOptions& options = run.options;
    const auto& recorded = job.recorded();
    Emulator::Call call;
    call.event = replay::replace_event_headers(recorded.event, run.headers);
    call.client_context = recorded.client_context;
    call.identity = recorded.identity;
    call.tenant = recorded.tenant;
    call.takes_stream = recorded.streamed;
    if (options.recorded_ids) {
        call.request_id = recorded.request_id;
        call.trace = recorded.trace;
        call.function_arn = recorded.function_arn;
    }
    if (options.recorded_deadline && job.exchange().started.count() > 0)
        call.invoked = to_invoked(job.exchange(), recorded);
    return call;
}

replay::FunctionReply to_reply(Emulator::Result result) {
    return {.payload = std::move(result.payload),
            .outcome = result.function_error ? record::Outcome::function_error : record::Outcome::succeeded,
            .streamed = result.streamed,
            .stream_error = std::move(result.stream_error),
            .error_type = std::move(result.error_type)};
}

source::Result<bool> take_jobs(const ReplayRun& run, const replay::Runners& runners, std::deque<ReplayJob>& jobs) {
    const auto next = run.feed.next();
    if (!next) return next.error();
    if (*next == nullptr) return false;
    if ((*next)->is_from_archive()) {
        const auto obstacle = replay::find_sending_obstacle((*next)->exchange());
        run.outcomes.on_left_out(obstacle.empty() ? "a HAR holds requests and no events (--edge http sends these)"
                                                  : obstacle);
        return true;
    }
    const auto planned = replay::plan_events((*next)->exchange(), runners);
    for (const auto& reason : planned.left_out) run.outcomes.on_left_out(reason);
    for (const auto invocation : planned.invocations) jobs.push_back({*next, invocation});
    return true;
}

}  // namespace understudy::cli
