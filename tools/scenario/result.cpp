#include "tools/scenario/result.hpp"

#include <algorithm>

namespace understudy::scenario {

Verdict StepResult::verdict() const {
    if (problem) return Verdict::could_not_run;
    return differences.empty() ? Verdict::passed : Verdict::failed;
}

Verdict RunResult::verdict() const {
    auto worst = problem ? Verdict::could_not_run : Verdict::passed;
    for (const auto& step : steps) worst = std::max(worst, step.verdict());
    return worst;
}

ExitCode to_exit_code(const std::vector<RunResult>& runs) {
    auto worst = Verdict::passed;
    for (const auto& run : runs) worst = std::max(worst, run.verdict());
    switch (worst) {
        case Verdict::passed:
            return ExitCode::passed;
        case Verdict::failed:
            return ExitCode::failed;
        case Verdict::could_not_run:
            break;
    }
    return ExitCode::could_not_run;
}

}  // namespace understudy::scenario
