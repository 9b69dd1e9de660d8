#pragma once

#include "emulator/http/message.hpp"
#include "emulator/lambda/runtime_call.hpp"

#include <string>
#include <string_view>

namespace understudy::lambda {

/// Reads a request to the Extensions API. What is no call of an extension that asks for no events is a FixedCall.
///
/// Rule: an internal extension may ask for no events (aws/aws-lambda-runtime-interface-emulator
/// internal/lambda/core/registrations.go; aws/aws-lambda-go lambda/sigterm.go).
/// Tested by: ExtensionCall.WhoeverWantsNoEventsMayRegister
RuntimeCall parse_extension_call(const http::Request& request);

/// What an extension is told of its function when it registers, as JSON.
std::string render_registration(std::string_view function, std::string_view version, std::string_view handler);

/// The answer to a RegisterExtension. All have the same identifier: nothing is kept of them.
http::Response render_registered(std::string_view registration);

}  // namespace understudy::lambda
