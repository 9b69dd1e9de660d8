#pragma once

#include "proto/wire/content_type.hpp"
#include "proto/wire/reply_limit.hpp"

#include <cstddef>

namespace understudy::rpc {

/// The most bytes that a function may return.
///
/// Rule: docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html; Lambda's own message names 6 291 556 bytes
inline constexpr std::size_t kMostResponseBytes = 6 * 1024 * 1024 + 100;

/// How much fits into a proxy reply (see `render_proxy_reply`): bytes as base64, JSON escaped once more.
wire::ReplyLimit to_reply_limit(wire::Codec codec);

}  // namespace understudy::rpc
