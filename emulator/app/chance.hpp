#pragma once

#include <string_view>

namespace understudy::app {

/// A number from 0 to below 1 that a random id tells, the same for the same id: what has weights is spread by it, so
/// that one request always goes one way, and `--seed` brings all of them back.
/// Tested by: Chance.AnIdTellsTheSameNumberAndManyAreSpreadEvenly
double to_fraction(std::string_view id);

}  // namespace understudy::app
