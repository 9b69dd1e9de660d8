#include "emulator/record/files/recording_reader.hpp"

#include "emulator/record/read_line.hpp"

#include <algorithm>
#include <utility>
#include <variant>

namespace understudy::record {
namespace {

/// Lines that are torn off one after the other before a session that went on.
constexpr int kMostAhead = 8;

/// The same column in characters.
std::uint32_t to_character(std::string_view line, std::size_t column) {
    column = std::max<std::size_t>(column, 1);  // 0 is the line as a whole.
    const auto before = line.substr(0, column - 1);
    const auto inside = std::ranges::count_if(before, [](char c) { return (c & 0xC0) == 0x80; });
    return static_cast<std::uint32_t>(column - static_cast<std::size_t>(inside));
}

bool is_blank_line(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

source::Result<RecordingReader> RecordingReader::open(const std::string& file) {
    auto lines = LineReader::open(file);
    if (!lines) return lines.error();
    return RecordingReader(std::move(*lines), file);
}

RecordingReader::Next RecordingReader::next() {
    if (!held_) return read_next();
    Next next = std::move(*held_);
    held_.reset();
    return next;
}

/// Whether a session follows; what follows is held.
bool RecordingReader::is_before_session() {
    if (looking_ahead_ == kMostAhead) return false;
    const auto before = session_;
    ++looking_ahead_;
    held_ = read_next();
    --looking_ahead_;
    return session_ != before;
}

RecordingReader::Next RecordingReader::read_next() {
    std::string_view line;
    while (true) {
        const auto got = lines_.next(line);
        if (!got) return Next(got.error());
        if (*got == LineReader::Got::end) return Next(std::optional<Recorded>());
        if (is_blank_line(line)) continue;
        auto read = read_line(line);
        if (auto* session = std::get_if<Session>(&read)) {
            if (session->format != Session().format) {
                return Next(source::Problem(source::ProblemCode::invalid,
                                            "the recording is of format " + std::to_string(session->format) +
                                                ", and this reads 1: a newer understudy wrote it",
                                            file_, source::Position{lines_.number(), 1}));
            }
            session_ = std::make_shared<const Session>(std::move(*session));
            continue;
        }
        if (auto* exchange = std::get_if<Exchange>(&read))
            return Next(Recorded{std::move(*exchange), session_, file_, lines_.number()});
        const auto& unreadable = std::get<Unreadable>(read);
        const source::Position place{lines_.number(), to_character(line, unreadable.column)};
        const bool ends_early = unreadable.column > line.size();
        const bool torn = *got == LineReader::Got::torn;
        if (!torn && (!ends_early || !is_before_session()))
            return Next(source::Problem(source::ProblemCode::malformed, unreadable.reason, file_, place));
        warnings_.emplace_back(source::ProblemCode::malformed,
                               torn ? "the last line was torn off, and is left out"
                                    : "the line was torn off before a new session, and is left out",
                               file_, source::Position{place.line, 1});
        if (!torn) return next();
    }
}

}  // namespace understudy::record
