#include "emulator/gateway/target.hpp"

#include "emulator/http/headers.hpp"

#include <algorithm>

namespace understudy::gateway {
namespace {

/// `http://host/path` without its scheme; nullopt where it has none.
std::optional<std::string_view> behind_scheme(std::string_view target) {
    const auto scheme_end = target.find("://");
    if (scheme_end == std::string_view::npos) return std::nullopt;
    const std::string_view scheme = target.substr(0, scheme_end);
    if (!http::same_name(scheme, "http") && !http::same_name(scheme, "https")) return std::nullopt;
    return target.substr(scheme_end + 3);
}

std::size_t authority_size(std::string_view rest) {
    return std::min(rest.find_first_of("/?"), rest.size());
}

}  // namespace

std::optional<Target> parse_target(std::string_view target) {
    if (!target.starts_with('/')) {
        const auto rest = behind_scheme(target);
        if (!rest) return std::nullopt;
        target = rest->substr(authority_size(*rest));
    }
    const auto mark = std::min(target.find('?'), target.size());
    const std::string_view path = target.substr(0, mark);
    return Target{path.empty() ? "/" : path, target.substr(std::min(mark + 1, target.size()))};
}

std::string_view authority_of(std::string_view target) {
    const auto rest = target.starts_with('/') ? std::nullopt : behind_scheme(target);
    if (!rest) return {};
    const std::string_view authority = rest->substr(0, authority_size(*rest));
    return authority.substr(authority.rfind('@') + 1);
}

}  // namespace understudy::gateway
