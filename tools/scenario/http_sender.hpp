#pragma once

#include "client/http_exchange.hpp"
#include "emulator/http/message.hpp"
#include "emulator/source/problem.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace understudy::scenario {

/// Sends the requests of scenarios over real connections: what `World::send_request` is outside of tests. One kept
/// connection at a time, to the base URL that was named last.
class HttpSender {
  public:
    source::Result<http::Response> send(const std::string& base_url, const http::Request& request,
                                        std::chrono::milliseconds timeout);
    /// The same, with what there is of a reply that breaks off behind its head.
    struct Part {
        http::Response response;
        bool cut_off = false;
    };
    source::Result<Part> send_for_part(const std::string& base_url, const http::Request& request,
                                       std::chrono::milliseconds timeout);

  private:
    enum class Replies : std::uint8_t { whole, also_parts };

    source::Result<Part> exchange(const std::string& base_url, const http::Request& request,
                                  std::chrono::milliseconds timeout, Replies replies);

    std::string base_url_;
    std::optional<client::HttpClient> client_;
};

}  // namespace understudy::scenario
