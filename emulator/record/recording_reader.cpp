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

source::Result<std::optional<Recorded>> RecordingReader::next() {
    using Next = source::Result<std::optional<Recorded>>;
    std::string_view line;
    while (true) {
        const auto got = lines_.next(line);
        if (!got) return Next(got.error());
        if (*got == LineReader::Got::end) return Next(std::optional<Recorded>());
        if (is_blank_line(line)) continue;
        auto read = read_line(line);
        if (auto* session = std::get_if<Session>(&read)) {
            session_ = std::make_shared<const Session>(std::move(*session));
        } else if (auto* exchange = std::get_if<Exchange>(&read)) {
            return Next(Recorded{std::move(*exchange), session_, file_, lines_.number()});
        } else {
            const auto& unreadable = std::get<Unreadable>(read);
            const source::Position place{lines_.number(), static_cast<std::uint32_t>(unreadable.column)};
            if (*got == LineReader::Got::line)
                return Next(source::Problem(source::ProblemCode::malformed, unreadable.reason, file_, place));
            warnings_.emplace_back(source::ProblemCode::malformed, "the last line was torn off, and is left out", file_,
                                   source::Position{lines_.number(), 1});
        }
    }
}

}  // namespace understudy::record
