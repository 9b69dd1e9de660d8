#include "emulator/gateway/target_choice.hpp"

#include "emulator/app/chance.hpp"

#include <algorithm>

namespace understudy::gateway {

int total_weight(const app::WeightedForward& forward) {
    int total = 0;
    for (const app::WeightedTarget& target : forward.targets) total += target.weight;
    return total;
}

const app::WeightedTarget* choose_target(const app::WeightedForward& forward, std::string_view id) {
    const int total = total_weight(forward);
    int left = std::min(static_cast<int>(app::to_fraction(id) * total), total - 1);
    for (const app::WeightedTarget& target : forward.targets) {
        if (left >= 0 && left < target.weight) return &target;
        left -= target.weight;
    }
    return nullptr;
}

}  // namespace understudy::gateway
