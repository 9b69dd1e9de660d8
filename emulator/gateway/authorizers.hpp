#pragma once

#include "emulator/app/access.hpp"
#include "emulator/gateway/access/pattern.hpp"

#include <vector>

namespace understudy::gateway {

/// The authorizers as AWS fills them in: where the credential is, if nothing else is said.
std::vector<app::Authorizer> complete(std::vector<app::Authorizer> authorizers);

/// What each of them asks of a token before its function is asked.
std::vector<access::Pattern> to_patterns(const std::vector<app::Authorizer>& authorizers);

}  // namespace understudy::gateway
