#pragma once

#include "emulator/record/exchange.hpp"
#include "emulator/source/problem.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace understudy::replay {

/// Which exchanges of a recording are meant.
struct SelectionRules {
    std::optional<std::chrono::microseconds> from;  ///< Since the epoch; `to` is not among them.
    std::optional<std::chrono::microseconds> to;
    std::shared_ptr<const re2::RE2> filter;  ///< Of `POST /path` and of the function's name.
    std::set<std::string> ids;               ///< Of exchanges or invocations, or how a UUID begins; empty: all.
    std::string function;                    ///< Empty: all.
    std::uint32_t shard = 0;                 ///< From 0.
    std::uint32_t shards = 1;
    std::uint64_t most_hash = ~std::uint64_t{0};  ///< Of a sample: only those whose hash is at most this.
};

/// Whether an exchange is meant. Samples and shards go by a hash of its id, so that they are the same each time, and
/// independent of each other.
bool is_selected(const record::Exchange& exchange, const SelectionRules& rules);

/// Whether the rules may choose one of two exchanges that belong together, and not the other.
bool may_part_exchanges(const SelectionRules& rules);

/// Looks for the ids that are asked for, so that one that no exchange has can be told from one that others hide.
class IdSearch {
  public:
    explicit IdSearch(const std::set<std::string>& ids);
    void look_at(const record::Exchange& exchange);
    /// `no exchange has the id '7f3b'; the nearest is '7f3a0c1e-…'`, for each that was not met.
    std::vector<std::string> tell_missing() const;

  private:
    struct Wanted {
        std::string id;
        std::size_t alike = 0;               ///< How many characters those have in common with it that are nearest.
        std::vector<std::string> near = {};  ///< Some of these.
    };
    static void compare(Wanted& wanted, const std::string& id);

    std::vector<Wanted> wanted_;  ///< Those not met yet.
};

/// What a sample goes by.
std::uint64_t to_sample_hash(const record::Exchange& exchange);

/// `10%` or `500`.
struct Sample {
    std::optional<double> share;  ///< 0 to 1.
    std::uint64_t count = 0;
};
/// Errors: nullopt for another text, and for nothing of it.
std::optional<Sample> parse_sample(std::string_view text);
/// The bound of the hashes of a share.
std::uint64_t to_most_hash(double share);

/// Finds the bound of a sample of so many: those with the smallest hashes.
class SampleBound {
  public:
    explicit SampleBound(std::uint64_t count) : count_(count) {}
    void add(std::uint64_t hash);
    std::uint64_t most_hash() const;

  private:
    std::uint64_t count_;
    std::priority_queue<std::uint64_t> smallest_;
};

/// `2026-01-05`, `2026-01-05T10:00Z`, `2026-01-05T10:00:00.5+01:00`; without a zone in UTC.
std::optional<std::chrono::microseconds> parse_time(std::string_view text);
/// `2026-01-05T10:00:00.500Z`
std::string to_time_text(std::chrono::microseconds time);

}  // namespace understudy::replay
