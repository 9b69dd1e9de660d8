#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::app {

/// Which front door an API is.
enum class ApiKind : std::uint8_t {
    http,  ///< API Gateway HTTP API, payload format version 2.0.
    rest,  ///< API Gateway REST API, regional, Lambda proxy integration.
};

/// `http`, `rest`: a kind as files, options and reports call it.
std::string_view kind_name(ApiKind kind);

/// The stage of an API that names none: `$default` for http, `prod` for rest.
std::string_view default_stage(ApiKind kind);

/// A Lambda function: what is run, and what AWS would tell it about itself.
struct Function {
    std::string name = "function";
    /// Program and arguments, run without a shell. The program is looked up as the emulator's own PATH says.
    std::vector<std::string> command;
    std::string directory;              ///< Working directory and LAMBDA_TASK_ROOT: absolute.
    std::string handler = "bootstrap";  ///< `_HANDLER`
    std::chrono::milliseconds timeout{3000};
    int memory_megabytes = 128;
    std::vector<std::pair<std::string, std::string>> environment;  ///< The function's own variables, in order.
};

/// One API, all of whose routes lead to one function.
struct Api {
    std::string id;  ///< 10 lower-case letters and digits.
    ApiKind kind = ApiKind::http;
    std::string stage;                            ///< `default_stage` unless someone chose another.
    std::vector<std::string> binary_media_types;  ///< REST only.
    std::string function;                         ///< The name of the function behind it.
};

/// Everything that is served together.
struct Application {
    std::string region = "us-east-1";
    std::string account = "123456789012";
    std::vector<Function> functions;
    std::vector<Api> apis;
};

/// `arn:aws:lambda:REGION:ACCOUNT:function:NAME`, with `:QUALIFIER` where one is given.
std::string function_arn(const Application& application, const std::string& function,
                         const std::string& qualifier = "");

}  // namespace understudy::app
