#pragma once

#include "emulator/event/facts.hpp"
#include "emulator/http/message.hpp"

#include <functional>

namespace understudy::net {

/// Told of a request that has arrived, before anything is made of it, with what it will be given that is not in it: its
/// time and its ids. May change both.
using OnArrival = std::function<void(http::Request&, event::Facts&)>;

}  // namespace understudy::net
