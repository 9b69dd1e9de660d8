#pragma once

#include "emulator/net/arrival.hpp"
#include "emulator/record/exchange.hpp"

#include <functional>

namespace understudy {

/// How requests are served that were recorded and are sent again: by whoever compares what becomes of them.
/// Both are called on the emulator's thread, and must not call back.
struct ReplaySettings {
    net::OnArrival on_arrival;
    /// An exchange is whole, as a recording would have it; its id is `event::Facts::request_id`.
    std::function<void(record::Exchange&&)> on_exchange;
};

}  // namespace understudy
