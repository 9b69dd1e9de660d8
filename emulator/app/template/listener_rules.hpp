#pragma once

#include "emulator/app/template/reading.hpp"

#include <vector>

namespace understudy::app::templates {

/// Says what AWS refuses of a listener's rule as a whole: no conditions, too many values or wildcards in them.
/// Wildcards that some accounts take are noted.
///
/// Rule: [Elastic Load Balancing guide, load-balancer-limits, listener-rules; awsdocs/elb-application-load-balancers-
/// user-guide pull request 32]. Tested by: TemplateValues.WhatAwsRefusesOfRulesIsAProblemWithItsPlace
void check_rule(const Resource& rule, const std::vector<AlbCondition>& conditions, Findings& findings);

/// Says where rules of one listener have the same priority. Rules: the listener's own.
void check_priorities(const std::vector<const Resource*>& rules, Findings& findings);

/// Says where a target group of type lambda has more than one function.
void check_targets(const Resource& group, Findings& findings);

}  // namespace understudy::app::templates
