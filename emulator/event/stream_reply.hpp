#pragma once

#include "emulator/event/reply.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::event {

/// The Content-Type under which a runtime streams a reply with a prelude.
inline constexpr std::string_view kHttpStreamType = "application/vnd.awslambda.http-integration-response";

/// What stands between a prelude and the body.
inline constexpr std::string_view kPreludeEnd("\0\0\0\0\0\0\0\0", 8);

/// What stands in front of the eight NUL bytes in a reply that begins as a stream does; nullopt where there are none in
/// its first 16 KiB.
std::optional<std::string_view> find_prelude(std::string_view reply);

/// Which front a stream goes through.
enum class StreamFront : std::uint8_t { rest, url };

/// What a piece of a stream amounts to. `body` views the bytes that were fed or what the stream kept; it is good until
/// the next call.
struct StreamStep {
    std::optional<Reply> head;  ///< Once: status and headers, with an empty body, or why there are none.
    std::string_view body;      ///< To be sent now; behind the head.
};

/// A streamed reply taken apart as it arrives: the prelude (JSON, then eight NUL bytes) becomes status and headers, all
/// behind it is the body, byte for byte. Fed with pieces cut anywhere. Preconditions: nothing is fed behind a head that
/// is a failure, and nothing behind `finish`.
///
/// Rule: [API Gateway developer guide, response-transfer-mode-lambda; Lambda developer guide,
/// configuration-response-streaming]. Tested by: StreamReply.IsTheSameWhereverItIsCut
class StreamReply {
  public:
    /// `content_type`: what the runtime sent its stream under. A function URL expects a prelude only under
    /// `kHttpStreamType`; a REST API always does.
    StreamReply(StreamFront front, std::string_view content_type);

    StreamStep feed(std::string_view bytes);
    /// The stream ended. Gives a head where there was none yet.
    StreamStep finish();

  private:
    StreamStep open(std::size_t prelude_size);

    StreamFront front_;
    bool in_body_ = false;
    bool has_prelude_;
    std::string content_type_;
    std::string kept_;  ///< What came before the head was known.
};

}  // namespace understudy::event
