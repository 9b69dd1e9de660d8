#pragma once

#include "emulator/app/application.hpp"
#include "emulator/http/message.hpp"

#include <chrono>
#include <optional>

namespace understudy::gateway {

/// How long a client may pause in its request while nothing says for which of several APIs that is, so that no API's
/// own limit holds. Unverified: it is a load balancer's idle timeout, the only such time of a front door that is
/// published [Elastic Load Balancing, edit-load-balancer-attributes].
inline constexpr std::chrono::milliseconds kUnnamedPatience = std::chrono::seconds(60);

/// The same for an application: its only API's own limit, else `kUnnamedPatience`, or longer where one of its load
/// balancers waits longer; nullopt: as long as it likes. Tested by: UnnamedRequest.IsWaitedForAsLongAsAnyApiWould
std::optional<std::chrono::milliseconds> unnamed_patience(const app::Application& application);

/// What a client gets that paused for longer.
http::Response refuse_unnamed();

}  // namespace understudy::gateway
