#pragma once

#include <cstddef>

namespace understudy::app {

/// The most bytes that a function may reply, as the words of Lambda have it: 6 MiB and 100 bytes
/// (docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html says "6 MB").
inline constexpr std::size_t kMostReplyBytes = 6 * 1024 * 1024 + 100;

/// A reply that is larger than allowed is still read whole, so that the runtime gets its 413 behind all that it has
/// written; of one over this nobody knows the size.
inline constexpr std::size_t kMostReadOfReply = 64 * 1024 * 1024;

}  // namespace understudy::app
