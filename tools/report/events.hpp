#pragma once

#include "tools/report/summary.hpp"
#include "tools/scenario/load_problem.hpp"
#include "tools/scenario/result.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace understudy::report {

/// The stream of `--json`: each call makes one line, an object, which docs/test-reports.md describes. What happens in
/// several threads is told by one after the other.
class EventStream {
  public:
    /// `run_started`. A run that is started again under the same name is another attempt.
    std::string on_begin(const scenario::RunResult& begun);
    /// `step`. `begun` is what `on_begin` was given, for this or an equal run.
    std::string on_step(const scenario::RunResult& begun, const scenario::StepResult& step);
    /// `run_finished`, behind the last attempt.
    std::string on_result(const scenario::RunResult& run);

  private:
    /// What was told of an attempt.
    struct Told {
        unsigned steps = 0;
        std::map<std::pair<std::uint32_t, std::uint32_t>, unsigned> numbers;  ///< By line and column.
    };
    static unsigned to_number(Told& told, const scenario::StepResult& step);

    std::map<std::string, unsigned> attempts_;  ///< By the run's name.
    std::map<std::string, Told> told_;
};

/// `load_problem`.
std::string render_load_problem(const scenario::LoadProblem& problem);
/// `summary`, the last line.
std::string render_summary_event(const Summary& summary, int exit_code);

}  // namespace understudy::report
