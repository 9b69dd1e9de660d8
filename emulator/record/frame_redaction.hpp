#pragma once

#include "emulator/record/body_redaction.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::record {

/// Whether a body comes in frames that have to be looked into: those of gRPC-Web and of Connect's streams, for JSON
/// whose fields are taken, and a response's for the trailers in its last one.
bool may_hold_frames(const RedactionRules& rules, Side side, std::string_view content_type);

/// A body in frames whose messages, where they are JSON, have lost the fields that the rules name, and whose trailers
/// the values of headers; nullopt where it may be as it is. Frames that are compressed go in whole where they would be
/// looked into. What is torn off is looked into as far as it goes, and what is no frame stays.
///
/// Rule: a frame of gRPC-Web whose first byte has its highest bit set holds trailers as HTTP/1.1 has header lines; the
/// lowest says that it is compressed; grpc-web-text is base64, which may end and begin anew between frames
/// (github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md). The last frame of a stream of Connect has the bit above the
/// lowest set and holds JSON, `metadata` and `error` (connectrpc.com/docs/protocol, "Streaming RPCs").
/// Tested by: FrameRedaction.*
std::optional<std::string> redact_frames(std::string_view body, const Place& place);

}  // namespace understudy::record
