#pragma once

#include <string>
#include <string_view>

namespace understudy::service {

/// What the last frame of a streamed reply tells; an empty member is left out.
struct InvokeComplete {
    std::string error_code = {};
    std::string error_details = {};
    std::string log_result = {};  ///< In base64.
};

/// Bytes of a function's reply as frames, one for each 16 MiB of them. No bytes are no frame.
///
/// Rule: [smithy-lang/smithy docs/source-2.0/aws/amazon-eventstream.rst; botocore lambda/2015-03-31/service-2.json].
/// Tested by: EventStream.FramesAreThoseThatBotocoreReads
std::string render_payload_chunk(std::string_view bytes);
/// The frame behind the last piece.
/// Tested by: EventStream.TheEndTellsOfErrorAndLogWhereThereAreSome
std::string render_invoke_complete(const InvokeComplete& complete);

}  // namespace understudy::service
