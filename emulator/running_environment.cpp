#include "emulator/running_environment.hpp"

#include "emulator/endpoints.hpp"
#include "emulator/lambda/overloaded.hpp"
#include "emulator/lambda/peak_memory.hpp"
#include "emulator/process/temp_directory.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <csignal>
#include <utility>

namespace understudy {
namespace {

/// Accepting a connection, reading a request and handing it on take a turn each.
constexpr int kSettlingTurns = 4;

lambda::Moment now() {
    return {std::chrono::steady_clock::now(), std::chrono::system_clock::now()};
}

lambda::ExitStatus to_status(const process::Exit& exit) {
    using Kind = lambda::ExitStatus::Kind;
    return {exit.kind == process::ExitKind::signal ? Kind::signaled : Kind::exited, exit.number};
}

lambda::SpawnFailure to_failure(const source::Problem& problem) {
    using Kind = lambda::SpawnFailure::Kind;
    const bool directory = problem.code() == source::ProblemCode::invalid;
    return {directory ? Kind::working_directory : Kind::entrypoint, problem.message()};
}

/// Of a function that was declared without code.
lambda::SpawnFailure no_code() {
    return {lambda::SpawnFailure::Kind::entrypoint,
            "Couldn't find valid bootstrap(s): [/var/task/bootstrap /opt/bootstrap]"};
}

process::Variables to_pairs(const std::vector<std::string>& variables) {
    process::Variables pairs;
    for (const std::string& variable : variables) {
        const auto sign = variable.find('=');
        pairs.emplace_back(variable.substr(0, sign), variable.substr(sign + 1));
    }
    return pairs;
}

std::string find_connections_url(const EnvironmentPlan& plan) {
    if (plan.gateway == nullptr || plan.gateway->empty()) return {};
    return to_connections_url(plan.application, *plan.gateway);
}

}  // namespace

RunningEnvironment::RunningEnvironment(boost::asio::io_context& context, const EnvironmentPlan& plan,
                                       net::Deadlines& deadlines, Events events)
    : context_(context),
      plan_(plan),
      deadlines_(deadlines),
      events_(std::move(events)),
      environment_(plan.terms, now()),
      runtime_api_(context,
                   {[this](lambda::RuntimeCall&& call, lambda::Ticket ticket) { on_call(std::move(call), ticket); },
                    [this](lambda::Ticket ticket) {
                        std::erase(settling_, ticket);
                        environment_.on_caller_gone(ticket);
                    },
                    [this](lambda::Ticket ticket) { environment_.on_reply_unread(ticket); },
                    [this] { return environment_.streams(); },
                    [this](std::function<void()> resume) { return events_.hold(std::move(resume)); },
                    [this] { tell_shortage(); }}),
      sandbox_(context.get_executor(), process::system_temp_directory()) {}

RunningEnvironment::~RunningEnvironment() {
    if (deadline_) deadlines_.call_off(*deadline_);
}

std::vector<std::string> RunningEnvironment::to_variables(const std::string& runtime_api,
                                                          const std::string& log_stream_name) const {
    const lambda::Surroundings surroundings{.runtime_api = runtime_api,
                                            .log_stream_name = log_stream_name,
                                            .search_path = plan_.search_path,
                                            .credentials = plan_.credentials,
                                            .lambda_endpoint = plan_.lambda_endpoint,
                                            .connections_endpoint = find_connections_url(plan_),
                                            .opt = plan_.function.opt.empty() ? "/opt" : plan_.function.opt,
                                            .version = plan_.version};
    return lambda::to_variables(plan_.application, plan_.function, surroundings);
}

process::SandboxSpec RunningEnvironment::to_spec(const std::string& runtime_api,
                                                 const std::string& log_stream_name) const {
    const bool kept = plan_.code.look() == process::KeptCode::State::kept;
    return {.command = plan_.function.command,
            .search_path = plan_.search_path,
            .directory = plan_.function.directory,
            .variables = to_pairs(to_variables(runtime_api, log_stream_name)),
            .descriptor = kept ? plan_.code.descriptor() : -1};
}

void RunningEnvironment::start(const std::string& log_stream_name) {
    if (plan_.function.command.empty() && !plan_.start_runtime)
        return perform(environment_.on_spawn_failed(no_code(), now()));
    const auto endpoint = runtime_api_.listen();
    if (!endpoint) {
        if (endpoint.error() == boost::system::errc::too_many_files_open) tell_shortage();
        return perform(environment_.on_spawn_failed(
            {.message = "the Runtime API cannot be served: " + endpoint.error().message()}, now()));
    }
    const std::string runtime_api = endpoint->address + ':' + std::to_string(endpoint->port);
    if (plan_.start_runtime) return start_hosted(runtime_api, log_stream_name);
    const auto started = sandbox_.start(to_spec(runtime_api, log_stream_name),
                                        {[this](process::OutputStream, std::string_view line) { on_line(line); },
                                         [this](const process::Exit& exit) { settle_exit(exit, kSettlingTurns); },
                                         [this](const source::Problem& problem) { refuse_start(problem); }});
    if (!started) return refuse_start(started.error());
    watch_deadline();
}

void RunningEnvironment::refuse_start(const source::Problem& problem) {
    if (problem.code() == source::ProblemCode::exhausted) tell_shortage();
    perform(environment_.on_spawn_failed(to_failure(problem), now()));
}

void RunningEnvironment::tell_shortage() {
    if (events_.on_shortage) events_.on_shortage();
}

void RunningEnvironment::start_hosted(const std::string& runtime_api, const std::string& log_stream_name) {
    const auto in_turn = [this, &context = context_, alive = std::weak_ptr(alive_)](std::function<void()> action) {
        boost::asio::post(context, [alive, action = std::move(action)] {
            if (!alive.expired()) action();
        });
    };
    plan_.start_runtime(
        {.variables = to_variables(runtime_api, log_stream_name),
         .log = [this, in_turn](std::string line) { in_turn([this, line = std::move(line)] { on_line(line); }); },
         .on_ended =
             [this, in_turn](int code) {
                 in_turn([this, code] { end_hosted({lambda::ExitStatus::Kind::exited, code}); });
             }});
    watch_deadline();
}

/// It ends once, whatever is told of it later.
void RunningEnvironment::end_hosted(lambda::ExitStatus status) {
    if (std::exchange(hosted_ended_, true)) return;
    perform(environment_.on_exit(status, now(), 0));
}

/// Who is hosted cannot be killed: the environment ends as if he were, in a turn of its own as a real end.
void RunningEnvironment::signal_group(int signal) {
    if (!plan_.start_runtime) return sandbox_.kill_group(signal);
    if (signal != SIGKILL) return;
    boost::asio::post(context_, [this, alive = std::weak_ptr(alive_)] {
        if (!alive.expired()) end_hosted({lambda::ExitStatus::Kind::signaled, SIGKILL});
    });
}

/// A process that a disturbance has stopped gets its signal only once it goes on.
void RunningEnvironment::terminate() {
    signal_group(SIGTERM);
    signal_group(SIGCONT);
}

void RunningEnvironment::invoke(lambda::Invocation&& invocation) {
    disturbance_ = invocation.disturbance;
    const bool warm = environment_.state() != lambda::RuntimeState::started;
    if (warm && disturbance_.kind == lambda::Disturbance::Kind::slow_init) disturbance_ = {};
    const bool held = hold_process();
    perform(environment_.on_invoke(std::move(invocation), now()));
    if (held) disturb_process();
}

void RunningEnvironment::warm_up() {
    environment_.on_warm_up(now());
}

void RunningEnvironment::stop() {
    std::int64_t peak_kilobytes = 0;
    if (environment_.owes_report()) {
        sandbox_.read_output();
        sandbox_.end_lines();
        peak_kilobytes = static_cast<std::int64_t>(sandbox_.read_peak_memory_kilobytes());
    }
    perform(environment_.on_stop(now(), peak_kilobytes));
}

void RunningEnvironment::await_end() {
    if (const auto limit = environment_.last_moment()) sandbox_.await_end(*limit);
}

void RunningEnvironment::on_call(lambda::RuntimeCall&& call, lambda::Ticket ticket) {
    if (const auto delay = take_delay(call)) return delay_call(std::move(call), ticket, *delay);
    if (std::holds_alternative<lambda::Next>(call) && environment_.is_uploading()) {
        settling_.push_back(ticket);
        return settle_next(ticket, kSettlingTurns);
    }
    if (auto* response = std::get_if<lambda::InvocationResponse>(&call)) disturb_reply(*response);
    const bool held = std::holds_alternative<lambda::Next>(call) && hold_process();
    take_call(std::move(call), ticket);
    if (held) disturb_process();
}

/// A runtime may break a streamed response off and ask for its next event at once, on another connection: what it did
/// first counts first.
void RunningEnvironment::settle_next(lambda::Ticket ticket, int turns) {
    boost::asio::post(context_, [this, ticket, turns, alive = std::weak_ptr(alive_)] {
        if (alive.expired() || std::ranges::find(settling_, ticket) == settling_.end()) return;
        if (turns > 1 && environment_.is_uploading()) return settle_next(ticket, turns - 1);
        std::erase(settling_, ticket);
        take_call(lambda::Next{}, ticket);
    });
}

void RunningEnvironment::take_call(lambda::RuntimeCall&& call, lambda::Ticket ticket) {
    std::int64_t peak_kilobytes = 0;
    if (environment_.makes_report(call)) {
        if (environment_.wants_log_tail()) sandbox_.read_output();
        sandbox_.end_lines();
        peak_kilobytes = static_cast<std::int64_t>(sandbox_.read_peak_memory_kilobytes());
    } else if (environment_.ends_init(call)) {
        sandbox_.read_peak_memory_kilobytes();
    }
    perform(environment_.on_call(std::move(call), ticket, now(), peak_kilobytes));
}

void RunningEnvironment::on_line(std::string_view line) {
    std::string text(line);
    text += '\n';
    perform(environment_.on_output(text));
    events_.on_log(text);
}

/// A runtime may post its response and end at once. What it posted is in a socket by then, or in the listener's queue:
/// a few turns of the event loop bring it in before the exit counts, more of them as long as they bring in more.
void RunningEnvironment::settle_exit(const process::Exit& exit, int turns) {
    if (turns == 0) return on_exit(exit);
    const std::uint64_t before = runtime_api_.received_bytes();
    boost::asio::post(context_, [this, exit, turns, before, alive = std::weak_ptr(alive_)] {
        if (alive.expired()) return;
        const bool wanted = environment_.state() != lambda::RuntimeState::killed;
        settle_exit(exit, wanted && runtime_api_.received_bytes() > before ? kSettlingTurns : turns - 1);
    });
}

void RunningEnvironment::on_exit(const process::Exit& exit) {
    const std::int64_t peak_kilobytes = lambda::to_peak_kilobytes(
        exit.peak_memory_kilobytes, exit.memory_bound_kilobytes, plan_.terms.memory_megabytes);
    perform(environment_.on_exit(to_status(exit), now(), peak_kilobytes));
}

void RunningEnvironment::on_deadline() {
    deadline_.reset();
    sandbox_.read_output();
    perform(environment_.on_deadline(now(), static_cast<std::int64_t>(sandbox_.read_peak_memory_kilobytes())));
}

void RunningEnvironment::perform(lambda::Actions&& actions) {
    for (lambda::Action& action : actions) {
        std::visit(lambda::Overloaded{
                       [this](lambda::Reply& reply) { runtime_api_.reply(reply.ticket, std::move(reply.response)); },
                       [this](lambda::StartReply& start) { events_.on_reply_started(start.content_type); },
                       [this](lambda::PassBytes& pass) { events_.on_reply_bytes(pass.bytes); },
                       [this](lambda::Complete& complete) { events_.on_complete(std::move(complete.outcome)); },
                       [this](lambda::WriteLog& log) { events_.on_log(log.text); },
                       [this](lambda::OverMemory& over) { events_.on_over_memory(over.peak_kilobytes); },
                       [this](lambda::Terminate&) { terminate(); },
                       [this](lambda::Kill&) { signal_group(SIGKILL); },
                       [this](lambda::Idle&) { events_.on_idle(); },
                       [this](lambda::Dead& dead) { events_.on_dead(std::move(dead.returned)); },
                   },
                   action);
    }
    watch_deadline();
}

/// A deadline that was called off, or moved to later, stays set until it comes: most invocations end long before
/// theirs, and the state machine knows what a late one means.
void RunningEnvironment::watch_deadline() {
    const auto due = environment_.deadline();
    if (!due || (deadline_ && deadline_->first <= *due)) return;
    if (deadline_) deadlines_.call_off(*deadline_);
    deadline_ = deadlines_.add(*due, [this] { on_deadline(); });
}

}  // namespace understudy
