#include "emulator/gateway/access/judged_value.hpp"

#include <algorithm>

namespace understudy::access {

JudgedValue::JudgedValue(const Json& value) : json(&value) {
    items.reserve(value.items.size());
    for (const Json& item : value.items) items.emplace_back(item);
    std::vector<const Json::Member*> order;
    for (const Json::Member& member : value.members) order.push_back(&member);
    std::ranges::stable_sort(order, {}, &Json::Member::first);
    members.reserve(order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i + 1 < order.size() && order[i + 1]->first == order[i]->first) continue;
        members.emplace_back(order[i]->first, JudgedValue(order[i]->second));
    }
}

}  // namespace understudy::access
