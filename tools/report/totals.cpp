#include "tools/report/totals.hpp"

#include <set>

namespace understudy::report {

namespace {

std::string count(std::size_t number, const char* noun) {
    return std::to_string(number) + ' ' + noun + (number == 1 ? "" : "s");
}

}  // namespace

Totals to_totals(std::span<const scenario::RunResult> runs) {
    Totals totals;
    std::set<std::string> files;
    for (const auto& run : runs) {
        files.insert(run.document.name());
        totals.tally.add(run);
        totals.duration += run.duration;
    }
    totals.files = files.size();
    return totals;
}

std::string to_outcome_text(const scenario::Tally& tally) {
    auto text = std::to_string(tally.passed) + " passed";
    const auto add = [&](std::size_t number, const char* what) {
        if (number > 0) text += ", " + std::to_string(number) + ' ' + what;
    };
    add(tally.flaky, "flaky");
    add(tally.expected_failures, "failed as expected");
    add(tally.failed, "failed");
    add(tally.could_not_run, "could not run");
    add(tally.not_run, "not run");
    return text;
}

std::string to_count_text(const Totals& totals) {
    return count(totals.tally.runs(), "run") + " of " + count(totals.files, "scenario");
}

}  // namespace understudy::report
