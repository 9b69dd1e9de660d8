#include "emulator/gateway/target.hpp"

#include "emulator/http/headers.hpp"

#include <algorithm>

namespace understudy::gateway {
namespace {

/// `http://host/path` without its scheme and host; nullopt where it has none.
std::optional<std::string_view> behind_authority(std::string_view target) {
    const auto scheme_end = target.find("://");
    if (scheme_end == std::string_view::npos) return std::nullopt;
    const std::string_view scheme = target.substr(0, scheme_end);
    if (!http::same_name(scheme, "http") && !http::same_name(scheme, "https")) return std::nullopt;
    target.remove_prefix(scheme_end + 3);
    return target.substr(std::min(target.find_first_of("/?"), target.size()));
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/')) {
        const auto rest = behind_authority(target);
        if (!rest) return std::nullopt;
        target = *rest;
    }
    const auto mark = std::min(target.find('?'), target.size());
    const std::string_view path = target.substr(0, mark);
    return Target{path.empty() ? "/" : path, target.substr(std::min(mark + 1, target.size()))};
}

}  // namespace understudy::gateway
