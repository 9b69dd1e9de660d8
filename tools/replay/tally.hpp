#pragma once

#include "emulator/source/diagnostic.hpp"
#include "tools/match/difference.hpp"
#include "tools/replay/compare.hpp"

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::replay {

/// Which exchange is talked about.
struct Place {
    std::uint64_t number = 0;  ///< In the order of the recordings.
    std::string file;
    std::uint32_t line = 0;
    std::string id;
    std::string subject;  ///< `POST /path`
};

/// As reports say it: `changed`, `an error in place of a reply`.
std::string_view to_words(Change change);

/// Differences of one kind: those at a place of a reply, whichever element of a list it is in.
struct KindKey {
    std::string path;  ///< `body.items[*].id`
    Change change = Change::changed;

    friend auto operator<=>(const KindKey&, const KindKey&) = default;
};
/// The kind that a place is of.
KindKey to_kind(const Deviation& deviation);

/// What is kept of a kind.
struct Kind {
    std::uint64_t exchanges = 0;
    Place first;                         ///< The first exchange that has it.
    std::vector<Deviation> differences;  ///< Of this kind in the first, not all of many.
};

/// What came of a replay, in little memory however long it is.
class Tally {
  public:
    void add_same(const Place& place, std::size_t redacted = 0);
    void add_differences(const Place& place, const Compared& compared);
    void add_unanswered(const Place& place, const std::string& reason);
    /// It was not asked again, for this reason.
    void add_skipped(const std::string& reason) { ++skipped_[reason]; }
    /// It was asked again with values that are redacted.
    void add_sent_redacted() { ++sent_redacted_; }

    /// A WebSocket's handshake or message, of which only the event was sent again.
    void add_websocket_event() { ++websocket_events_; }

    struct Counts {
        std::uint64_t same = 0;
        std::uint64_t different = 0;
        std::uint64_t unanswered = 0;

        std::uint64_t all() const { return same + different + unanswered; }
    };
    const Counts& counts() const { return counts_; }
    const std::map<KindKey, Kind>& kinds() const { return kinds_; }
    const std::map<std::string, Counts>& subjects() const { return subjects_; }
    const std::map<std::string, std::uint64_t>& skipped() const { return skipped_; }
    /// Exchanges with differences of kinds beyond the most that are kept apart.
    std::uint64_t of_other_kinds() const { return of_other_kinds_; }
    std::uint64_t redacted() const { return redacted_; }
    std::uint64_t sent_redacted() const { return sent_redacted_; }
    std::uint64_t websocket_events() const { return websocket_events_; }

  private:
    Counts& subject(const std::string& name);
    void add_kind(const KindKey& key, const Place& place, std::vector<Deviation> differences);

    Counts counts_;
    std::map<KindKey, Kind> kinds_;
    std::map<std::string, Counts> subjects_;
    std::map<std::string, std::uint64_t> skipped_;
    std::uint64_t of_other_kinds_ = 0;
    std::uint64_t redacted_ = 0;
    std::uint64_t sent_redacted_ = 0;
    std::uint64_t websocket_events_ = 0;
};

/// For people: one difference of each kind, the most frequent first, and the counts.
std::string render_tally(const Tally& tally, std::chrono::milliseconds duration, source::Colour colour);
/// For CI: a case for each kind, and one for what is the same of each path or function.
std::string render_junit(const Tally& tally, std::chrono::milliseconds duration);
/// For programs: a line for an exchange that is not the same; and one for all, at the end.
std::string render_json_line(const Place& place, const std::vector<Deviation>& differences);
std::string render_json_summary(const Tally& tally, std::chrono::milliseconds duration);

}  // namespace understudy::replay
