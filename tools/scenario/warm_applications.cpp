#include "tools/scenario/warm_applications.hpp"

#include <algorithm>
#include <utility>

namespace understudy::scenario {

ApplicationKey to_application_key(const Scenario& scenario, Front front) {
    return {scenario.function, front, scenario.binary_media_types, scenario.multi_value_headers,
            scenario.template_plan};
}

std::unique_ptr<RunningApplication> WarmApplications::take(const ApplicationKey& key) {
    const auto found =
        std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& waiting) { return waiting.key == key; });
    if (found == waiting_.end()) return nullptr;
    auto application = std::move(found->application);
    waiting_.erase(found);
    return application;
}

void WarmApplications::put_back(ApplicationKey key, std::unique_ptr<RunningApplication> application) {
    waiting_.push_front({std::move(key), std::move(application)});
    if (waiting_.size() > kMost) waiting_.pop_back();
}

}  // namespace understudy::scenario
