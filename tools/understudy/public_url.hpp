#pragma once

#include "emulator/emulator.hpp"

#include <string_view>

namespace understudy::cli {

/// Takes `https://api.example.com` or `http://host:8080` apart, without a path. Errors: invalid, with an example.
source::Result<PublicAddress> parse_public_url(std::string_view url);

}  // namespace understudy::cli
