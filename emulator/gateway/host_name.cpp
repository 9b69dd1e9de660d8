#include "emulator/gateway/host_name.hpp"

#include "emulator/gateway/target.hpp"

#include <utility>

namespace understudy::gateway {

std::string_view without_port(std::string_view host) {
    if (host.starts_with('[')) {
        const auto end = host.find(']');
        return end == std::string_view::npos ? host : host.substr(0, end + 1);
    }
    return host.substr(0, host.find(':'));
}

std::string_view host_of(const http::Headers& headers) {
    return without_port(headers.last("Host").value_or(std::string_view()));
}

std::string_view host_of(const http::Request& head) {
    const std::string_view authority = authority_of(head.target);
    return authority.empty() ? host_of(head.headers) : without_port(authority);
}

void adopt_host_of_target(http::Request& request) {
    const std::string_view authority = authority_of(request.target);
    if (authority.empty()) return;
    http::Headers headers;
    bool adopted = false;
    for (const http::HeaderLine line : request.headers) {
        if (!http::same_name(line.name, "Host")) {
            headers.add(line.name, line.value);
        } else if (!std::exchange(adopted, true)) {
            headers.add(line.name, authority);
        }
    }
    if (!adopted) headers.add("Host", authority);
    request.headers = std::move(headers);
}

}  // namespace understudy::gateway
