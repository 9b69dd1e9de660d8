#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/match/difference.hpp"
#include "tools/scenario/sent_and_received.hpp"
#include "tools/scenario/snapshot.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// How a step, a run or everything ended; the worst of the parts is the whole's.
enum class Verdict : std::uint8_t {
    passed,
    failed,         ///< A reply came, and is not as it was expected.
    could_not_run,  ///< The application did not start, or no reply came.
};

/// Which part of a scenario a step belongs to.
enum class Phase : std::uint8_t { setup, steps, teardown };

/// What came of one step. Times are from sending the request to having the reply.
struct StepResult {
    std::string name;
    std::string subject;  ///< `package.Service/Method`, `GET /path`, `invoke function`.
    source::Position position;
    std::string request;               ///< The message as JSON with defaults shown.
    std::string expected;              ///< The same of the expected response; empty where none is.
    std::optional<Sent> sent;          ///< Absent where the step was not sent.
    std::optional<Received> received;  ///< Absent where no reply came.
    std::vector<match::Difference> differences;
    std::optional<source::Problem> problem;                     ///< Why no reply came.
    std::vector<std::string> hints;                             ///< What may be behind the differences.
    std::vector<std::string> log;                               ///< What the function wrote meanwhile, line by line.
    std::vector<std::string> events;                            ///< What the function received meanwhile.
    std::set<std::size_t> masked_events;                        ///< Those that held a secret, by their place.
    bool observed = true;                                       ///< Whether the two above can be known.
    std::vector<std::pair<std::string, std::string>> captures;  ///< Names, and values as JSON.
    std::vector<Snapshot> snapshots;                            ///< What `--update` would write.
    Phase phase = Phase::steps;
    unsigned tries = 1;       ///< How often it was sent until it passed, or for the last time.
    unsigned repetition = 0;  ///< Which one this is, from 0.
    std::chrono::microseconds duration{0};

    Verdict verdict() const;
    /// Whether what `--update` writes leaves nothing that fails.
    bool is_settled() const;
};

/// One run of a scenario. Reports read this and nothing else.
struct RunResult {
    std::string scenario;
    std::vector<std::pair<std::string, std::string>> labels;  ///< What tells it from other runs of the file.
    source::Document document;                                ///< The scenario's own file.
    std::vector<source::Document> included;                   ///< Others that positions may point into.
    /// By file name, before what the documents hold: masked texts, and those of files that are no documents of the run.
    std::vector<std::pair<std::string, std::string>> texts;
    std::string door;                             ///< The front's name: `rest`; or what stands for one.
    std::vector<StepResult> steps;                ///< Those that were sent.
    std::optional<source::Problem> problem;       ///< Why the application did not start, or nothing was sent to it.
    source::Problems further_problems = {};       ///< What else is wrong with its template or the steps, by line.
    std::optional<std::string> expected_failure;  ///< Why it was expected to fail; then passing is a failure.
    source::Problem expected_at = {};             ///< Where that is written; says nothing else.
    std::chrono::microseconds duration{0};        ///< Start and stop of the application included.
    source::Position position;                    ///< Where in its file the scenario begins.
    std::vector<std::string> tags;                ///< Those of its file and of what that includes.
    unsigned repetition = 0;                      ///< Which one of `--repeat` this is, from 0.
    std::vector<RunResult> earlier;               ///< Attempts before this one, the oldest first; none of them passed.
    std::chrono::system_clock::time_point began;  ///< When this attempt began.
    std::optional<std::uint64_t> seed;            ///< `--seed` that repeats it; absent where nothing was drawn.
    bool cut_short = false;  ///< Steps, or repetitions of one, were left out because something before them failed.
    bool updated = false;    ///< `--update` writes all that differs into its file, so that it passes.

    Verdict verdict() const;
    /// Whether nothing fails once its snapshots are written, and some of them are.
    bool can_be_updated() const;
    /// It passed, but not at the first attempt.
    bool flaky() const { return !updated && !earlier.empty() && verdict() == Verdict::passed; }
    /// The text of a file that problems name; empty where it is none of the run's.
    std::string_view text_of(const std::string& file) const;
    bool failed_as_expected() const;
};

/// The exit codes of `understudy test`.
enum class ExitCode : std::uint8_t { passed = 0, usage = 1, unreadable = 2, could_not_run = 3, failed = 4 };

/// How many runs ended in which way; each of them is counted once.
struct Tally {
    std::size_t passed = 0;  ///< At the first attempt.
    std::size_t failed = 0;  ///< Those that passed and were expected to fail among them.
    std::size_t flaky = 0;   ///< Passed at a later attempt.
    std::size_t could_not_run = 0;
    std::size_t expected_failures = 0;  ///< Failed, as expected.
    std::size_t updated = 0;            ///< Failed, and what differed was written into their files.
    std::size_t not_run = 0;            ///< Left out, because an earlier one failed or because of an interrupt.

    void add(const RunResult& run);
    /// Those that took place.
    std::size_t runs() const { return passed + failed + flaky + could_not_run + expected_failures + updated; }
    bool all_passed() const { return failed == 0 && could_not_run == 0; }

    friend bool operator==(const Tally&, const Tally&) = default;
};

Tally to_tally(const std::vector<RunResult>& runs);

/// What a flaky run is to the exit code.
enum class FlakyCounts : std::uint8_t { as_passed, as_failed };

/// The code for runs that took place: could_not_run before failed.
ExitCode to_exit_code(const Tally& tally, FlakyCounts flaky = FlakyCounts::as_passed);

}  // namespace understudy::scenario
