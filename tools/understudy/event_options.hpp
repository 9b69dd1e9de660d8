#pragma once

#include "tools/understudy/make_event.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::cli {

/// The words of `event` as they are read.
struct EventWords {
    EventOptions options;
    std::vector<std::string> headers;
    std::string time;
    std::optional<std::uint64_t> seed;
};

/// `2026-03-02T09:30:00Z`, with a fraction of a second or without, or milliseconds since the epoch.
std::optional<std::chrono::sys_time<std::chrono::milliseconds>> parse_event_time(std::string_view text);

/// An option that was given and that this kind of event has no use for, in a sentence; empty where there is none.
std::string find_useless(const std::string& kind, const std::function<bool(const char* option)>& is_given);

/// What is wrong with the values of options that were given; empty where nothing is.
std::string find_wrong_value(const EventOptions& options, const std::function<bool(const char* option)>& is_given);

/// Puts the checked words together.
EventOptions to_event_options(const EventWords& words);

}  // namespace understudy::cli
