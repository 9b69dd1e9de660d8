#pragma once

#include <string>

namespace understudy::runtime {

/// What is told of an exception, as AWS's runtimes tell it.
struct Failure {
    std::string type;     ///< The exception's C++ type, readable: `std::invalid_argument`.
    std::string message;  ///< What it says.
};

/// The exception being handled. Preconditions: called inside a catch clause.
Failure describe_current_exception();

/// `{"errorMessage":…,"errorType":…,"stackTrace":[]}`, always valid UTF-8
/// (docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html, "Invocation error").
std::string render_failure(const Failure& failure);

}  // namespace understudy::runtime
