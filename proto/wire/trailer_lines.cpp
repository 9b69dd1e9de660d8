#include "proto/wire/trailer_lines.hpp"

#include <algorithm>

namespace understudy::wire {

std::string to_trailer_lines(const Metadata& trailers) {
    std::string lines;
    for (const auto& [name, value] : trailers) lines.append(to_lower_name(name)).append(": ").append(value + "\r\n");
    return lines;
}

Metadata read_trailer_lines(std::string_view payload) {
    Metadata trailers;
    while (!payload.empty()) {
        const auto end = std::min(payload.find('\n'), payload.size());
        const auto line = payload.substr(0, end);
        if (const auto colon = line.find(':'); colon != std::string_view::npos)
            trailers.emplace_back(to_lower_name(trimmed(line.substr(0, colon))), trimmed(line.substr(colon + 1)));
        payload.remove_prefix(std::min(end + 1, payload.size()));
    }
    return trailers;
}

std::optional<std::string_view> find_trailer_name(std::string_view name) {
    const bool trailer = same_name(name.substr(0, kTrailerPrefix.size()), kTrailerPrefix);
    return trailer ? std::optional(name.substr(kTrailerPrefix.size())) : std::nullopt;
}

}  // namespace understudy::wire
