#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace understudy::access {

/// A date as conditions write it, in one of the forms that W3C takes of ISO 8601 (`2026-03-02`, `2026-03-02T09:30Z`,
/// `2026-03-02T09:30:00.5+01:00`), or in seconds since 1970. Errors: nullopt for anything else.
///
/// Rule: [IAM user guide, reference_policies_elements_condition_operators#Conditions_Date; W3C, NOTE-datetime].
/// Tested by: PolicyDate.IsReadInTheFormsOfW3cAndInSeconds
std::optional<std::chrono::sys_time<std::chrono::milliseconds>> parse_policy_date(std::string_view text);

}  // namespace understudy::access
