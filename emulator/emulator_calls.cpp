// The way of an invocation to its function, and what is told of it.
#include "emulator/emulator_impl.hpp"
#include "emulator/environment_plan.hpp"
#include "emulator/event/mistakes.hpp"
#include "emulator/lambda/trace.hpp"
#include "emulator/process/code_package.hpp"
#include "emulator/process/descriptor_limit.hpp"
#include "emulator/process/program.hpp"
#include "emulator/process/program_check.hpp"

#include <algorithm>
#include <utility>

namespace understudy {
namespace {

/// Of one kind that requests bring about; clients may make them up.
constexpr std::size_t kMostSubjects = 16;

/// Whether it is to be told as something new, which it is for a few of each kind.
bool take_note(std::set<std::string>& told, std::string_view subject) {
    return told.size() < kMostSubjects && told.emplace(subject).second;
}

/// A command that is served gives a function without a name of its own; what comes of a template has a logical id.
std::string name_of(const app::Function& function) {
    const bool of_command = function.logical_id.empty() && function.name == app::Function().name;
    return of_command ? "the function" : "function " + function.name;
}

}  // namespace

std::string Emulator::Impl::name_of_function(const std::string& name) const {
    const app::Function* function = functions_.find(name);
    return function == nullptr ? "function " + name : name_of(*function);
}

void Emulator::Impl::advise(const std::string& subject, std::string_view id, const std::string& detail,
                            const std::string& text) {
    tell(advised_[subject + '\n' + std::string(id)].insert(detail).second, id, text);
}

void Emulator::Impl::tell(bool is_new, std::string_view id, const std::string& text) {
    if (is_new || settings_.advice_told == AdviceTold::again) observer_.on_advice(id, text);
}

/// What a request shows is told once for each API and subject, of which clients may make up many. What traffic shows is
/// told for each media type of its bodies and each key of its replies, or once, until a reload, which may have mended
/// it.
void Emulator::Impl::tell_finding(const std::string& api, const event::Finding& finding) {
    const std::string kind = api + '\n' + std::string(finding.id);
    const bool is_new = event::is_of_traffic(finding.id) ? take_note(mistakes_[kind], event::distinction(finding))
                                                         : take_note(advised_[kind], finding.subject);
    tell(is_new, finding.id, finding.text);
}

/// Hints about calls of Invoke quote their payloads.
void Emulator::Impl::tell_hint(const std::string& hint) {
    tell(take_note(mistakes_["invoke"], hint), "invoke", hint);
}

void Emulator::Impl::tell_dropped(const AsynchronousInvocations::Dropped& dropped) {
    const std::string attempts = std::to_string(dropped.attempts) + (dropped.attempts == 1 ? " attempt" : " attempts");
    const std::string what = name_of_function(dropped.function) + ": the event " + dropped.id + " was dropped after " +
                             attempts + ", " + std::string(lambda::condition_name(dropped.end));
    const bool to_function = dropped.told && !dropped.told->function.empty();
    observer_.on_advice("event-dropped",
                        what + (to_function ? "; its record goes to the function " + dropped.told->function : ""));
    if (dropped.dead_letters.empty()) return;
    observer_.on_advice("dead-letter", name_of_function(dropped.function) + ": AWS sends the event " + dropped.id +
                                           " to its dead-letter queue, " + dropped.dead_letters + ": " +
                                           *dropped.event);
}

void Emulator::Impl::tell_events_throttled() {
    advise({}, "events-throttled", {},
           "too many events wait for their functions: " + std::to_string(settings_.event_limits.events) +
               ", or payloads of " + std::to_string(settings_.event_limits.bytes >> 20) +
               " MiB, are the most that are kept here. Further calls of InvocationType Event get a 429 until some have "
               "ended. Cure: send fewer, or serve with a larger --max-environments");
}

/// The end of an event is an event for its destination; what is no function of ours gets none, and the log has it.
///
/// Rule: Lambda stops a chain of functions that has become about 16 calls long [docs.aws.amazon.com/lambda/latest/dg/
/// invocation-recursion.html]. Tested by: Destinations.AChainWithoutEndIsStopped
void Emulator::Impl::tell_destination(AsynchronousInvocations::Telling&& telling) {
    constexpr int kLongestChain = 16;
    const app::Destination& to = telling.to;
    if (to.function.empty()) {
        return observer_.on_advice("destination-record",
                                   "AWS sends this record to the destination " + to.elsewhere + ": " + telling.record);
    }
    if (telling.links >= kLongestChain) {
        return advise(to.function, "recursive-loop", {},
                      name_of_function(to.function) + ": destinations lead in a circle; Lambda stops it after about " +
                          std::to_string(kLongestChain) + " calls, and so is it stopped here");
    }
    lambda::Invocation invocation;
    invocation.id = ids_.uuid();
    invocation.payload = std::make_shared<const std::string>(std::move(telling.record));
    invocation.trace = lambda::to_string(ids_.trace(std::chrono::system_clock::now()));
    if (!address(to.function, to.qualifier, invocation)) return;
    if (!asynchronous_.has_room(invocation.payload->size())) return tell_events_throttled();
    asynchronous_.take(to.function, to.qualifier, std::move(invocation), telling.links);
}

std::shared_ptr<RunningFunction> Emulator::Impl::make_function(const app::Function& function,
                                                               const std::string& version) {
    EnvironmentPlan plan = make_plan(settings_, function, version, endpoints_);
    // Whoever prepared a function's code has told what is wrong with it.
    if (!function.command.empty() && function.code.empty()) {
        const auto program = process::find_program(function.command.front(), plan.search_path, function.directory);
        const auto runnable = program ? process::check_program(*program) : source::Result<void>(program.error());
        if (!runnable) {
            advise(function.name, "no-program", runnable.error().message(),
                   name_of(function) + ": " + to_string(runnable.error()));
        }
    }
    if (settings_.changed_code == ChangedCode::held)
        plan.code = process::KeptCode(process::watched_paths(function, plan.search_path));
    RunningFunction::Events events{
        .on_log = [this, name = function.name](std::string_view lines) { observer_.on_log(name, lines); },
        .on_over_memory = [this, name = function.name,
                           memory = function.memory_megabytes](std::int64_t peak) { tell_memory(name, memory, peak); },
        .on_shortage = [this] { tell_shortage(); }};
    if (observer_.follows_ends())
        events.on_end = [this](const std::string& id, Begun begun) { observer_.on_end(id, begun); };
    const int most = std::min(settings_.max_environments, function.reserved_concurrency.value_or(1'000'000));
    return std::make_shared<RunningFunction>(context_, std::move(plan), static_cast<std::size_t>(std::max(most, 1)),
                                             deadlines_, ids_, std::move(events));
}

void Emulator::Impl::tell_shortage() {
    if (!shortage_.on_failure(net::Shortage::Clock::now())) return;
    observer_.on_advice("too-many-files",
                        "too many files are open (this process may have " +
                            std::to_string(process::descriptor_limit()) +
                            "): connections wait, and no environment can be started. Cure: a higher limit of the shell "
                            "that starts it ('ulimit -n'), fewer clients at once, or a smaller --max-environments");
}

/// Deviation: what AWS kills goes on here, so that a build with sanitizers or a debugger can be served.
/// Tested by: Emulator.AnInvocationOverItsMemoryIsToldOnce
void Emulator::Impl::tell_memory(const std::string& function, int megabytes, std::int64_t peak_kilobytes) {
    advise(function, "over-memory", {},
           name_of_function(function) + ": an invocation used " + std::to_string((peak_kilobytes + 1023) / 1024) +
               " MB, and its memory size is " + std::to_string(megabytes) +
               " MB. AWS kills it for that, and its caller gets Runtime.ExitError (signal: killed). Cure: less memory, "
               "or a larger --memory (MemorySize of a template)");
}

/// An authorizer runs for the sake of a request, and is not what that asks for.
void Emulator::Impl::disturb(lambda::Invocation& invocation) {
    if (!invocation.is_authorizer) invocation.disturbance = std::exchange(disturbance, {});
}

/// Every invocation that somebody waits for passes here on its way to its function, which is not given the event of one
/// that is throttled: by order, or because its concurrency is used up.
void Emulator::Impl::meet(const std::string& function, const lambda::Invocation& invocation) {
    if (invocation.disturbance.kind == lambda::Disturbance::Kind::throttle || functions_.is_throttled(function)) return;
    observer_.on_event(function, invocation.id, *invocation.payload);
}

/// Writes down which function is meant, and which of its versions; false where there is none.
bool Emulator::Impl::address(const std::string& function, const std::string& qualifier,
                             lambda::Invocation& invocation) {
    if (invocation.function_arn.empty())
        invocation.function_arn = app::function_arn(settings_.application, function, qualifier);
    const app::Function* found = functions_.find(function);
    if (found == nullptr) {
        advise(function, "no-function", {}, app::say_no_function(function));
        return false;
    }
    auto version = app::choose_version(*found, qualifier, invocation.id);
    if (!version) {
        advise(function, "no-version", qualifier, app::say_no_version(function, qualifier));
        return false;
    }
    invocation.version = std::move(*version);
    return true;
}

void Emulator::Impl::deliver(const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation,
                             net::OnOutcome done) {
    if (!address(function, qualifier, invocation)) return done({.kind = lambda::OutcomeKind::no_function});
    meet(function, invocation);
    functions_.invoke(function, std::move(invocation), std::move(done));
}

void Emulator::Impl::invoke(const std::string& function, const std::string& qualifier, lambda::Invocation&& invocation,
                            net::OnOutcome done) {
    disturb(invocation);
    deliver(function, qualifier, std::move(invocation), std::move(done));
}

void Emulator::Impl::invoke_streamed(const std::string& function, const std::string& qualifier,
                                     lambda::Invocation&& invocation, std::shared_ptr<net::StreamSink> sink) {
    disturb(invocation);
    if (!address(function, qualifier, invocation)) return sink->on_end({.kind = lambda::OutcomeKind::no_function});
    meet(function, invocation);
    functions_.invoke_streamed(function, std::move(invocation), std::move(sink));
}

lambda::Invocation Emulator::Impl::make_invocation(std::string event) {
    lambda::Invocation invocation;
    invocation.id = ids_.uuid();
    invocation.payload = std::make_shared<const std::string>(std::move(event));
    invocation.trace = lambda::to_string(ids_.trace(std::chrono::system_clock::now()));
    if (recorder_) invocation.exchange = recorder_->open({.front = "invoke"}, invocation.id);
    return invocation;
}

}  // namespace understudy
