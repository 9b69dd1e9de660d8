#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace understudy::scenario {

/// Which run a worker makes next. A worker stays with the runs of one application as long as there are some, then
/// takes the first application that nobody is at, then helps where the most is left: so applications are started
/// seldom, and no worker stands still while another has more than one run before it.
class Schedule {
  public:
    struct Job {
        std::size_t run = 0;
        std::uint64_t round = 0;  ///< From 0.

        friend bool operator==(const Job&, const Job&) = default;
    };

    /// `groups`: of each run, in order, the number of its application. All runs are made so many times, round by round.
    Schedule(std::vector<std::size_t> groups, std::uint64_t rounds);

    /// nullopt where nothing is left.
    std::optional<Job> next(std::size_t worker);
    /// How many of the round under way nobody has taken.
    std::size_t left() const;

  private:
    void fill();
    std::optional<std::size_t> choose_group(std::size_t worker) const;

    std::vector<std::size_t> groups_;
    std::uint64_t rounds_;
    std::uint64_t round_ = 0;
    std::map<std::size_t, std::deque<std::size_t>> waiting_;  ///< Of each application its runs; none is empty.
    std::vector<std::size_t> order_;                          ///< Applications as their first runs come.
    std::map<std::size_t, std::size_t> at_;                   ///< The application that each worker is at.
};

}  // namespace understudy::scenario
