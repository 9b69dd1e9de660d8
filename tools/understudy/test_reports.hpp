#pragma once

#include "emulator/source/diagnostic.hpp"
#include "emulator/source/problem.hpp"
#include "tools/report/events.hpp"
#include "tools/report/summary.hpp"
#include "tools/scenario/load_problem.hpp"
#include "tools/scenario/result.hpp"
#include "tools/scenario/run.hpp"
#include "tools/understudy/report_file.hpp"
#include "tools/understudy/report_options.hpp"

#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::cli {

/// Writes the reports of one test run: those that the options ask for, GitHub's annotations and summary where its CI
/// runs this, and the one for people, which goes to stderr where another has stdout.
class TestReports {
  public:
    explicit TestReports(ReportOptions options);

    /// Begins what is written as it happens. Errors: unreadable: a file that cannot be written.
    source::Result<void> begin();
    /// Has a world tell its runs and steps. In any thread; this outlives the world.
    void watch(scenario::World& world);
    /// A run has ended: as soon as it has, and once more in its turn. Not in two threads at once. What is to be said of
    /// one that is `updated` waits for `settle_updates`.
    void on_end(const scenario::RunResult& run);
    void on_result(const scenario::RunResult& run, source::Colour colour);
    /// Tells people something that no run is about.
    void tell_people(const std::string& text);
    /// The files are written: tells the runs that wait for it, as failures those of which `is_written` is false.
    /// Returns how many were updated.
    std::size_t settle_updates(const std::function<bool(const scenario::RunResult&)>& is_written,
                               source::Colour colour);
    /// Everything has ended. Errors: unreadable: a report could not be written.
    source::Result<void> finish(const report::Summary& summary, int exit_code, source::Colour colour);
    /// Scenario files could not be read, and nothing was run. The problems were shown.
    source::Result<void> finish(std::span<const scenario::LoadProblem> problems);

    /// Where the report for people goes; nullopt where there is none.
    std::optional<int> human_descriptor() const;

  private:
    bool keeps_runs() const;
    std::string render_for_people(const scenario::RunResult& run, source::Colour colour);
    void tell_result(const scenario::RunResult& run, source::Colour colour);
    void write_event(const std::string& line);
    void write_end(const scenario::RunResult& run);
    void tell(int descriptor, std::string_view text);
    void write_to(int descriptor, std::string_view text);
    void annotate(const std::string& commands);
    source::Result<void> write_file(const std::string& path, const std::string& text) const;

    ReportOptions options_;
    bool github_;
    bool obeyed_;  ///< Commands in the output are taken for somebody's wish.
    std::string step_summary_;
    std::size_t points_ = 0;
    std::vector<scenario::RunResult> runs_;       ///< Where a report at the end needs them.
    std::vector<scenario::RunResult> undecided_;  ///< Those that are updated if their files can be written.
    std::vector<source::Problems>
        told_problems_;          ///< What people have been told of templates, but for the first of each.
    source::Result<void> told_;  ///< Whether stdout took everything.
    std::mutex mutex_;           ///< Of the three below.
    report::EventStream events_;
    LineFile event_file_;
    source::Result<void> streamed_;
};

}  // namespace understudy::cli
