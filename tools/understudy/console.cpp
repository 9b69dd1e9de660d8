#include "tools/understudy/console.hpp"

#include "emulator/files/write_file.hpp"
#include "emulator/source/printable.hpp"
#include "emulator/source/text.hpp"
#include "tools/report/command_marks.hpp"
#include "tools/understudy/terminal_line.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

namespace understudy::cli {
namespace {

constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kYellow = "\x1b[33m";
constexpr std::string_view kReset = "\x1b[0m";

/// Milliseconds with one decimal: `12.3`.
void append_milliseconds(std::string& text, std::chrono::microseconds duration) {
    const auto tenths = (duration.count() + 50) / 100;
    text += std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

/// A request target as it may be shown on a terminal: what it would obey, and what is no UTF-8, becomes `?`.
void append_printable(std::string& text, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto value = static_cast<unsigned char>(bytes.front());
        std::size_t width = 1;
        if (value >= 0x20 && value < 0x7f) {
            text += bytes.front();
        } else {
            const auto character = source::decode_character(bytes);
            const bool is_drawn =
                value >= 0x80 && character.code != source::kNotUtf8 && !source::is_obeyed_by_terminals(character.code);
            width = character.width;
            is_drawn ? void(text.append(bytes.substr(0, width))) : text.push_back('?');
        }
        bytes.remove_prefix(width);
    }
}

}  // namespace

void write_all(int descriptor, std::string_view text) {
    // That nobody reads it any more is no error here.
    static_cast<void>(files::write_all(descriptor, text));
}

bool wants_colour(int descriptor) {
    const char* refused = std::getenv("NO_COLOR");
    return ::isatty(descriptor) == 1 && (refused == nullptr || *refused == '\0') && !is_terminal_dumb();
}

source::Colour colour_of(int descriptor) {
    return wants_colour(descriptor) ? source::Colour::ansi : source::Colour::none;
}

Display display_of(int descriptor) {
    if (wants_colour(descriptor)) return Display::colours;
    return ::isatty(descriptor) == 1 ? Display::terminal : Display::none;
}

bool is_output_obeyed() {
    for (const char* name : {"GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION"}) {
        const char* value = std::getenv(name);
        if (value != nullptr && *value != '\0') return true;
    }
    return false;
}

bool is_terminal_dumb() {
    const char* terminal = std::getenv("TERM");
    return terminal != nullptr && std::string_view(terminal) == "dumb";
}

std::string render_request_line(const AnsweredRequest& request) {
    std::string line;
    append_printable(line, request.method);
    line += ' ';
    append_printable(line, request.target);
    line += ' ' + std::to_string(request.status) + ' ';
    append_milliseconds(line, request.duration);
    line += " ms ";
    line += request.request_id;
    if (!request.cut_off_by.empty()) {
        line += ", cut off by ";
        append_printable(line, request.cut_off_by);
        line += ": the client has only the begin of the body";
    }
    line += '\n';
    return line;
}

void Console::show(const std::string& lines) {
    out_.write(obeyed_ ? report::break_command_marks(lines) : lines);
}

void Console::on_request(const AnsweredRequest& request) {
    if (verbosity_ == Verbosity::everything) show(render_request_line(request));
}

void append_log(std::string& shown, std::string_view function, std::string_view lines, Display display) {
    const bool colour = display == Display::colours;
    while (!lines.empty()) {
        const auto end = std::min(lines.find_first_of("\r\n"), lines.size());
        if (colour) shown += kDim;
        shown.append("[").append(function).append("] ");
        if (display == Display::none)
            shown += lines.substr(0, end);
        else
            append_for_terminal(shown, lines.substr(0, end), colour ? source::Colour::ansi : source::Colour::none);
        if (colour) shown += kReset;
        shown += '\n';
        lines.remove_prefix(end);
        lines.remove_prefix(std::min(lines.starts_with("\r\n") ? std::size_t{2} : std::size_t{1}, lines.size()));
    }
}

void Console::on_log(std::string_view function, std::string_view lines) {
    if (verbosity_ == Verbosity::quiet) return;
    line_.clear();
    append_log(line_, function, lines, display_);
    show(line_);
}

void Console::on_advice(std::string_view, std::string_view text) {
    const bool colour = display_ == Display::colours;
    line_.assign(colour ? kYellow : std::string_view()).append("advice: ").append(source::to_printable(text));
    if (colour) line_ += kReset;
    line_ += '\n';
    show(line_);
}

}  // namespace understudy::cli
