#include "emulator/emulator.hpp"
#include "emulator/files/read_file.hpp"
#include "emulator/service/error.hpp"
#include "tools/understudy/commands.hpp"
#include "tools/understudy/console.hpp"
#include "tools/understudy/report_file.hpp"
#include "tools/understudy/settings.hpp"
#include "tools/understudy/stream_writer.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/json/stream_parser.hpp>

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <iostream>
#include <iterator>
#include <optional>

namespace understudy::cli {
namespace {

constexpr int kUnusable = 1;
constexpr int kFunctionFailed = 4;
constexpr int kInvokeInterrupted = 130;
/// How long the log's last lines are waited for: a runtime asks for its next event right behind its reply.
constexpr std::chrono::milliseconds kReportPatience{1000};
/// How long a reader of the log who does not read keeps the result back.
constexpr std::chrono::milliseconds kLogPatience{1000};

source::Result<std::string> read_event(const std::string& file) {
    std::string event;
    if (file == "-") {
        event.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        auto read = files::read_file(file);
        if (!read) return read.error();
        event = *std::move(read);
    }
    if (event.find_first_not_of(" \t\r\n") == std::string::npos) return "{}";
    return event;
}

/// Lambda takes JSON only; a byte offset helps more than the function's own complaint.
source::Result<void> check_json(const std::string& file, const std::string& event) {
    boost::json::parse_options options;
    options.max_depth = event.size();
    boost::json::stream_parser parser({}, options);
    boost::json::error_code error;
    const std::size_t read = parser.write_some(event, error);
    if (!error && event.find_first_not_of(" \t\r\n", read) != std::string::npos) error = boost::json::error::extra_data;
    if (!error) parser.finish(error);
    if (!error) return {};
    const auto lines = std::count(event.begin(), event.begin() + static_cast<std::ptrdiff_t>(read), '\n');
    return source::Problem(source::ProblemCode::malformed,
                           "the event is not JSON: " + error.message() + ", at or behind byte " + std::to_string(read),
                           file, {static_cast<std::uint32_t>(lines + 1), 1});
}

/// Lambda refuses what is too large before the function sees it.
source::Result<void> check_size(const std::string& event) {
    if (event.size() <= service::kMaxPayload) return {};
    const service::ServiceError refused = service::request_too_large();
    return source::Problem(source::ProblemCode::invalid,
                           refused.code + ": " + refused.message + "; the event has " + std::to_string(event.size()));
}

/// Shows the log and knows when its last line, the REPORT, has come.
class ReportedConsole : public Console {
  public:
    ReportedConsole(StreamWriter& out, source::Colour colour) : Console(out, Verbosity::log_only, colour) {}

    void on_log(std::string_view function, std::string_view lines) override {
        Console::on_log(function, lines);
        reported_ = reported_ || lines.find("REPORT RequestId: ") != std::string_view::npos;
    }
    bool reported() const { return reported_; }

  private:
    bool reported_ = false;
};

/// Calls the function once; nullopt where a signal came first, or a Problem where it cannot be served.
source::Result<std::optional<Emulator::Result>> call(const InvokeOptions& options, std::string&& event) {
    boost::asio::io_context context(1);
    StreamWriter log(context.get_executor(), STDERR_FILENO);
    ReportedConsole console(log, to_colour(STDERR_FILENO));
    Emulator emulator(context, to_settings(options.function), console);
    if (const auto endpoints = emulator.start(); !endpoints) return endpoints.error();
    boost::asio::signal_set signals(context, SIGINT, SIGTERM, SIGHUP);
    bool interrupted = false;
    signals.async_wait([&](const boost::system::error_code&, int) { interrupted = true; });
    std::optional<Emulator::Result> result;
    emulator.invoke(options.function.application.functions.front().name, std::move(event),
                    [&](Emulator::Result outcome) { result = std::move(outcome); });
    while (!result && !interrupted) context.run_one();
    const auto patience = std::chrono::steady_clock::now() + kReportPatience;
    while (!console.reported() && !interrupted && context.run_one_until(patience) != 0) continue;
    auto called = std::move(result);  // What the stop makes of an interrupted call is no result.
    emulator.stop();
    // From here on, a signal ends the program whoever keeps it waiting.
    signals.clear();
    log.finish(interrupted ? std::chrono::milliseconds(0) : kLogPatience);
    return called;
}

}  // namespace

int invoke(const InvokeOptions& options) {
    auto event = read_event(options.event_file);
    auto checked = event ? check_json(options.event_file, *event) : event.error();
    if (checked) checked = check_size(*event);
    if (!checked) {
        std::cerr << "understudy invoke: " << checked.error() << '\n';
        return kUnusable;
    }
    const auto result = call(options, std::move(*event));
    if (!result) {
        std::cerr << "understudy invoke: " << result.error() << '\n';
        return kUnusable;
    }
    if (!*result) return kInvokeInterrupted;
    if (const auto written = write_results((*result)->payload + '\n'); !written) {
        std::cerr << "understudy invoke: " << written.error() << '\n';
        return kUnusable;
    }
    return (*result)->function_error ? kFunctionFailed : 0;
}

}  // namespace understudy::cli
