#pragma once

#include <sys/resource.h>

#include <optional>

namespace understudy::process {

/// Lets this process open as many files as the system allows it, as every connection and every environment takes some.
/// What `spawn` starts afterwards has the limit that this process had before.
/// Thread safety: to be called before any thread starts a program.
void raise_descriptor_limit();

/// How many files this process may open now.
rlim_t descriptor_limit();

/// What programs are to have; nullopt where our own limit is theirs.
std::optional<rlimit> original_descriptor_limit();

}  // namespace understudy::process
