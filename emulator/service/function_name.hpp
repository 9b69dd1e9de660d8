#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::service {

/// What the API's `FunctionName` may say, taken apart. Empty members were not given.
struct FunctionName {
    std::string region;
    std::string account;
    std::string name;
    std::string qualifier;

    friend bool operator==(const FunctionName&, const FunctionName&) = default;
};

/// The patterns as the service's messages show them.
extern const std::string_view kFunctionNamePattern;
extern const std::string_view kQualifierPattern;

/// Takes a plain, partial or full name or ARN apart as `kFunctionNamePattern` says; nullopt where it does not match.
///
/// Rule: the forms that Invoke accepts (API_Invoke; LocalStack's test_function_name_and_qualifier_validation).
/// Tested by: FunctionName.EveryAcceptedFormIsTakenApart, FunctionName.WhatThePatternRefusesIsRefused
std::optional<FunctionName> parse_function_name(std::string_view text);

/// Whether all of `text` matches `kQualifierPattern`.
bool is_qualifier(std::string_view text);

}  // namespace understudy::service
