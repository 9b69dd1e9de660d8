#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::replay {

/// What the caller of InvokeWithResponseStream reads from its frames. Where these part is chance.
struct EventStream {
    std::string payload;             ///< The bytes of all pieces.
    std::string error_code = {};     ///< Empty: the function succeeded, or the stream has no end.
    std::string error_details = {};  ///< The function's error document.
};

/// Reads frames; nullopt where bytes are no whole frames. Check sums are not looked at.
///
/// Rule: [smithy-lang/smithy docs/source-2.0/aws/amazon-eventstream.rst].
/// Tested by: EventStreams.*
std::optional<EventStream> parse_event_stream(std::string_view frames);

}  // namespace understudy::replay
