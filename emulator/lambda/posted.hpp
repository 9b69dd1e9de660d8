#pragma once

#include "emulator/lambda/invocation.hpp"
#include "emulator/lambda/runtime_call.hpp"

namespace understudy::lambda {

// What the caller gets for what the runtime posted. Bodies are moved.

/// The body as it is. An error in the trailers makes it a function error whose document is the one of the trailers, or
/// the body so far where they hold none.
Outcome to_outcome(InvocationResponse&& call);
/// The end of a streamed response: nothing, or the error that the trailers tell.
Outcome to_outcome(StreamEnd&& call);
/// The body as it is, whatever it is; only for `application/vnd.aws.lambda.error.cause+json` the members errorMessage,
/// errorType and stackTrace of it.
/// Tested by: Posted.ErrorBodiesArePassedVerbatim, Posted.TheErrorCauseIsSplitOff
Outcome to_outcome(InvocationError&& call);
/// The body as it is; its content type says whether it is JSON.
/// Tested by: Posted.InitErrorsArePassedVerbatim
Outcome to_outcome(InitError&& call);

}  // namespace understudy::lambda
