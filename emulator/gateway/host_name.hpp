#pragma once

#include "emulator/http/headers.hpp"

#include <string>
#include <string_view>

namespace understudy::gateway {

/// A host without its port: `example.com:80` is `example.com`, `[::1]:80` is `[::1]`.
std::string_view without_port(std::string_view host);

/// What the last Host header names, without its port; empty where there is none.
std::string_view host_of(const http::Headers& headers);

}  // namespace understudy::gateway
