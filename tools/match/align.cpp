#include "tools/match/align.hpp"

#include <algorithm>

namespace understudy::match {
namespace {

/// More pairs than these are not tried.
constexpr std::size_t kMostTrials = 10'000;

using Likeness = std::function<std::size_t(std::size_t, std::size_t)>;
using Pairs = std::vector<std::optional<std::size_t>>;

/// A part of both lists.
struct Stretch {
    std::size_t written, written_end;
    std::size_t came, came_end;

    std::size_t height() const { return written_end - written; }
    std::size_t width() const { return came_end - came; }
    bool empty() const { return height() == 0 || width() == 0; }
};

void pair_in_order(Stretch gap, Pairs& pairs) {
    for (std::size_t i = 0; i < std::min(gap.height(), gap.width()); ++i) pairs[gap.came + i] = gap.written + i;
}

/// For each place in both lists, how alike what is behind it can be.
class Table {
  public:
    Table(Stretch all, const Likeness& likeness) : width_(all.width() + 1), cells_((all.height() + 1) * width_) {
        for (std::size_t i = all.height(); i-- > 0;) {
            for (std::size_t j = all.width(); j-- > 0;) {
                Cell& cell = cells_[i * width_ + j];
                cell.own = likeness(all.written + i, all.came + j);
                cell.most = std::max({at(i + 1, j), at(i, j + 1), at(i + 1, j + 1) + cell.own});
            }
        }
    }
    std::size_t at(std::size_t i, std::size_t j) const { return cells_[i * width_ + j].most; }
    bool is_pair(std::size_t i, std::size_t j) const {
        const auto own = cells_[i * width_ + j].own;
        return own > 0 && at(i, j) == at(i + 1, j + 1) + own;
    }

  private:
    struct Cell {
        std::size_t own = 0, most = 0;
    };
    std::size_t width_;
    std::vector<Cell> cells_;
};

void pair_most_alike(Stretch all, const Likeness& likeness, Pairs& pairs) {
    const Table table(all, likeness);
    Stretch gap{all.written, all.written, all.came, all.came};
    for (std::size_t i = 0, j = 0; i < all.height() && j < all.width();) {
        if (table.is_pair(i, j)) {
            gap.written_end = all.written + i++;
            gap.came_end = all.came + j++;
            pair_in_order(gap, pairs);
            pairs[gap.came_end] = gap.written_end;
            gap.written = all.written + i;
            gap.came = all.came + j;
        } else {
            ++(table.at(i + 1, j) >= table.at(i, j + 1) ? i : j);
        }
    }
    pair_in_order({gap.written, all.written_end, gap.came, all.came_end}, pairs);
}

}  // namespace

std::vector<std::optional<std::size_t>> align(std::size_t written, std::size_t came, const Likeness& likeness) {
    Pairs pairs(came);
    Stretch rest{0, written, 0, came};
    while (!rest.empty() && likeness(rest.written, rest.came) == kEqual) pairs[rest.came++] = rest.written++;
    while (!rest.empty() && likeness(rest.written_end - 1, rest.came_end - 1) == kEqual)
        pairs[--rest.came_end] = --rest.written_end;
    if (rest.height() * rest.width() <= kMostTrials)
        pair_most_alike(rest, likeness, pairs);
    else
        pair_in_order(rest, pairs);
    return pairs;
}

}  // namespace understudy::match
