#include "emulator/gateway/unnamed_request.hpp"

#include "emulator/gateway/limits.hpp"

#include <algorithm>

namespace understudy::gateway {

std::optional<std::chrono::milliseconds> unnamed_patience(const app::Application& application) {
    std::chrono::milliseconds longest{0};
    for (const app::Api& api : application.apis) {
        longest = std::max(longest, limits_under(application.profile, api).patience);
    }
    if (application.apis.size() > 1) longest = std::max(longest, kUnnamedPatience);
    return longest.count() == 0 ? std::nullopt : std::optional(longest);
}

std::chrono::milliseconds silence_of(const app::Application& application) {
    const auto patience = unnamed_patience(application).value_or(std::chrono::milliseconds(0));
    const bool one_says_it = application.apis.size() == 1 && patience.count() > 0;
    return one_says_it ? patience : std::max(patience, kSilence);
}

http::Response refuse_unnamed() {
    return {.status = 408,
            .headers = {{"Content-Type", "text/plain"}, {"Connection", "close"}},
            .body = "The request stopped before it said for which API it is.\n"};
}

}  // namespace understudy::gateway
