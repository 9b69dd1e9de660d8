#include "emulator/files/read_file.hpp"
#include "emulator/record/files/line_reader.hpp"
#include "emulator/record/log_mark.hpp"
#include "emulator/record/read_line.hpp"
#include "emulator/source/text.hpp"
#include "tools/replay/exchange_feed.hpp"
#include "tools/replay/foreign_events.hpp"
#include "tools/replay/recorded_log.hpp"

#include <algorithm>
#include <array>
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
    if (file.ends_with(".jsonl")) return Format::recording;
    const auto first = head.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return Format::recording;
    head.remove_prefix(first);
    for (const std::string_view start : {R"({"session")", R"({"exchange")", R"({ "session")", R"({ "exchange")"}) {
        if (head.starts_with(start)) return Format::recording;
    }
    if (head.find(record::kLogMark) != std::string_view::npos) return Format::log;
    const bool json = head.front() == '{' || head.front() == '[';
    const auto key = head.find_first_not_of(" \t\r\n", 1);
    const bool events = json && key != std::string_view::npos && head.substr(key).starts_with("\"events\"");
    return json && !events ? Format::foreign : Format::log;
}

/// Whether a log is one text of JSON, as `aws logs` prints it, and not JSON in lines, or no JSON.
enum class JsonLog : std::uint8_t { one_document, lines };

JsonLog tell_json(std::string_view head) {
    constexpr std::array<std::string_view, 4> kFirst{"\"events\"", "\"searchedLogStreams\"", "\"nextToken\"",
                                                     "\"nextForwardToken\""};
    const auto begin = head.find_first_not_of(" \t\r\n");
    const auto first = begin == std::string_view::npos ? begin : head.find_first_not_of(" \t\r\n", begin + 1);
    if (first == std::string_view::npos) return JsonLog::lines;
    const auto rest = head.substr(first);
    const bool is_answer =
        head[begin] == '{' && std::ranges::any_of(kFirst, [&](auto key) { return rest.starts_with(key); });
    const bool is_list = head[begin] == '[' && std::string_view("{[\"").find(rest.front()) != std::string_view::npos;
    return is_answer || is_list ? JsonLog::one_document : JsonLog::lines;
}

/// Whether a text of JSON has come to its end, line by line.
class JsonNesting {
  public:
    void add_line(std::string_view line) {
        for (const char c : line) {
            if (escaped_)
                escaped_ = false;
            else if (in_text_ && c == '\\')
                escaped_ = true;
            else if (c == '"')
                in_text_ = !in_text_;
            else if (!in_text_)
                depth_ += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        }
    }
    bool is_open() const { return in_text_ || depth_ > 0; }

  private:
    bool in_text_ = false;
    bool escaped_ = false;
    long depth_ = 0;
};

/// The recording in a function's log.
class LogSource {
  public:
    LogSource(record::LineReader lines, std::string file, JsonLog json, ReadingNotes& notes)
        : lines_(std::move(lines)),
          file_(std::move(file)),
          json_(json),
          warnings_(notes.warnings),
          log_(json == JsonLog::one_document ? LogForm::json : LogForm::lines) {}

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
            if (*got != record::LineReader::Got::end) add_line(line);
            ended_ = *got != record::LineReader::Got::line;
            if (ended_) finish();
        }
    }

  private:
    void add_line(std::string_view line) {
        log_.add_line(line, lines_.number());
        last_size_ = line.size();
        if (json_ == JsonLog::one_document) nesting_.add_line(line);
    }

    void finish() {
        if (nesting_.is_open())
            warnings_.emplace_back(ProblemCode::malformed,
                                   "the file ends in the middle of its JSON: what `aws logs` printed is cut off here",
                                   file_,
                                   source::Position{lines_.number(), static_cast<std::uint32_t>(last_size_ + 1)});
        log_.finish();
    }

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
    JsonLog json_;
    std::vector<Problem>& warnings_;
    RecordedLog log_;
    JsonNesting nesting_;
    std::size_t last_size_ = 0;
    std::shared_ptr<const record::Session> session_;
    bool ended_ = false;
};

/// A recording, whose warnings go where those of all files do.
class RecordingSource {
  public:
    RecordingSource(record::RecordingReader reader, ReadingNotes& notes)
        : reader_(std::move(reader)), warnings_(notes.warnings) {}

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

/// A source that tells at its end if it gave nothing, and nobody knows why.
ExchangeSource tell_if_empty(ExchangeSource give, const std::string& file, const std::string& why,
                             ReadingNotes& notes) {
    return [give = std::move(give), file, why, &notes, told = notes.warnings.size(), is_empty = true]() mutable {
        auto next = give();
        const bool is_end = next && !*next;
        if (is_end && is_empty && notes.warnings.size() == told)
            notes.warnings.emplace_back(ProblemCode::invalid, why, file, source::Position{});
        is_empty = false;
        return next;
    };
}

/// Events and archives are read at once: they are written by hand, or by a browser.
source::Result<ExchangeSource> open_foreign(const std::string& file) {
    const auto text = files::read_file(file);
    if (!text) return text.error();
    auto read = read_events(source::without_byte_order_mark(*text), file);
    if (!read) return read.error();
    const auto exchanges = std::make_shared<std::vector<record::Exchange>>(std::move(*read));
    return ExchangeSource([exchanges, file, given = std::size_t{0}]() mutable {
        if (given == exchanges->size()) return Next(std::optional<record::Recorded>());
        return Next(record::Recorded{std::move((*exchanges)[given++]), nullptr, file, 0});
    });
}

}  // namespace

source::Result<ExchangeSource> open_source(const std::string& file, ReadingNotes& notes) {
    const auto head = files::read_file(file, kLookedAt);
    if (!head) return head.error();
    if (head->starts_with("\x1F\x8B"))
        return Problem(ProblemCode::malformed, "it is compressed by gzip: gunzip it first", file, {});
    const Format format = tell_format(file, source::without_byte_order_mark(*head));
    if (format == Format::foreign) return open_foreign(file);
    if (format == Format::recording) {
        auto reader = record::RecordingReader::open(file);
        if (!reader) return reader.error();
        auto give = [read = std::make_shared<RecordingSource>(std::move(*reader), notes)] { return read->next(); };
        return tell_if_empty(std::move(give), file, "there is no exchange in it", notes);
    }
    auto lines = record::LineReader::open(file);
    if (!lines) return lines.error();
    const JsonLog json = tell_json(source::without_byte_order_mark(*head));
    auto give = [read = std::make_shared<LogSource>(std::move(*lines), file, json, notes)] { return read->next(); };
    return tell_if_empty(std::move(give), file,
                         "there is no exchange in it: it is no recording, and a log without the recorder's lines (" +
                             std::string(record::kLogMark.substr(0, record::kLogMark.size() - 1)) + ')',
                         notes);
}

}  // namespace understudy::replay
