#pragma once

#include "emulator/app/application.hpp"

#include <string>
#include <vector>

namespace understudy::lambda {

/// What a process needs to act as an AWS account.
struct Credentials {
    std::string access_key_id;
    std::string secret_access_key;
    std::string session_token;  ///< Empty: AWS_SESSION_TOKEN is left out.
};
/// Values that no account knows, so that a test cannot touch a real one.
Credentials dummy_credentials();

/// What the emulator adds to a function's declaration when it starts a process.
struct Surroundings {
    std::string runtime_api;      ///< `host:port`, without scheme or path.
    std::string log_stream_name;  ///< See trace.hpp.
    std::string search_path;      ///< The emulator's own PATH, appended to AWS's; may be empty.
    Credentials credentials;
    std::string lambda_endpoint;  ///< URL of our Lambda API; empty (`--strict-env`) leaves AWS_ENDPOINT_URL_LAMBDA out.
    /// URL at which the only WebSocket API takes calls of `@connections`, as SDKs read it from
    /// AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints); empty
    /// leaves that out.
    std::string connections_endpoint = {};
    std::string opt = "/opt";           ///< The folder that holds the function's layers.
    std::string version{app::kLatest};  ///< The function's version that the process runs.
};

/// The variables of a runtime's process, `NAME=value`, the platform's first and then the function's own, in order.
///
/// Rule: the complete set of provided.al2023, as localstack/localstack recorded it
/// (tests/aws/services/lambda_/test_lambda_common.snapshot.json); the function cannot override a reserved name, and its
/// names that begin with `_` are dropped.
/// Tested by: Variables.AreTheRecordedSet, Variables.ReservedNamesCannotBeOverridden
std::vector<std::string> to_variables(const app::Application& application, const app::Function& function,
                                      const Surroundings& surroundings);

}  // namespace understudy::lambda
