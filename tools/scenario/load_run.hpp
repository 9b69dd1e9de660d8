#pragma once

#include "tools/scenario/descriptors.hpp"
#include "tools/scenario/parts.hpp"
#include "tools/scenario/scenario.hpp"

#include <vector>

namespace understudy::scenario {

/// One run of a scenario, from the files that belong to it and the values that it has. `fixed` are values that win over
/// all others. Where something is wrong it is added to `problems`, and what is returned is not to be used.
Scenario load_run(const std::vector<Part>& parts, const Variant& variant, const Row& fixed, Variables variables,
                  DescriptorCache& schemas, std::vector<source::Problem>& problems);

/// A step of a document in which everything is replaced, read anew during the run. Errors: the first problem.
source::Result<Step> read_waiting_step(source::Node node, const std::string& folder, const Scenario& scenario);

/// The same for the application: sets the function, its fronts and limits in `scenario`.
source::Result<void> read_waiting_application(source::Node node, const std::string& folder, Scenario& scenario);

}  // namespace understudy::scenario
