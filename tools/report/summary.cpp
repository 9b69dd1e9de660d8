#include "tools/report/summary.hpp"

#include "emulator/source/printable.hpp"
#include "tools/report/text.hpp"

#include <cstdio>
#include <set>

namespace understudy::report {

namespace {

std::string to_count(std::size_t number, const char* noun) {
    return std::to_string(number) + ' ' + noun + (number == 1 ? "" : "s");
}

const char* choose_code(const scenario::Tally& tally) {
    if (!tally.all_passed()) return "\x1b[31m";
    return tally.flaky > 0 || tally.not_run > 0 ? "\x1b[33m" : "\x1b[32m";
}

}  // namespace

Summary to_summary(std::span<const scenario::RunResult> runs) {
    Summary summary;
    std::set<std::string> files;
    for (const auto& run : runs) {
        files.insert(run.document.name());
        summary.tally.add(run);
        summary.duration += run.duration;
        if (run.flaky()) summary.flaky.push_back(to_title(run));
    }
    summary.scenarios = files.size();
    return summary;
}

std::string to_outcome_text(const scenario::Tally& tally) {
    auto text = std::to_string(tally.passed) + " passed";
    const auto add = [&](std::size_t number, const char* words) {
        if (number > 0) text += ", " + std::to_string(number) + ' ' + words;
    };
    add(tally.expected_failures, "failed as expected");
    add(tally.updated, "updated");
    add(tally.flaky, "flaky");
    add(tally.failed, "failed");
    add(tally.could_not_run, "could not run");
    add(tally.not_run, "not run");
    return text;
}

std::string to_count_text(const Summary& summary) {
    return to_count(summary.tally.runs(), "run") + " of " + to_count(summary.scenarios, "scenario");
}

std::string render_summary(const Summary& summary, source::Colour colour) {
    std::string text;
    for (const auto& title : summary.flaky) text += "flaky: " + source::to_printable_line(title) + '\n';
    if (summary.interrupted) text += "interrupted\n";
    auto outcome = to_outcome_text(summary.tally);
    if (colour == source::Colour::ansi) outcome = choose_code(summary.tally) + outcome + "\x1b[0m";
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, " (%.2f s)", static_cast<double>(summary.duration.count()) / 1e6);
    text += to_count_text(summary) + ": " + outcome + seconds + '\n';
    if (summary.seed) text += "--seed " + std::to_string(*summary.seed) + " repeats what was drawn at random\n";
    return text;
}

}  // namespace understudy::report
