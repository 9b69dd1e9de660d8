#pragma once

#include "emulator/lambda/invocation.hpp"

#include <functional>

namespace understudy::net {

/// What a caller of a function wants to be told, once, from the event loop.
using OnOutcome = std::function<void(lambda::Outcome&&)>;

/// Hands an invocation to a function, which runs it now or when an environment is free.
using Invoke = std::function<void(lambda::Invocation&&, OnOutcome)>;

}  // namespace understudy::net
