#pragma once

#include <netinet/in.h>

#include <optional>
#include <string_view>

namespace understudy::recorder {

/// Where the Runtime API is, from `host:port` with a path behind it perhaps, as AWS_LAMBDA_RUNTIME_API says it. The
/// host is an address or `localhost`: Lambda never names another. Errors: nullopt.
std::optional<sockaddr_in> parse_api_address(std::string_view text);

}  // namespace understudy::recorder
