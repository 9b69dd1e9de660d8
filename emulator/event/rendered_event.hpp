#pragma once

#include "emulator/event/finding.hpp"

#include <string>
#include <vector>

namespace understudy::event {

/// An event, ready to be sent, and what was odd about the request.
struct RenderedEvent {
    std::string json;
    std::vector<Finding> findings;
};

}  // namespace understudy::event
