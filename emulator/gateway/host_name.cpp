#include "emulator/gateway/host_name.hpp"

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

}  // namespace understudy::gateway
