#include "emulator/process/sandbox.hpp"

#include "emulator/process/descendants.hpp"
#include "emulator/process/memory.hpp"
#include "emulator/process/program.hpp"
#include "emulator/process/temp_directory.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <poll.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace understudy::process {

using source::Problem;
using source::ProblemCode;
using source::Result;

namespace {

/// Linkers hold their output open for a moment after it is complete.
constexpr std::chrono::milliseconds kBusyPause{10};

/// A program that was busy, between two tries.
struct BusyStart {
    ChildSpec spec;
    SandboxEvents events;
    std::chrono::steady_clock::time_point give_up;
    boost::asio::steady_timer pause;
};

}  // namespace

struct Sandbox::State : std::enable_shared_from_this<State> {
    State(boost::asio::any_io_executor used_executor, std::filesystem::path parent)
        : executor(std::move(used_executor)), temp_parent(std::move(parent)) {}

    Result<void> make_surroundings(const std::string& program, const Output::OnLine& on_line);
    Result<void> run(const ChildSpec& spec, const SandboxEvents& events);
    void run_later(BusyStart&& start);
    void run_again();
    void kill_busy(int signal);
    void on_end(Exit exit, const ChildProcess::OnExit& on_exit);
    void kill_runaways();

    boost::asio::any_io_executor executor;
    std::filesystem::path temp_parent;
    TempDirectory temp;            // Goes after the processes that use it.
    std::optional<Output> output;  // Present while the program runs and until its last line is handed out.
    std::optional<ChildProcess> child;
    std::optional<BusyStart> busy;
    Marks marks;  // Of all that this sandbox has started.
    PeakMemory memory;
};

Result<void> Sandbox::State::make_surroundings(const std::string& program, const Output::OnLine& on_line) {
    if (temp.path().empty()) {
        auto made = TempDirectory::make(temp_parent);
        if (made.has_error()) return made.error();
        temp = std::move(*made);
    }
    output.emplace(executor, on_line);
    if (const auto error = output->open()) {
        output.reset();
        return refused_start(program, error.value());
    }
    for (std::string& name : output->names()) marks.outputs.push_back(std::move(name));
    return {};
}

Result<void> Sandbox::State::run(const ChildSpec& spec, const SandboxEvents& events) {
    child.emplace(executor);
    auto report = [weak = weak_from_this(), on_exit = events.on_exit](Exit exit) {
        if (const auto self = weak.lock()) self->on_end(exit, on_exit);
    };
    auto started = child->start(spec, output->child_ends(), std::move(report));
    if (started.has_error()) return started;
    memory = PeakMemory(child->pid());
    // A program that ends in its init may be gone before anybody asks.
    memory.look_at_start(own_peak_memory());
    output->start_reading();
    return {};
}

void Sandbox::State::run_later(BusyStart&& start) {
    memory = PeakMemory();  // Of the program before.
    busy.emplace(std::move(start));
    busy->pause.expires_after(kBusyPause);
    busy->pause.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
        const auto self = weak.lock();
        if (self != nullptr && !error && self->busy) self->run_again();
    });
}

void Sandbox::State::run_again() {
    BusyStart start = std::move(*busy);
    busy.reset();
    const auto started = run(start.spec, start.events);
    if (started.has_value()) return;
    const bool may_wait = std::chrono::steady_clock::now() < start.give_up;
    if (started.error().code() == ProblemCode::busy && may_wait) return run_later(std::move(start));
    output.reset();
    start.events.on_refused(started.error());
}

/// Nothing runs yet, but whoever sends a signal waits for an end.
void Sandbox::State::kill_busy(int signal) {
    auto end = [weak = weak_from_this(), signal, on_exit = std::move(busy->events.on_exit)] {
        if (const auto self = weak.lock()) self->on_end({ExitKind::signal, signal, 0, 0}, on_exit);
    };
    busy.reset();
    boost::asio::post(executor, std::move(end));
}

void Sandbox::State::on_end(Exit exit, const ChildProcess::OnExit& on_exit) {
    output->finish();
    if (!output) return;  // A line's receiver has destroyed the sandbox.
    output.reset();
    exit.peak_memory_kilobytes = std::max(exit.peak_memory_kilobytes, memory.read_kilobytes());
    on_exit(exit);
}

/// What left the group and lost its parents is known by what it has from them alone.
void Sandbox::State::kill_runaways() {
    const bool started = !marks.outputs.empty();
    if (started) kill_marked(std::exchange(marks, {}));
}

Sandbox::Sandbox(boost::asio::any_io_executor executor, std::filesystem::path temp_parent)
    : state_(std::make_shared<State>(std::move(executor), std::move(temp_parent))) {}

Sandbox::~Sandbox() {
    state_->busy.reset();
    kill_group(SIGKILL);
    state_->child.reset();
    state_->output.reset();
    state_->kill_runaways();
}

Result<void> Sandbox::start(const SandboxSpec& spec, SandboxEvents events) {
    if (spec.command.empty()) return Problem(ProblemCode::invalid, "there is no command to run");
    const bool kept = spec.descriptor >= 0;
    auto program = kept ? Result<std::filesystem::path>(spec.command.front())
                        : find_program(spec.command.front(), spec.search_path, spec.directory);
    if (program.has_error()) return program.error();
    auto made = state_->make_surroundings(program->native(), events.on_line);
    if (made.has_error()) return made;
    ChildSpec child{program->native(), spec.command, spec.directory, spec.variables, spec.descriptor};
    // An interpreter finds its modules from its own name, and would look that up in the child's PATH, not in ours.
    if (child.arguments.front().find('/') == std::string::npos) child.arguments.front() = child.program;
    const auto is_temp = [](const auto& variable) { return variable.first == "TMPDIR"; };
    if (std::none_of(child.variables.begin(), child.variables.end(), is_temp)) {
        child.variables.emplace_back("TMPDIR", state_->temp.path().native());
        state_->marks.variable = "TMPDIR=" + state_->temp.path().native();
    }
    auto started = state_->run(child, events);
    if (started.has_value()) return started;
    if (started.error().code() == ProblemCode::busy && events.on_refused) {
        state_->run_later({std::move(child), std::move(events), std::chrono::steady_clock::now() + spec.busy_patience,
                           boost::asio::steady_timer(state_->executor)});
        return {};
    }
    state_->output.reset();
    return started;
}

void Sandbox::kill_group(int signal) {
    if (state_->busy) return state_->kill_busy(signal);
    if (!state_->child || !state_->child->running()) return;
    // Whoever left the group still has its parents now, and would lose them with the group.
    const Processes runaways = signal == SIGKILL ? find_descendants(state_->child->pid()) : Processes();
    state_->child->kill_group(signal);
    kill_all(runaways);
}

void Sandbox::await_end(std::chrono::steady_clock::time_point limit) {
    const auto state = state_;  // a line's receiver may destroy the sandbox
    while (state->output && state->child && state->child->running()) {
        const auto left = limit - std::chrono::steady_clock::now();
        const auto ends = state->output->read_ends();
        std::array<pollfd, 3> ready{{{.fd = state->child->descriptor(), .events = POLLIN, .revents = 0},
                                     {.fd = ends[0], .events = POLLIN, .revents = 0},
                                     {.fd = ends[1], .events = POLLIN, .revents = 0}}};
        const auto patience = std::chrono::ceil<std::chrono::milliseconds>(left).count();
        const int found = patience > 0 ? ::poll(ready.data(), ready.size(), static_cast<int>(patience)) : 0;
        if (found == 0 || ready[0].revents != 0) return state->output->finish();
        state->output->read_available();
    }
}

void Sandbox::end_lines() {
    if (state_->output) state_->output->end_lines();
}

void Sandbox::read_output() {
    if (state_->output) state_->output->read_available();
}

std::uint64_t Sandbox::read_peak_memory_kilobytes() {
    return state_->memory.read_kilobytes();
}

bool Sandbox::running() const {
    return state_->output.has_value();
}

pid_t Sandbox::pid() const {
    return state_->child ? state_->child->pid() : -1;
}

const std::filesystem::path& Sandbox::temp_directory() const {
    return state_->temp.path();
}

}  // namespace understudy::process
