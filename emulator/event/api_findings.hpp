#pragma once

#include "emulator/app/api.hpp"
#include "emulator/event/finding.hpp"

#include <optional>
#include <string>
#include <vector>

namespace understudy::event {

/// Ids of what can be odd about an API's settings.
inline constexpr std::string_view kMockWithBinary = "mock-with-binary";
inline constexpr std::string_view kBinaryTypesChanged = "binary-types-changed";
inline constexpr std::string_view kMappingRefused = "parameter-mapping-refused";
inline constexpr std::string_view kBinaryTypeNeverMatches = "binary-type-never-matches";

inline constexpr std::string_view kNoKeyOpens = "no-key-opens";
inline constexpr std::string_view kStageVariableUnset = "stage-variable-unset";

/// Where a REST API's binary types are listed, as remedies name it: `BinaryMediaTypes of MyApi`.
/// Tested by: Mistakes.TheCureNamesWhereTheTypesAreListed
std::string binary_setting(const app::Api& api);

/// What makes a route stream its replies, as remedies name it.
std::string_view streaming_setting(const app::Api& api);

/// That `*/*` breaks a route that the gateway answers itself: the same at its first request as of the settings, to be
/// told once. Tested by: Mistakes.AMockThatBinaryTypesBreakIsToldWithItsCure
Finding mock_with_binary(const app::Api& api, const app::Route& route);

/// That a stage has routes that ask for an API key, and that no key opens it: whoever calls them is refused.
/// Tested by: Mistakes.AStageThatNoKeyOpensIsToldWithItsCure
Finding closed_stage(const app::Api& api, const std::string& stage);

/// What AWS would accept and then do something else with than was meant, and mappings that it refuses.
std::vector<Finding> find_in_api(const app::Api& api);

/// That a REST API's binary types have changed, which AWS heeds from the next deployment on; nullopt where they have
/// not. Tested by: Mistakes.ChangedBinaryTypesNeedADeployment
std::optional<Finding> find_changed_binary_types(const app::Api& before, const app::Api& after);

}  // namespace understudy::event
