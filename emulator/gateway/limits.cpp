#include "emulator/gateway/limits.hpp"

namespace understudy::gateway {

Limits limits_under(app::Profile profile, const app::Api& api) {
    return app::deviates(profile, api.kind, app::Deviation::limits) ? kNoLimits : limits_of(api);
}

std::size_t header_sum(const http::Request& request, HeaderSum counted) {
    // The request line: method, target, two spaces and the version.
    std::size_t sum = counted == HeaderSum::values ? 0 : request.method.size() + request.target.size() + 10;
    for (const auto line : request.headers) sum += line.value.size();
    return sum;
}

std::optional<ErrorKind> find_excess(const http::Request& request, const Limits& limits) {
    if (request.target.size() > limits.target) return ErrorKind::target_too_long;
    if (header_sum(request, limits.header_sum) > limits.headers) return ErrorKind::headers_too_large;
    if (request.body.size() > limits.body) return ErrorKind::request_too_large;
    return std::nullopt;
}

}  // namespace understudy::gateway
