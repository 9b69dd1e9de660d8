#pragma once

#include "emulator/app/single_function.hpp"
#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "proto/wire/status.hpp"
#include "tools/match/difference.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// How a step, a run or everything ended; the worst of the parts is the whole's.
enum class Verdict : std::uint8_t {
    passed,
    failed,         ///< A reply came, and is not as it was expected.
    could_not_run,  ///< The application did not start, or no reply came.
};

/// What came back for one call.
struct Received {
    int http_status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  ///< In their order and spelling.
    std::string body;
    wire::Status status;      ///< What the reply says about the call.
    std::string response;     ///< The message as JSON with defaults shown; empty where there is none.
    std::string undecodable;  ///< Why the body is not the message it should be; empty where it is.
};

/// What came of one step. Times are from sending the request to having the reply.
struct StepResult {
    std::string name;
    std::string subject;  ///< `package.Service/Method`, `GET /path`, `invoke function`.
    source::Position position;
    std::string request;               ///< The message as JSON with defaults shown.
    std::string expected;              ///< The same of the expected response; empty where none is.
    std::optional<Received> received;  ///< Absent where no reply came.
    std::vector<match::Difference> differences;
    std::optional<source::Problem> problem;  ///< Why no reply came.
    std::vector<std::string> hints;          ///< What may be behind the differences.
    std::vector<std::string> log;            ///< What the function wrote meanwhile, line by line.
    std::vector<std::string> events;         ///< What the function received meanwhile.
    std::chrono::microseconds duration{0};

    Verdict verdict() const;
};

/// One scenario over one front. Reports read this and nothing else.
struct RunResult {
    std::string scenario;
    source::Document document;  ///< The scenario's text, which positions point into.
    app::FrontKind front = app::FrontKind::http;
    std::vector<StepResult> steps;           ///< Those that were sent.
    std::optional<source::Problem> problem;  ///< Why the application did not start.
    std::chrono::microseconds duration{0};   ///< Start and stop of the application included.

    Verdict verdict() const;
};

/// The exit codes of `understudy test`.
enum class ExitCode : std::uint8_t { passed = 0, usage = 1, unreadable = 2, could_not_run = 3, failed = 4 };

/// The code for runs that took place: could_not_run before failed.
ExitCode to_exit_code(const std::vector<RunResult>& runs);

}  // namespace understudy::scenario
