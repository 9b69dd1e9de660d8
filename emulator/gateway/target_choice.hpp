#pragma once

#include "emulator/app/integration.hpp"

#include <string_view>

namespace understudy::gateway {

/// Of how many requests the weights of the target groups are shares: their sum.
int total_weight(const app::WeightedForward& forward);

/// The target group that a load balancer's action sends one request to, as the weights say: a group of weight 0 gets
/// none, and where all have it nobody does (null). `id`: a random one of the request's own, which is the chance.
///
/// Rule: [Elastic Load Balancing guide, load-balancer-listeners#forward-actions; API reference, TargetGroupTuple].
/// Unverified: that it is chance. Tested by: TargetChoice.RequestsAreSpreadByWeight
const app::WeightedTarget* choose_target(const app::WeightedForward& forward, std::string_view id);

}  // namespace understudy::gateway
