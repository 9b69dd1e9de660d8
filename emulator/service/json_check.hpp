#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::service {

/// Containers that may stand in each other, as Jackson has it since 2.15.
constexpr std::size_t kMaxJsonDepth = 1000;

/// Checks that `text` is one JSON value, and says in Jackson's words, as the Lambda API does, where it is not; nullopt
/// where it is. Keeps nothing, so it is as cheap as reading the text. As lenient as Jackson: lone surrogates in
/// escapes, numbers of any size and overlong UTF-8 pass.
///
/// Rule: texts of Invoke's InvalidRequestContentException (LocalStack's test_lambda_invoke_payload_encoding_error).
/// Tested by: JsonCheck.FaultsAreToldInJacksonsWords
std::optional<std::string> find_json_fault(std::string_view text);

}  // namespace understudy::service
