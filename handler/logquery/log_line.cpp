#include "handler/logquery/log_line.hpp"

#include <algorithm>

namespace understudy::logquery {
namespace {

/// A longer name is none: it stays in the text. So a line of megabytes costs no search through all of it.
constexpr std::size_t kLongestName = 1024;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/// The number of `length` digits at `start`; -1 where other characters stand there.
int parse_digits(std::string_view text, std::size_t start, std::size_t length) {
    int value = 0;
    for (const char c : text.substr(start, length)) {
        if (!is_digit(c)) return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

std::string_view skip_blanks(std::string_view text) {
    const auto first = std::find_if_not(text.begin(), text.end(), is_blank);
    return text.substr(static_cast<std::size_t>(first - text.begin()));
}

bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

/// Takes `[thread]` and the blanks behind it from the front of `rest`.
bool take_thread(std::string_view& rest, LogLine& line) {
    const std::string_view text = skip_blanks(rest);
    if (!text.starts_with('[')) return false;
    const std::size_t end = text.substr(0, kLongestName).find("] ");
    if (end == std::string_view::npos) return false;
    line.thread = text.substr(1, end - 1);
    rest = skip_blanks(text.substr(end + 1));
    return true;
}

/// Takes a word in capitals and the blanks behind it from the front of `rest`.
bool take_level(std::string_view& rest, LogLine& line) {
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_upper);
    const auto length = static_cast<std::size_t>(end - rest.begin());
    if (length == 0 || length > kLongestName || end == rest.end() || !is_blank(*end)) return false;
    line.level = rest.substr(0, length);
    rest = skip_blanks(rest.substr(length));
    return true;
}

/// Takes the dash between the head of a line and its text, and one blank behind it.
bool take_dash(std::string_view& rest) {
    if (rest == "-") {
        rest.remove_prefix(1);
        return true;
    }
    if (!rest.starts_with("- ")) return false;
    rest.remove_prefix(2);
    return true;
}

/// Takes the logger, `[a.B]` or `a.B`, and the dash behind it from the front of `rest`.
bool take_logger(std::string_view& rest, LogLine& line) {
    const bool bracketed = rest.starts_with('[');
    const std::size_t end = rest.substr(0, kLongestName).find(bracketed ? "] " : " ");
    if (end == std::string_view::npos) return false;
    std::string_view behind = skip_blanks(rest.substr(bracketed ? end + 1 : end));
    if (!take_dash(behind)) return false;
    line.logger = bracketed ? rest.substr(1, end - 1) : rest.substr(0, end);
    rest = behind;
    return true;
}

}  // namespace

std::optional<TimeOfDay> parse_time(std::string_view line) {
    if (line.size() < 12 || line[2] != ':' || line[5] != ':' || line[8] != '.') return std::nullopt;
    if (line.size() > 12 && is_digit(line[12])) return std::nullopt;
    const int hours = parse_digits(line, 0, 2), minutes = parse_digits(line, 3, 2), seconds = parse_digits(line, 6, 2);
    const int milliseconds = parse_digits(line, 9, 3);
    if (std::min({hours, minutes, seconds, milliseconds}) < 0) return std::nullopt;
    if (hours > 23 || minutes > 59 || seconds > 59) return std::nullopt;
    return TimeOfDay(((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds);
}

std::optional<LogLine> parse_log_line(std::string_view line) {
    const std::optional<TimeOfDay> time = parse_time(line);
    if (!time) return std::nullopt;
    LogLine parts{.time = *time, .thread = {}, .level = {}, .logger = {}, .text = {}};
    std::string_view rest = line.substr(12);
    if (!rest.empty() && is_blank(rest.front())) rest.remove_prefix(1);
    if (take_thread(rest, parts) && take_level(rest, parts) && !take_dash(rest)) take_logger(rest, parts);
    parts.text = rest;
    return parts;
}

}  // namespace understudy::logquery
