#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::event {

/// What CloudFront in front of an edge-optimised REST API tells. The defaults are made up and the same in each run;
/// views outlive the facts.
struct EdgeFacts {
    std::string_view address = "54.182.214.83";                  ///< Behind the client's in X-Forwarded-For.
    std::string_view host = "d98420743a69852491bbdea73f7680bd";  ///< 32 hex digits, in `Via`.
    std::string_view id = "pn-PWIJc6thYnZm5P0NMgOUglL1DYtl0gdeJky8tqsg8iS_sgsKD1A==";  ///< `X-Amz-Cf-Id`, opaque.
    std::string_view country = "US";                                                   ///< `CloudFront-Viewer-Country`
    std::string_view network = "16509";                                                ///< `CloudFront-Viewer-ASN`
};

/// What stands in an event or a reply and is not in the request: told by the caller, who has the clock, the dice and
/// the socket. Each request has its own.
struct Facts {
    std::chrono::system_clock::time_point time;  ///< When the request arrived.
    std::string request_id;                      ///< UUID. REST: `requestContext.requestId`.
    std::string extended_request_id;           ///< 15 base64 characters and `=`. HTTP API: `requestContext.requestId`.
    std::string trace_root;                    ///< `1-<8 hex digits>-<24 hex digits>`
    std::string trace_parent;                  ///< 16 hex digits.
    std::string trace_lineage;                 ///< 8 hex digits.
    std::string source_ip;                     ///< The client's address.
    std::string forwarded_proto = "https";     ///< `X-Forwarded-Proto`; AWS serves nothing else.
    std::uint16_t forwarded_port = 443;        ///< `X-Forwarded-Port`
    std::string_view public_host = {};         ///< `Place::public_host`
    std::string_view tls_version = "TLSv1.3";  ///< Function URL: `x-amzn-tls-version`. What AWS would have agreed on.
    std::string_view tls_cipher = "TLS_AES_128_GCM_SHA256";  ///< Function URL: `x-amzn-tls-cipher-suite`
    bool http2 = false;                                      ///< The client speaks HTTP/2, to CloudFront on AWS.
    EdgeFacts edge = {};                                     ///< REST, edge-optimised.
    /// Of the authorizer's invocation, where one is asked; empty: it is given an id of its own.
    std::string authorizer_request_id = {};
    /// When the function's time begins, in what it reads of its deadline; unset: when it has the event.
    std::optional<std::chrono::system_clock::time_point> invoked = {};
};

}  // namespace understudy::event
