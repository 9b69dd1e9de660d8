#include "tools/match/unordered.hpp"

namespace understudy::match {

namespace {

// Augmenting paths: who finds all that fit taken asks their holders to move on.
class Pairing {
  public:
    Pairing(std::vector<std::vector<bool>> fits, std::size_t offered)
        : fits_(std::move(fits)), holder_(offered), taken_(fits_.size()) {}

    std::vector<std::optional<std::size_t>> pair() {
        for (std::size_t i = 0; i < fits_.size(); ++i) {
            std::vector<bool> asked(holder_.size());
            seat(i, asked);
        }
        return taken_;
    }

  private:
    bool seat(std::size_t guest, std::vector<bool>& asked) {
        for (std::size_t offer = 0; offer < holder_.size(); ++offer) {
            if (!fits_[guest][offer] || asked[offer]) continue;
            asked[offer] = true;
            if (holder_[offer] && !seat(*holder_[offer], asked)) continue;
            holder_[offer] = guest;
            taken_[guest] = offer;
            return true;
        }
        return false;
    }

    std::vector<std::vector<bool>> fits_;
    std::vector<std::optional<std::size_t>> holder_;
    std::vector<std::optional<std::size_t>> taken_;
};

}  // namespace

std::vector<std::optional<std::size_t>> pair_up(std::size_t wanted, std::size_t offered,
                                                const std::function<bool(std::size_t, std::size_t)>& fits) {
    std::vector<std::vector<bool>> table(wanted, std::vector<bool>(offered));
    for (std::size_t i = 0; i < wanted; ++i) {
        for (std::size_t j = 0; j < offered; ++j) table[i][j] = fits(i, j);
    }
    return Pairing(std::move(table), offered).pair();
}

}  // namespace understudy::match
