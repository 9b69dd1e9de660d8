#pragma once

#include "emulator/app/template/reading.hpp"

#include <vector>

namespace understudy::app::templates {

/// Says what AWS refuses of a listener's rule as a whole: no conditions, too many values or wildcards in them.
/// Wildcards that some accounts take are noted.
///
/// Rule: [Elastic Load Balancing guide, load-balancer-limits and listener-rules].
/// Tested by: TemplateValues.WhatAwsRefusesOfRulesIsAProblemWithItsPlace
void check_rule(const Resource& rule, const std::vector<AlbCondition>& conditions, Findings& findings);

/// Says where rules, all of one listener, have the same priority. Rule and test: as above.
void check_priorities(const std::vector<const Resource*>& rules, Findings& findings);

/// Says where a target group of type lambda has more than one function.
///
/// Rule: [Elastic Load Balancing guide, lambda-functions]. Tested by: TemplateValues.ATargetGroupHasOneFunction
void check_targets(const Resource& group, Findings& findings);

}  // namespace understudy::app::templates
