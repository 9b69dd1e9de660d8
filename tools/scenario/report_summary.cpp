#include "tools/scenario/report_summary.hpp"

#include <cstdio>

namespace understudy::scenario {

namespace {

std::string to_count(std::size_t number, const char* noun) {
    return std::to_string(number) + ' ' + noun + (number == 1 ? "" : "s");
}

std::string to_outcome(const Tally& tally) {
    std::string outcome = std::to_string(tally.passed) + " passed";
    const auto add = [&](std::size_t number, const char* words) {
        if (number > 0) outcome += ", " + std::to_string(number) + ' ' + words;
    };
    add(tally.expected_failures, "failed as expected");
    add(tally.flaky, "flaky");
    add(tally.failed, "failed");
    add(tally.could_not_run, "could not run");
    add(tally.not_run, "not run");
    return outcome;
}

const char* choose_code(const Tally& tally) {
    if (!tally.all_passed()) return "\x1b[31m";
    return tally.flaky > 0 || tally.not_run > 0 ? "\x1b[33m" : "\x1b[32m";
}

}  // namespace

std::string render_summary(const Summary& summary, source::Colour colour) {
    const auto& tally = summary.tally;
    std::string text;
    for (const auto& title : summary.flaky) text += "flaky: " + title + '\n';
    if (summary.interrupted) text += "interrupted\n";
    auto outcome = to_outcome(tally);
    if (colour == source::Colour::ansi) outcome = choose_code(tally) + outcome + "\x1b[0m";
    char seconds[32];
    std::snprintf(seconds, sizeof seconds, " (%.2f s)", static_cast<double>(summary.duration.count()) / 1e6);
    text += to_count(tally.runs(), "run") + " of " + to_count(summary.scenarios, "scenario") + ": " + outcome + seconds;
    text += '\n';
    if (summary.seed) text += "--seed " + std::to_string(*summary.seed) + " repeats what was drawn at random\n";
    return text;
}

}  // namespace understudy::scenario
