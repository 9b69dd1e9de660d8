#pragma once

#include "client/http_exchange.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/message.hpp"
#include "proto/wire/method_path.hpp"
#include "proto/wire/status.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace understudy::client {

/// How a call is made.
struct CallOptions {
    wire::ContentType content_type = wire::kConnectProto;
    HeaderLines headers =
        {};  ///< Sent too, behind those of the protocol; one of the same name replaces the protocol's.
    std::chrono::milliseconds limit{30'000};
};

/// How a call ended. A server that could not be asked is `unavailable`, one that was too slow `deadline_exceeded`;
/// `transport` then says why, and there is no `exchange`.
struct CallResult {
    wire::Status status;
    std::string response = {};  ///< The message's bytes, in the call's codec, where the status is ok.
    std::optional<Exchange> exchange = {};
    std::optional<TransportProblem> transport = {};
};

/// The request of a unary call: POST, Content-Type, and Accept equal to it, because a REST API decides by Accept
/// whether the reply leaves as bytes or as base64 text.
HttpRequest to_http_request(const wire::MethodPath& method, std::string message, const CallOptions& options);

/// What a reply to such a request means. A reply of 200 with another content type than the call's is no success.
CallResult to_call_result(Exchange exchange, const wire::ContentType& content_type);

/// Calls a method with the bytes of its request message, as encoded by the options' codec.
CallResult call(HttpClient& client, const wire::MethodPath& method, std::string message, const CallOptions& options);

/// As above, with messages. `response` is only changed where the status is ok.
CallResult call(HttpClient& client, const wire::MethodPath& method, const google::protobuf::Message& request,
                google::protobuf::Message& response, const CallOptions& options);

}  // namespace understudy::client
