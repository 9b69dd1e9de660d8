#include "tools/understudy/test_reports.hpp"

#include "emulator/files/write_file.hpp"
#include "tools/report/command_marks.hpp"
#include "tools/report/github.hpp"
#include "tools/report/html.hpp"
#include "tools/report/human.hpp"
#include "tools/report/junit.hpp"
#include "tools/report/tap.hpp"
#include "tools/understudy/console.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <utility>

namespace understudy::cli {
namespace {

std::string environment_variable(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// GitHub's links begin at the root of the repository.
std::string name_in_workspace(const std::string& file) {
    const auto workspace = environment_variable("GITHUB_WORKSPACE");
    std::error_code error;
    const auto path = std::filesystem::absolute(file, error).lexically_normal();
    if (workspace.empty() || error) return file;
    const auto relative = path.lexically_relative(workspace);
    return relative.empty() || *relative.begin() == ".." ? file : relative.string();
}

/// The first of several errors: the others are as likely to have the same cause.
void keep_first(source::Result<void>& kept, const source::Result<void>& result) {
    if (kept && !result) kept = result.error();
}

}  // namespace

TestReports::TestReports(ReportOptions options)
    : options_(std::move(options)),
      github_(environment_variable("GITHUB_ACTIONS") == "true"),
      obeyed_(is_output_obeyed()),
      step_summary_(environment_variable("GITHUB_STEP_SUMMARY")) {}

std::optional<int> TestReports::human_descriptor() const {
    if (options_.tap) return std::nullopt;
    const bool taken = options_.junit == "-" || options_.json == "-" || options_.html == "-";
    return taken ? STDERR_FILENO : STDOUT_FILENO;
}

bool TestReports::keeps_runs() const {
    return !options_.junit.empty() || !options_.html.empty() || !step_summary_.empty();
}

source::Result<void> TestReports::begin() {
    if (options_.tap) tell(STDOUT_FILENO, report::kTapHead);
    return options_.json.empty() ? source::Result<void>() : event_file_.open(options_.json);
}

void TestReports::write_event(const std::string& line) {
    if (event_file_.is_open()) keep_first(streamed_, event_file_.write(line));
}

/// What functions wrote gives a CI no commands.
void TestReports::tell(int descriptor, std::string_view text) {
    if (obeyed_)
        write_to(descriptor, report::break_command_marks(text));
    else
        write_to(descriptor, text);
}

/// What stderr does not take is lost: there is nobody to tell.
void TestReports::write_to(int descriptor, std::string_view text) {
    if (descriptor == STDOUT_FILENO)
        keep_first(told_, write_results(text));
    else
        write_all(descriptor, text);
}

/// Workflow commands are read from both streams.
void TestReports::annotate(const std::string& commands) {
    if (github_) write_to(human_descriptor() == STDOUT_FILENO ? STDOUT_FILENO : STDERR_FILENO, commands);
}

source::Result<void> TestReports::write_file(const std::string& path, const std::string& text) const {
    return path.empty() ? source::Result<void>() : write_report(path, text);
}

void TestReports::watch(scenario::World& world) {
    if (options_.json.empty()) return;
    world.on_begin = [this](const scenario::RunResult& begun) {
        const std::lock_guard lock(mutex_);
        write_event(events_.on_begin(begun));
    };
    world.on_step = [this](const scenario::RunResult& begun, const scenario::StepResult& step) {
        const std::lock_guard lock(mutex_);
        write_event(events_.on_step(begun, step));
    };
}

void TestReports::on_end(const scenario::RunResult& run) {
    if (!run.updated) write_end(run);
}

void TestReports::write_end(const scenario::RunResult& run) {
    const std::lock_guard lock(mutex_);
    write_event(events_.on_result(run));
}

void TestReports::on_result(const scenario::RunResult& run, source::Colour colour) {
    if (keeps_runs()) runs_.push_back(run);
    if (run.updated)
        undecided_.push_back(run);
    else
        tell_result(run, colour);
}

/// What is wrong with a template is told whole once, however many runs it keeps from starting.
std::string TestReports::render_for_people(const scenario::RunResult& run, source::Colour colour) {
    const auto& further = run.further_problems;
    if (further.empty()) return report::render_run(run, colour);
    if (std::ranges::find(told_problems_, further) == told_problems_.end()) {
        told_problems_.push_back(further);
        return report::render_run(run, colour);
    }
    auto shorter = run;
    shorter.problem =
        std::move(*shorter.problem)
            .with_note(further.size() == 1 ? "the other error is shown above"
                                           : "the other " + std::to_string(further.size()) + " errors are shown above");
    shorter.further_problems.clear();
    return report::render_run(shorter, colour);
}

void TestReports::tell_result(const scenario::RunResult& run, source::Colour colour) {
    if (options_.tap) tell(STDOUT_FILENO, report::render_tap_point(run, ++points_));
    // People are told of further rounds only what is new.
    const bool told_before = run.repetition > 0 && run.verdict() == scenario::Verdict::passed && !run.flaky();
    const auto descriptor = human_descriptor();
    if (descriptor && !told_before) tell(*descriptor, render_for_people(run, colour));
    annotate(report::render_annotations(run, name_in_workspace));
}

void TestReports::tell_people(const std::string& text) {
    tell(human_descriptor().value_or(STDERR_FILENO), text);
}

std::size_t TestReports::settle_updates(const std::function<bool(const scenario::RunResult&)>& is_written,
                                        source::Colour colour) {
    std::size_t updated = 0;
    for (auto& run : runs_) run.updated = run.updated && is_written(run);
    for (auto& run : undecided_) {
        run.updated = is_written(run);
        updated += run.updated ? 1 : 0;
        write_end(run);
        tell_result(run, colour);
    }
    undecided_.clear();
    return updated;
}

source::Result<void> TestReports::finish(const report::Summary& summary, int exit_code, source::Colour colour) {
    if (options_.tap) tell(STDOUT_FILENO, report::render_tap_end(summary));
    if (const auto descriptor = human_descriptor()) tell(*descriptor, report::render_summary(summary, colour));
    write_event(report::render_summary_event(summary, exit_code));
    source::Result<void> written = told_;
    keep_first(written, streamed_);
    if (!options_.junit.empty()) keep_first(written, write_file(options_.junit, report::render_junit(runs_, summary)));
    if (!options_.html.empty()) keep_first(written, write_file(options_.html, report::render_html(runs_, summary)));
    if (!step_summary_.empty())
        keep_first(written, files::append_to_file(step_summary_, report::render_markdown(runs_, summary)));
    return written;
}

source::Result<void> TestReports::finish(std::span<const scenario::LoadProblem> problems) {
    if (options_.tap) tell(STDOUT_FILENO, report::render_tap_bail_out(problems));
    annotate(report::render_annotations(problems, name_in_workspace));
    source::Result<void> written = told_;
    if (!options_.json.empty()) {
        keep_first(written, event_file_.open(options_.json));
        for (const auto& problem : problems) write_event(report::render_load_problem(problem));
        write_event(report::render_summary_event({}, static_cast<int>(scenario::ExitCode::unreadable)));
        keep_first(written, streamed_);
    }
    if (!options_.junit.empty()) keep_first(written, write_file(options_.junit, report::render_junit(problems)));
    if (!options_.html.empty()) keep_first(written, write_file(options_.html, report::render_html(problems)));
    if (!step_summary_.empty())
        keep_first(written, files::append_to_file(step_summary_, report::render_markdown(problems)));
    return written;
}

}  // namespace understudy::cli
