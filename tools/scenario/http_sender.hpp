#pragma once

#include "client/http_exchange.hpp"
#include "emulator/http/message.hpp"
#include "emulator/source/problem.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace understudy::scenario {

/// Sends the requests of scenarios over real connections: what `World::send_request` is outside of tests. One kept
/// connection at a time, to the base URL that was named last.
class HttpSender {
  public:
    source::Result<http::Response> send(const std::string& base_url, const http::Request& request,
                                        std::chrono::milliseconds timeout);

  private:
    std::string base_url_;
    std::optional<client::HttpClient> client_;
};

}  // namespace understudy::scenario
