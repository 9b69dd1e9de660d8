#include "emulator/gateway/limits.hpp"

#include <algorithm>
#include <string_view>

namespace understudy::gateway {
namespace {

constexpr std::size_t kColonAndBlank = std::string_view(": ").size();
constexpr std::size_t kEndOfLine = std::string_view("\r\n").size();
/// What a request line has beside its method and its target.
constexpr std::size_t kRestOfRequestLine = std::string_view("  HTTP/1.1").size();

/// `Name: value`, without the end of the line.
std::size_t line_size(http::HeaderLine line) {
    return line.name.size() + line.value.size() + kColonAndBlank;
}

}  // namespace

Limits limits_under(app::Profile profile, const app::Api& api) {
    return app::deviates(profile, api.kind, app::Deviation::limits) ? kNoLimits : limits_of(api);
}

std::size_t header_sum(const http::Request& request, HeaderSum counted) {
    if (counted == HeaderSum::lines) return lines_size(request.headers);
    std::size_t sum =
        counted == HeaderSum::values ? 0 : request.method.size() + request.target.size() + kRestOfRequestLine;
    for (const auto line : request.headers) sum += line.value.size();
    return sum;
}

std::size_t lines_size(const http::Headers& headers) {
    std::size_t sum = 0;
    for (const http::HeaderLine line : headers) sum += line_size(line) + kEndOfLine;
    return sum;
}

std::optional<ErrorKind> find_excess(const http::Request& request, const Limits& limits, std::size_t prefix) {
    const auto is_long = [&limits](http::HeaderLine line) { return line_size(line) > limits.header_line; };
    if (request.target.size() - std::min(prefix, request.target.size()) > limits.target)
        return ErrorKind::target_too_long;
    if (header_sum(request, limits.header_sum) > limits.headers) return ErrorKind::headers_too_large;
    if (limits.header_line != SIZE_MAX && std::ranges::any_of(request.headers, is_long))
        return ErrorKind::headers_too_large;
    if (request.body.size() > limits.body) return ErrorKind::request_too_large;
    return std::nullopt;
}

}  // namespace understudy::gateway
