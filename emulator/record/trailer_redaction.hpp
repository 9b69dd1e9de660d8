#pragma once

#include "emulator/record/body_redaction.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace understudy::record {

/// Whether a body may end in trailers: a response of gRPC-Web, whose last frame they are.
bool may_hold_trailers(const RedactionRules& rules, Side side, std::string_view content_type);

/// A body of gRPC-Web whose trailers have lost the values of headers that the rules name; nullopt where it may be as
/// it is. Trailers that are compressed go in whole. What is torn off is looked into as far as it goes, and what is no
/// frame stays.
///
/// Rule: a frame whose first byte has its highest bit set holds trailers as HTTP/1.1 has header lines; its lowest says
/// that they are compressed; grpc-web-text is base64, which may end and begin anew between frames
/// (github.com/grpc/grpc/blob/master/doc/PROTOCOL-WEB.md).
/// Tested by: Redaction.TrailersOfGrpcWebLoseWhatHeadersDo, Redaction.NoSecretInATrailerReachesTheFile
std::optional<std::string> redact_trailers(std::string_view body, const Place& place);

}  // namespace understudy::record
