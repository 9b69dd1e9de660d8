#pragma once

#include "emulator/emulator.hpp"
#include "emulator/gateway/access_control.hpp"
#include "emulator/lambda/variables.hpp"

#include <vector>

namespace understudy {

/// The secrets of the given keys, and of the one that functions find among their variables.
gateway::Secrets to_secrets(const std::vector<SigningKey>& keys, const lambda::Credentials& functions_own);

}  // namespace understudy
