#pragma once

#include "tools/scenario/front.hpp"
#include "tools/scenario/run.hpp"

#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy::scenario {

/// What must be equal for two runs to be made against the same application.
struct ApplicationKey {
    app::Function function;
    Front front = Front::http;
    std::vector<std::string> binary_media_types;
    bool multi_value_headers = false;
    std::optional<TemplatePlan> template_plan;

    friend bool operator==(const ApplicationKey&, const ApplicationKey&) = default;
};
ApplicationKey to_application_key(const Scenario& scenario, Front front);

/// Applications that wait for the next run that wants their like. Where there are too many, the one that has waited
/// longest is ended.
class WarmApplications {
  public:
    /// Enough for an application over each front.
    static constexpr std::size_t kMost = 8;

    /// Null where none waits.
    std::unique_ptr<RunningApplication> take(const ApplicationKey& key);
    void put_back(ApplicationKey key, std::unique_ptr<RunningApplication> application);

  private:
    struct Waiting {
        ApplicationKey key;
        std::unique_ptr<RunningApplication> application;
    };
    std::list<Waiting> waiting_;  ///< The one that came last first.
};

}  // namespace understudy::scenario
