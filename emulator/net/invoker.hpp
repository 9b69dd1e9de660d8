#pragma once

#include "emulator/lambda/invocation.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace understudy::net {

/// What a caller of a function wants to be told, once, from the event loop.
using OnOutcome = std::function<void(lambda::Outcome&&)>;

/// Hands an invocation to a function, which runs it now or when an environment is free.
using Invoke = std::function<void(lambda::Invocation&&, OnOutcome)>;

/// Who takes a function's reply as it is written. Called from the event loop.
class StreamSink {
  public:
    virtual ~StreamSink() = default;

    /// The function streams its reply; it posted it under this type, which may be empty.
    virtual void on_head(const std::string& content_type) = 0;
    virtual void on_bytes(std::string_view bytes) = 0;
    /// Asked behind each `on_bytes`: `BodyReader::hold` of the function's upload.
    virtual bool hold(std::function<void()> /*resume*/) { return false; }
    /// The last call, and the only one where the function does not stream: the outcome then holds its whole reply.
    /// Behind `on_head` its payload is empty, or it tells the error that cut the reply off.
    virtual void on_end(lambda::Outcome&& outcome) = 0;
};

}  // namespace understudy::net
