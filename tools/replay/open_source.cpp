#include "emulator/record/line_reader.hpp"
#include "emulator/record/read_line.hpp"
#include "tools/replay/exchange_feed.hpp"
#include "tools/replay/foreign_events.hpp"
#include "tools/replay/recorded_log.hpp"

#include <filesystem>
#include <fstream>
#include <utility>
#include <variant>

namespace understudy::replay {
namespace {

using source::Problem;
using source::ProblemCode;
using Next = source::Result<std::optional<record::Recorded>>;

constexpr std::size_t kLookedAt = std::size_t{256} * 1024;

enum class Format : std::uint8_t { recording, log, foreign };

Format tell_format(const std::string& file, std::string_view head) {
    if (file == "-" || file.ends_with(".jsonl")) return Format::recording;
    const auto first = head.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return Format::recording;
    head.remove_prefix(first);
    for (const std::string_view start : {R"({"session")", R"({"exchange")", R"({ "session")", R"({ "exchange")"}) {
        if (head.starts_with(start)) return Format::recording;
    }
    if (head.find(kLogMark) != std::string_view::npos) return Format::log;
    const bool json = head.front() == '{' || head.front() == '[';
    const auto key = head.find_first_not_of(" \t\r\n", 1);
    const bool events = json && key != std::string_view::npos && head.substr(key).starts_with("\"events\"");
    return json && !events ? Format::foreign : Format::log;
}

/// The recording in a function's log.
class LogSource {
  public:
    LogSource(record::LineReader lines, std::string file, std::vector<Problem>& warnings)
        : lines_(std::move(lines)), file_(std::move(file)), warnings_(warnings) {}

    Next next() {
        while (true) {
            if (auto lost = log_.take_lost()) return Next(to_recorded(*lost));
            if (auto joined = log_.take_joined()) {
                if (auto recorded = read(*joined)) return Next(std::move(recorded));
                continue;
            }
            if (ended_) return Next(std::optional<record::Recorded>());
            std::string_view line;
            const auto got = lines_.next(line);
            if (!got) return Next(got.error());
            if (*got != record::LineReader::Got::end) log_.add_line(line, lines_.number());
            ended_ = *got != record::LineReader::Got::line;
            if (ended_) log_.finish();
        }
    }

  private:
    std::optional<record::Recorded> to_recorded(const LostPieces& lost) {
        record::Recorded recorded;
        recorded.exchange.id = lost.id;
        recorded.exchange.missing = lost.text();
        recorded.session = session_;
        recorded.file = file_;
        recorded.line = lost.line;
        warnings_.emplace_back(ProblemCode::malformed,
                               "exchange " + lost.id + " is left out: the log lacks " + lost.text(), file_,
                               source::Position{lost.line, 1});
        return recorded;
    }

    std::optional<record::Recorded> read(const JoinedLine& joined) {
        auto read = record::read_line(joined.text);
        if (auto* session = std::get_if<record::Session>(&read)) {
            session_ = std::make_shared<const record::Session>(std::move(*session));
            return std::nullopt;
        }
        if (auto* exchange = std::get_if<record::Exchange>(&read))
            return record::Recorded{std::move(*exchange), session_, file_, joined.line};
        warnings_.emplace_back(ProblemCode::malformed,
                               "the pieces are no line of a recording: " + std::get<record::Unreadable>(read).reason,
                               file_, source::Position{joined.line, 1});
        return std::nullopt;
    }

    record::LineReader lines_;
    std::string file_;
    std::vector<Problem>& warnings_;
    RecordedLog log_;
    std::shared_ptr<const record::Session> session_;
    bool ended_ = false;
};

/// A recording, whose warnings go where those of all files do.
class RecordingSource {
  public:
    RecordingSource(record::RecordingReader reader, std::vector<Problem>& warnings)
        : reader_(std::move(reader)), warnings_(warnings) {}

    Next next() {
        auto next = reader_.next();
        while (told_ < reader_.warnings().size()) warnings_.push_back(reader_.warnings()[told_++]);
        return next;
    }

  private:
    record::RecordingReader reader_;
    std::vector<Problem>& warnings_;
    std::size_t told_ = 0;
};

/// Events and archives are read at once: they are written by hand, or by a browser.
source::Result<ExchangeSource> open_foreign(const std::string& file, std::vector<Problem>& warnings) {
    auto read = read_event_files(file, warnings);
    if (!read) return read.error();
    const auto exchanges = std::make_shared<std::vector<record::Exchange>>(std::move(*read));
    return ExchangeSource([exchanges, file, given = std::size_t{0}]() mutable {
        if (given == exchanges->size()) return Next(std::optional<record::Recorded>());
        return Next(record::Recorded{std::move((*exchanges)[given++]), nullptr, file, 0});
    });
}

}  // namespace

source::Result<ExchangeSource> open_source(const std::string& file, std::vector<Problem>& warnings) {
    std::error_code error;
    if (std::filesystem::is_directory(file, error)) return open_foreign(file, warnings);
    std::string head;
    if (file != "-") {
        std::ifstream stream(file, std::ios::binary);
        head.resize(kLookedAt);
        stream.read(head.data(), static_cast<std::streamsize>(head.size()));
        head.resize(static_cast<std::size_t>(stream.gcount()));
    }
    const Format format = tell_format(file, head);
    if (format == Format::foreign) return open_foreign(file, warnings);
    if (format == Format::recording) {
        auto reader = record::RecordingReader::open(file);
        if (!reader) return reader.error();
        return ExchangeSource(
            [source = std::make_shared<RecordingSource>(std::move(*reader), warnings)] { return source->next(); });
    }
    auto lines = record::LineReader::open(file);
    if (!lines) return lines.error();
    return ExchangeSource(
        [source = std::make_shared<LogSource>(std::move(*lines), file, warnings)] { return source->next(); });
}

}  // namespace understudy::replay
