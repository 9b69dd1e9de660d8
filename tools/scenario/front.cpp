#include "tools/scenario/front.hpp"

#include <algorithm>

namespace understudy::scenario {

std::string_view front_name(Front front) {
    constexpr std::array<std::string_view, kFronts.size()> kNames{"http", "http1",      "rest", "rest-stream",
                                                                  "url",  "url-stream", "alb",  "invoke"};
    return kNames.at(static_cast<std::size_t>(front));
}

std::optional<Front> find_front(std::string_view name) {
    const auto found = std::ranges::find_if(kFronts, [name](Front front) { return front_name(front) == name; });
    return found == kFronts.end() ? std::nullopt : std::optional(*found);
}

std::vector<std::string_view> front_names() {
    std::vector<std::string_view> names;
    for (const Front front : kFronts) names.push_back(front_name(front));
    return names;
}

app::FrontKind to_front_kind(Front front) {
    switch (front) {
        case Front::rest:
        case Front::rest_stream:
            return app::FrontKind::rest;
        case Front::url:
        case Front::url_stream:
            return app::FrontKind::url;
        case Front::http1:
            return app::FrontKind::http1;
        case Front::alb:
            return app::FrontKind::alb;
        case Front::http:
        case Front::invoke:
            break;
    }
    return app::FrontKind::http;
}

app::TransferMode to_transfer_mode(Front front) {
    const bool streams = front == Front::rest_stream || front == Front::url_stream;
    return streams ? app::TransferMode::stream : app::TransferMode::buffered;
}

}  // namespace understudy::scenario
