#pragma once

#include "emulator/app/template/reading.hpp"

namespace understudy::app::templates {

/// `AWS::ElasticLoadBalancingV2::*`: each listener of an Application Load Balancer is an API.
void read_load_balancers(Reading& reading);

}  // namespace understudy::app::templates
