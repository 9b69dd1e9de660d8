#pragma once

#include "emulator/record/exchange.hpp"
#include "emulator/source/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::replay {

/// A piece of a recording's line.
struct LogPiece {
    std::string_view id;
    std::uint32_t part = 0;  ///< From 1.
    std::uint32_t parts = 0;
    std::string_view text;

    friend bool operator==(const LogPiece&, const LogPiece&) = default;
};
/// The piece in a log's line, whatever precedes the mark; nullopt where there is none.
std::optional<LogPiece> parse_log_piece(std::string_view line);

/// A line of a recording that was put together.
struct JoinedLine {
    std::string text;
    std::uint32_t line = 0;  ///< Of the log, where its last piece stands.
};

/// Pieces of which others never came.
struct LostPieces {
    std::string id;
    std::uint32_t line = 0;   ///< Where the first of those that came stands.
    std::uint32_t parts = 0;  ///< How many there should be.
    std::vector<std::uint32_t> missing;
    std::vector<std::uint32_t> torn;  ///< Those that begin in the log and do not end.

    /// `pieces 2 and 3 of 5`, `piece 2 and the end of piece 4 of 5`
    std::string text() const;
};

/// What is known of a log's lines.
enum class LogForm : std::uint8_t {
    lines,  ///< They may be anything.
    json,   ///< Of one text of JSON: a text without its end is cut off.
};

/// Puts lines of a recording together from the pieces in a function's log. Pieces of several lines may be mixed, in any
/// order; one that comes twice counts once, as overlapping exports have it.
class RecordedLog {
  public:
    explicit RecordedLog(LogForm form = LogForm::lines) : form_(form) {}

    /// Takes a line of a log: plain, or whatever JSON `aws logs` prints, laid out or not. Other lines are passed over.
    void add_line(std::string_view line, std::uint32_t number);
    /// The log is at its end: what is not complete is lost.
    void finish();

    std::optional<JoinedLine> take_joined();
    std::optional<LostPieces> take_lost();

  private:
    struct Pending {
        std::vector<std::optional<std::string>> pieces;
        std::set<std::uint32_t> torn;
        std::size_t waiting = 0;
        std::uint32_t line = 0;
        std::uint64_t order = 0;
    };
    /// The line that a piece belongs to; null where it is of no more use.
    Pending* find_pending(const LogPiece& piece, std::uint32_t number);
    void add_piece(const LogPiece& piece, std::uint32_t number);
    void add_torn_piece(const LogPiece& piece, std::uint32_t number);
    void give_up_oldest();
    void lose(std::map<std::string, Pending, std::less<>>::iterator lost);

    LogForm form_;
    std::map<std::string, Pending, std::less<>> pending_;
    std::set<std::string, std::less<>> complete_;  ///< Ids of the latest, whose pieces may come again.
    std::deque<std::string> completed_;            ///< The same in the order in which they are forgotten.
    std::uint64_t order_ = 0;
    std::deque<JoinedLine> joined_;
    std::deque<LostPieces> lost_;
};

}  // namespace understudy::replay
