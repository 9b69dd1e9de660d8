#pragma once

#include "emulator/event/media_type.hpp"
#include "emulator/event/reply.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::event {

/// Whose keys the reply of a REST API may have: SAM CLI knows `base64Encoded` too, which goes before `isBase64Encoded`,
/// and passes `cookies` over.
enum class RestKeys : std::uint8_t { aws, sam };

/// What the reply of a REST API depends on in the request, and in the profile.
struct RestAccept {
    std::string first;                                 ///< The first media type of Accept; empty where there is none.
    bool is_binary = false;                            ///< It matches `binaryMediaTypes`: base64 is decoded.
    std::string_view setting = "--binary-media-type";  ///< `BinaryMediaTypes::setting`; lives as long as these.
    std::string all = {};  ///< The whole of Accept, where SAM CLI may take what AWS does not.
    RestKeys keys = RestKeys::aws;
    bool is_head = false;  ///< A request for no more than the head.
};
RestAccept to_rest_accept(const http::Headers& headers, const BinaryMediaTypes& binary);

/// Reads a function's reply as a REST API does, strictly: a key it does not know is a failure.
///
/// Rule: recorded in 15 cases [localstack: test_apigateway_lambda.snapshot.json
/// test_aws_proxy_response_payload_format_validation]. Tested by: RestReply.ValidationAsRecorded
Reply render_rest_reply(std::string_view payload, const RestAccept& accept);

/// The prelude of a streamed reply: status, headers and cookies, with an empty body. Otherwise as strict (unverified).
/// A Content-Length in it is taken, unless it asks for chunks too; one that is no number, or is said twice, is left out
/// (unverified). Errors: `ReplyFailure::no_stream`.
///
/// Rule: [API Gateway developer guide, response-transfer-mode-lambda]. Tested by: StreamReply.PreludesOfRest
Reply render_rest_stream_head(std::string_view prelude);

/// A streamed reply where the route does not stream: its status and headers, without its body. `size`: the bytes of the
/// whole reply; `setting`: what makes the route stream, as remedies name it. Errors: `ReplyFailure::malformed` where
/// the prelude is wrong (unverified).
///
/// Rule: [API Gateway developer guide, response-transfer-mode-lambda]. Tested by:
/// FrontDoorStreams.AStreamLosesItsBodyWhereTheRouteDoesNotStream
Reply render_rest_unread_stream(std::string_view prelude, std::size_t size, std::string_view setting);

}  // namespace understudy::event
