#include "tools/replay/recorded_log.hpp"

#include "emulator/record/json_cursor.hpp"
#include "emulator/record/log_mark.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace understudy::replay {
namespace {

/// Lines that wait for pieces at the same time; the oldest is given up beyond that.
constexpr std::size_t kMostPending = 1000;
/// Ids that are remembered once their line is complete.
constexpr std::size_t kMostComplete = 10'000;
constexpr std::uint32_t kMostParts = 100'000;

/// Takes a number off the text's front, and what follows it; nullopt where that is not there.
std::optional<std::uint32_t> take_number(std::string_view& text, char behind) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end == text.data() + text.size() || *end != behind) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
    return number;
}

/// A piece has no tab: with `--output text`, `aws logs` writes the event's time behind one.
std::string_view without_column(std::string_view piece) {
    const auto tab = piece.rfind('\t');
    if (tab == std::string_view::npos) return piece;
    const bool is_time = piece.find_first_not_of("0123456789\r\n", tab + 1) == std::string_view::npos;
    return is_time ? piece.substr(0, tab) : piece;
}

/// Whether a text of JSON, without its first quote, has no last one.
bool is_unclosed(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '"') return false;
        if (text[at] == '\\') ++at;
    }
    return true;
}

/// The texts of a line in which pieces stand.
struct TextsOfLine {
    std::vector<std::string> whole;
    std::string_view torn;  ///< One that the line's end has cut off; empty where there is none.
};

/// A log's line that is JSON, or a part of JSON that is laid out: the texts in it in which pieces stand, also behind
/// what a function wrote first; none where the mark stands outside of a text. In a line that may be anything, a text
/// without its end is JSON's where its quotes are escaped, or others stood before it.
TextsOfLine find_texts_around(std::string_view line, std::size_t mark, LogForm form) {
    constexpr std::string_view kBegins = "{[\"", kFollows = ",:}]";
    TextsOfLine texts;
    const auto first = line.find_first_not_of(" \t,");
    if (first == std::string_view::npos || kBegins.find(line[first]) == std::string_view::npos) return texts;
    for (auto at = line.find('"', first); at != std::string_view::npos; at = line.find('"', at)) {
        if (texts.whole.empty() && at > mark) break;
        record::JsonCursor json(line.substr(at));
        std::string text;
        json.read_text(text);
        if (json.failed()) {
            const auto rest = line.substr(at + 1);
            const auto within = rest.find(record::kLogMark);
            if (within == std::string_view::npos || !is_unclosed(rest)) break;
            const bool escaped = rest.find("\\\"", within) != std::string_view::npos;
            if (escaped || form == LogForm::json || !texts.whole.empty()) texts.torn = rest;
            break;
        }
        at += json.offset();
        const auto behind = line.find_first_not_of(" \t\r\n", at);
        if (behind != std::string_view::npos && kFollows.find(line[behind]) == std::string_view::npos) break;
        if (text.find(record::kLogMark) != std::string::npos) texts.whole.push_back(std::move(text));
    }
    return texts;
}

/// The same of any line in which texts that are pieces begin with the mark.
std::vector<std::string> find_texts(std::string_view line) {
    const std::string quoted = '"' + std::string(record::kLogMark);
    std::vector<std::string> texts;
    for (auto at = line.find(quoted); at != std::string_view::npos; at = line.find(quoted, at)) {
        record::JsonCursor json(line.substr(at));
        json.read_text(texts.emplace_back());
        if (json.failed()) {
            texts.pop_back();
            break;
        }
        at += json.offset();
    }
    return texts;
}

}  // namespace

std::optional<LogPiece> parse_log_piece(std::string_view line) {
    const auto mark = line.find(record::kLogMark);
    if (mark == std::string_view::npos) return std::nullopt;
    std::string_view rest = line.substr(mark + record::kLogMark.size());
    const auto blank = rest.find(' ');
    if (blank == 0 || blank == std::string_view::npos) return std::nullopt;
    LogPiece piece;
    piece.id = rest.substr(0, blank);
    rest.remove_prefix(blank + 1);
    const auto part = take_number(rest, '/');
    const auto parts = part ? take_number(rest, ' ') : std::nullopt;
    if (!parts || *part == 0 || *part > *parts || *parts > kMostParts) return std::nullopt;
    rest = without_column(rest);
    while (rest.ends_with('\n') || rest.ends_with('\r')) rest.remove_suffix(1);
    piece.part = *part;
    piece.parts = *parts;
    piece.text = rest;
    return piece;
}

namespace {

/// `piece 2`, `pieces 2, 3 and 5`
std::string to_piece_text(const std::vector<std::uint32_t>& numbers) {
    constexpr std::size_t kMostNamed = 10;
    std::string text = numbers.size() == 1 ? "piece " : "pieces ";
    for (std::size_t i = 0; i < std::min(numbers.size(), kMostNamed); ++i)
        text += (i == 0 ? "" : i + 1 == numbers.size() ? " and " : ", ") + std::to_string(numbers[i]);
    if (numbers.size() > kMostNamed) text += " and " + std::to_string(numbers.size() - kMostNamed) + " more";
    return text;
}

}  // namespace

std::string LostPieces::text() const {
    std::string text = missing.empty() ? "" : to_piece_text(missing);
    if (!torn.empty()) text += (text.empty() ? "the end of " : " and the end of ") + to_piece_text(torn);
    return text + " of " + std::to_string(parts);
}

void RecordedLog::add_line(std::string_view line, std::uint32_t number) {
    const auto mark = line.find(record::kLogMark);
    if (mark == std::string_view::npos) return;
    // A text may be JSON itself, as Lambda's JSON logs have it.
    const auto around = find_texts_around(line, mark, form_);
    for (const auto& text : around.whole) add_line(text, number);
    if (const auto torn = parse_log_piece(around.torn)) add_torn_piece(*torn, number);
    if (!around.whole.empty() || !around.torn.empty()) return;
    if (mark == 0 || line[mark - 1] != '"') {
        if (const auto piece = parse_log_piece(line)) add_piece(*piece, number);
        return;
    }
    for (const auto& text : find_texts(line)) {
        if (const auto piece = parse_log_piece(text)) add_piece(*piece, number);
    }
}

RecordedLog::Pending* RecordedLog::find_pending(const LogPiece& piece, std::uint32_t number) {
    if (complete_.contains(piece.id)) return nullptr;
    auto found = pending_.find(piece.id);
    if (found == pending_.end()) {
        found = pending_.emplace(piece.id, Pending{}).first;
        found->second.pieces.resize(piece.parts);
        found->second.waiting = piece.parts;
        found->second.line = number;
        found->second.order = ++order_;
    }
    Pending& pending = found->second;
    return pending.pieces.size() == piece.parts && !pending.pieces[piece.part - 1] ? &pending : nullptr;
}

void RecordedLog::add_torn_piece(const LogPiece& piece, std::uint32_t number) {
    if (auto* pending = find_pending(piece, number)) pending->torn.insert(piece.part);
    give_up_oldest();
}

void RecordedLog::add_piece(const LogPiece& piece, std::uint32_t number) {
    Pending* const pending = find_pending(piece, number);
    if (pending == nullptr) return;
    pending->pieces[piece.part - 1] = piece.text;
    if (--pending->waiting > 0) return give_up_oldest();
    JoinedLine joined{{}, number};
    for (const auto& part : pending->pieces) joined.text += *part;
    joined_.push_back(std::move(joined));
    const auto found = pending_.find(piece.id);
    complete_.insert(found->first);
    completed_.push_back(found->first);
    if (completed_.size() > kMostComplete) {
        complete_.erase(completed_.front());
        completed_.pop_front();
    }
    pending_.erase(found);
}

void RecordedLog::give_up_oldest() {
    if (pending_.size() <= kMostPending) return;
    lose(std::min_element(pending_.begin(), pending_.end(),
                          [](const auto& a, const auto& b) { return a.second.order < b.second.order; }));
}

void RecordedLog::lose(std::map<std::string, Pending, std::less<>>::iterator lost) {
    const Pending& pending = lost->second;
    LostPieces pieces{lost->first, pending.line, static_cast<std::uint32_t>(pending.pieces.size()), {}, {}};
    for (std::uint32_t part = 1; part <= pieces.parts; ++part) {
        if (!pending.pieces[part - 1]) (pending.torn.contains(part) ? pieces.torn : pieces.missing).push_back(part);
    }
    lost_.push_back(std::move(pieces));
    pending_.erase(lost);
}

void RecordedLog::finish() {
    while (!pending_.empty())
        lose(std::min_element(pending_.begin(), pending_.end(),
                              [](const auto& a, const auto& b) { return a.second.order < b.second.order; }));
}

std::optional<JoinedLine> RecordedLog::take_joined() {
    if (joined_.empty()) return std::nullopt;
    JoinedLine line = std::move(joined_.front());
    joined_.pop_front();
    return line;
}

std::optional<LostPieces> RecordedLog::take_lost() {
    if (lost_.empty()) return std::nullopt;
    LostPieces lost = std::move(lost_.front());
    lost_.pop_front();
    return lost;
}

}  // namespace understudy::replay
