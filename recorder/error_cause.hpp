#pragma once

#include <string>
#include <string_view>

namespace understudy::recorder {

/// What an error may be posted as, so that X-Ray gets its cause.
inline constexpr std::string_view kErrorCauseType = "application/vnd.aws.lambda.error.cause+json";

/// What the caller gets of an error posted with that type: its members errorMessage, errorType and stackTrace.
struct CallersError {
    std::string document;
    std::string content_type;
};
/// Rule: aws/aws-lambda-runtime-interface-emulator internal/lambda/rapi/handler/mime_type_error_cause_json.go
CallersError without_cause(std::string_view posted);

}  // namespace understudy::recorder
