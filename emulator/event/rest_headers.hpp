#pragma once

#include <array>
#include <string_view>

namespace understudy::event {

/// Headers that no event of a REST API shows, WebSocket APIs included. Recorded: localstack,
/// test_apigateway_integrations.snapshot.json, header remapping [AWS_PROXY]; the last five are read or written by the
/// gateway itself.
inline constexpr std::array<std::string_view, 17> kRestRemoved = {"Connection",
                                                                  "Content-Length",
                                                                  "Content-MD5",
                                                                  "Expect",
                                                                  "Max-Forwards",
                                                                  "Proxy-Authenticate",
                                                                  "Server",
                                                                  "TE",
                                                                  "Trailer",
                                                                  "Transfer-Encoding",
                                                                  "Upgrade",
                                                                  "WWW-Authenticate",
                                                                  "X-HTTP-Method-Override",
                                                                  "X-Amzn-Trace-Id",
                                                                  "X-Forwarded-For",
                                                                  "X-Forwarded-Port",
                                                                  "X-Forwarded-Proto"};

}  // namespace understudy::event
