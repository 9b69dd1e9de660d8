#pragma once

#include "tools/scenario/result.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::report {

/// How a run ended, as reports tell it: a verdict, and what is remarkable about passing.
enum class Outcome : std::uint8_t {
    passed,
    failed,
    could_not_run,
    flaky,             ///< Passed, but not at the first attempt.
    expected_failure,  ///< Failed, as the scenario says it does.
    updated,           ///< Failed, and `--update` writes what differed into its file.
};

Outcome to_outcome(const scenario::RunResult& run);

/// `passed`, `could_not_run`: the names in machine-readable reports.
std::string_view to_name(Outcome outcome);
std::string_view to_name(scenario::Verdict verdict);
std::string_view to_name(scenario::Phase phase);

/// It did not simply pass, and was not meant to fail either.
bool is_remarkable(const scenario::RunResult& run);

/// What tells a run from the others: `an order [rest, tolerance=1s]`.
std::string to_title(const scenario::RunResult& run);

/// Number of a step among those of its phase, from 1.
std::size_t to_number(const scenario::RunResult& run, std::size_t index);

/// `step 2, Order (shop.Shop/Order), repetition 1`: the line above a step, without its time.
std::string to_step_title(const scenario::RunResult& run, std::size_t index);

/// The first of what went wrong in a run, in a sentence; empty where nothing did.
std::string to_first_problem(const scenario::RunResult& run);

/// `12 bytes`; of what holds a secret, how long it is as it is shown: `12 bytes as masked`.
std::string to_size(const scenario::Sent& sent);
std::string to_size(const scenario::Received& received);
/// The same of an event that a step's function received.
std::string to_event_size(const scenario::StepResult& step, std::size_t index);

/// `4 ms`.
std::string to_milliseconds(std::chrono::microseconds duration);
/// `0.004`: seconds, as JUnit has them.
std::string to_seconds(std::chrono::microseconds duration);

/// Text that cannot move a terminal's cursor or turn a line around, see `source::to_printable`. Tabs and line breaks
/// stay.
std::string to_printable(std::string_view text);

/// The same in what a problem says.
source::Problem to_printable(const source::Problem& problem);

/// Whether all of a text is UTF-8 without characters that `to_printable` changes, but for carriage returns.
bool is_plain_text(std::string_view text);

/// A part of a long text, whole characters, and how much was left out.
std::string cut(std::string_view text, std::size_t most);

}  // namespace understudy::report
