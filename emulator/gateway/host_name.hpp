#pragma once

#include "emulator/http/headers.hpp"
#include "emulator/http/message.hpp"

#include <string>
#include <string_view>

namespace understudy::gateway {

/// A host without its port: `example.com:80` is `example.com`, `[::1]:80` is `[::1]`.
std::string_view without_port(std::string_view host);

/// What the last Host header names, without its port; empty where there is none.
std::string_view host_of(const http::Headers& headers);
/// What a request names: the host of its target, where that is a whole URL, whatever Host says.
///
/// Rule: RFC 9112, 3.2.2. Tested by: HostName.OfAWholeTargetGoesBeforeHost
std::string_view host_of(const http::Request& head);

/// Puts the host of the target in the place of Host, where the target is a whole URL; by the same rule.
void adopt_host_of_target(http::Request& request);

}  // namespace understudy::gateway
