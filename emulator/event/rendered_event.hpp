#pragma once

#include "emulator/event/finding.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace understudy::event {

/// How a body goes into an event.
enum class BodyForm : std::uint8_t { none, text, base64 };

/// How a request's body went into its event.
struct SentBody {
    BodyForm form = BodyForm::none;
    std::string type;  ///< The media type alone, lower-case; empty where the request named none.
};

/// An event, ready to be sent, and what was odd about the request.
struct RenderedEvent {
    std::string json;
    std::vector<Finding> findings;
    SentBody body;  ///< For what a failure may have to do with it.
};

}  // namespace understudy::event
