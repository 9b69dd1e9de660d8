#pragma once

#include "emulator/emulator.hpp"
#include "emulator/source/diagnostic.hpp"
#include "tools/understudy/stream_writer.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::cli {

/// What is shown on stderr while serving.
enum class Verbosity : std::uint8_t {
    everything,  ///< A line for each request, and the functions' log.
    log_only,    ///< The functions' log and advice.
    quiet,       ///< Nothing but advice.
};

/// What a stream leads to.
enum class Display : std::uint8_t {
    none,      ///< A file or a pipe: what functions write goes there as it is.
    terminal,  ///< One without colours, see `wants_colour`.
    colours,
};

Display display_of(int descriptor);

/// Whether a CI takes commands from the output of what it runs, as the variables of GitHub Actions and of those like
/// it, Azure Pipelines and TeamCity say. What others wrote is shown there without the marks of commands, see
/// `report::break_command_marks`.
bool is_output_obeyed();

/// Shows what happens on stderr.
class Console : public Observer {
  public:
    /// Lifetime: `out` outlives it.
    Console(StreamWriter& out, Verbosity verbosity, Display display)
        : out_(out), verbosity_(verbosity), display_(display) {}

    void on_request(const AnsweredRequest& request) override;
    void on_log(std::string_view function, std::string_view lines) override;
    void on_advice(std::string_view id, std::string_view text) override;

  private:
    void show(const std::string& lines);

    StreamWriter& out_;
    Verbosity verbosity_;
    Display display_;
    bool obeyed_ = is_output_obeyed();
    std::string line_;
};

/// `POST /path 200 1.2 ms 7f3a…`, with its line end.
std::string render_request_line(const AnsweredRequest& request);

/// Shows lines of a function's log, with its name before each. A carriage return ends a line too: runtime clients write
/// a stack trace as one line that has them in it, so that it stays one event in CloudWatch. A terminal gets them as
/// `append_for_terminal` has it.
void append_log(std::string& shown, std::string_view function, std::string_view lines, Display display);

/// Whether a stream is a terminal that wants colours (`NO_COLOR` is unset or empty).
bool wants_colour(int descriptor);

/// How to write to a stream: `ansi` where it `wants_colour`.
source::Colour colour_of(int descriptor);

/// Whether the terminal takes plain text alone, as TERM says.
bool is_terminal_dumb();

/// Writes all of the text to a descriptor, waiting for its reader; one that went away is no error.
void write_all(int descriptor, std::string_view text);

}  // namespace understudy::cli
