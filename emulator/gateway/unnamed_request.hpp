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

/// How long a connection is kept on which nothing is under way but what the client has to send or to read, where no
/// load balancer says it. Ours: API Gateway, function URLs and Lambda publish no such time.
inline constexpr std::chrono::milliseconds kSilence = std::chrono::minutes(5);

/// The same for an application: the idle timeout of a load balancer that is its only API, else `kSilence`, or longer
/// where one of its load balancers waits longer. A clock scale does not shorten it: clients that keep connections have
/// clocks of their own. Tested by: UnnamedRequest.AConnectionIsKeptAsLongAsALoadBalancerWouldOrFiveMinutes
std::chrono::milliseconds silence_of(const app::Application& application);

/// What a client gets that paused for longer within its request.
http::Response refuse_unnamed();

}  // namespace understudy::gateway
