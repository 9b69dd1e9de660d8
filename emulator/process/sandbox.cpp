#include "emulator/process/sandbox.hpp"

#include "emulator/process/descendants.hpp"
#include "emulator/process/memory.hpp"
#include "emulator/process/program.hpp"
#include "emulator/process/temp_directory.hpp"

#include <signal.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace understudy::process {

using source::Problem;
using source::ProblemCode;
using source::Result;

struct Sandbox::State : std::enable_shared_from_this<State> {
    State(boost::asio::any_io_executor used_executor, std::filesystem::path parent)
        : executor(std::move(used_executor)), temp_parent(std::move(parent)) {}

    Result<void> make_surroundings(Output::OnLine on_line);
    Result<void> run(ChildSpec spec, ChildProcess::OnExit on_exit);
    void on_end(Exit exit, const ChildProcess::OnExit& on_exit);
    void kill_runaways();

    boost::asio::any_io_executor executor;
    std::filesystem::path temp_parent;
    TempDirectory temp;            // Goes after the processes that use it.
    std::optional<Output> output;  // Present while the program runs and until its last line is handed out.
    std::optional<ChildProcess> child;
    std::string mark;  // The variable that only this sandbox's processes have; empty where there is none.
    PeakMemory memory;
};

Result<void> Sandbox::State::make_surroundings(Output::OnLine on_line) {
    if (temp.path().empty()) {
        auto made = TempDirectory::make(temp_parent);
        if (made.has_error()) return made.error();
        temp = std::move(*made);
    }
    output.emplace(executor, std::move(on_line));
    return {};
}

Result<void> Sandbox::State::run(ChildSpec spec, ChildProcess::OnExit on_exit) {
    const auto is_temp = [](const auto& variable) { return variable.first == "TMPDIR"; };
    if (std::none_of(spec.variables.begin(), spec.variables.end(), is_temp)) {
        spec.variables.emplace_back("TMPDIR", temp.path().native());
        mark = "TMPDIR=" + temp.path().native();
    }
    child.emplace(executor);
    auto report = [weak = weak_from_this(), on_exit = std::move(on_exit)](Exit exit) {
        if (const auto self = weak.lock()) self->on_end(exit, on_exit);
    };
    auto started = child->start(spec, output->child_ends(), std::move(report));
    if (started.has_error()) {
        output.reset();
        return started;
    }
    memory = PeakMemory(child->pid());
    output->start_reading();
    return {};
}

void Sandbox::State::on_end(Exit exit, const ChildProcess::OnExit& on_exit) {
    output->finish();
    if (!output) return;  // A line's receiver has destroyed the sandbox.
    output.reset();
    exit.peak_memory_kilobytes = std::max(exit.peak_memory_kilobytes, memory.read_kilobytes());
    on_exit(exit);
}

/// What left the group and lost its parents is known by its environment alone.
void Sandbox::State::kill_runaways() {
    if (!mark.empty()) kill_marked(mark);
    mark.clear();
}

Sandbox::Sandbox(boost::asio::any_io_executor executor, std::filesystem::path temp_parent)
    : state_(std::make_shared<State>(std::move(executor), std::move(temp_parent))) {}

Sandbox::~Sandbox() {
    kill_group(SIGKILL);
    state_->child.reset();
    state_->output.reset();
    state_->kill_runaways();
}

Result<void> Sandbox::start(const SandboxSpec& spec, SandboxEvents events) {
    if (spec.command.empty()) return Problem(ProblemCode::invalid, "there is no command to run");
    auto program = find_program(spec.command.front(), spec.search_path, spec.directory);
    if (program.has_error()) return program.error();
    auto made = state_->make_surroundings(std::move(events.on_line));
    if (made.has_error()) return made;
    return state_->run({program->native(), spec.command, spec.directory, spec.variables}, std::move(events.on_exit));
}

void Sandbox::kill_group(int signal) {
    if (!state_->child || !state_->child->running()) return;
    // Whoever left the group still has its parents now, and would lose them with the group.
    const Processes runaways = signal == SIGKILL ? find_descendants(state_->child->pid()) : Processes();
    state_->child->kill_group(signal);
    kill_all(runaways);
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
