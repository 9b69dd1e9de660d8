#include "emulator/record/recording_reader.hpp"

#include "emulator/record/read_line.hpp"

#include <utility>
#include <variant>

namespace understudy::record {
namespace {

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
    const auto before = session_;
    held_ = read_next();
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
        const source::Position place{lines_.number(), static_cast<std::uint32_t>(unreadable.column)};
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
