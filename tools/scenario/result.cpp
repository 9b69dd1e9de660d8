#include "tools/scenario/result.hpp"

#include <algorithm>

namespace understudy::scenario {

Verdict StepResult::verdict() const {
    if (problem) return Verdict::could_not_run;
    return differences.empty() ? Verdict::passed : Verdict::failed;
}

bool StepResult::is_settled() const {
    std::size_t written = 0;
    for (const Snapshot& snapshot : snapshots) written += snapshot.edits.empty() ? 0 : snapshot.differences;
    return !problem && written >= differences.size();
}

namespace {

Verdict worst_of(const RunResult& run) {
    auto worst = run.problem ? Verdict::could_not_run : Verdict::passed;
    for (const auto& step : run.steps) worst = std::max(worst, step.verdict());
    return worst;
}

}  // namespace

Verdict RunResult::verdict() const {
    if (updated) return Verdict::passed;
    const auto worst = worst_of(*this);
    if (!expected_failure || worst == Verdict::could_not_run) return worst;
    return worst == Verdict::failed ? Verdict::passed : Verdict::failed;
}

bool RunResult::can_be_updated() const {
    const bool has_secret = std::ranges::any_of(
        steps, [](const StepResult& step) { return std::ranges::any_of(step.snapshots, &Snapshot::secret); });
    return !expected_failure && !has_secret && !cut_short && worst_of(*this) == Verdict::failed &&
           std::ranges::all_of(steps, &StepResult::is_settled);
}

bool RunResult::failed_as_expected() const {
    return expected_failure && worst_of(*this) == Verdict::failed;
}

std::string_view RunResult::text_of(const std::string& file) const {
    for (const auto& [name, text] : texts) {
        if (name == file) return text;
    }
    if (document.name() == file) return document.text();
    for (const auto& other : included) {
        if (other.name() == file) return other.text();
    }
    return {};
}

void Tally::add(const RunResult& run) {
    switch (run.verdict()) {
        case Verdict::passed:
            ++(run.updated ? updated : run.flaky() ? flaky : run.failed_as_expected() ? expected_failures : passed);
            break;
        case Verdict::failed:
            ++failed;
            break;
        case Verdict::could_not_run:
            ++could_not_run;
            break;
    }
}

Tally to_tally(const std::vector<RunResult>& runs) {
    Tally tally;
    for (const auto& run : runs) tally.add(run);
    return tally;
}

ExitCode to_exit_code(const Tally& tally, FlakyCounts flaky) {
    if (tally.could_not_run > 0) return ExitCode::could_not_run;
    const bool failed = tally.failed > 0 || (tally.flaky > 0 && flaky == FlakyCounts::as_failed);
    return failed ? ExitCode::failed : ExitCode::passed;
}

}  // namespace understudy::scenario
