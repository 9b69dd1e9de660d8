#pragma once

#include "tools/bench/connection.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::bench {

/// A POST to be sent again and again, and the least that its answer must hold.
struct Request {
    std::string head;
    std::string body;
    std::size_t reply_size = 0;
};

Request make_post(std::string_view target, std::string_view content_type, std::string body, std::size_t reply_size);

/// Sends one request after another on one connection.
class Caller {
  public:
    Caller(std::uint16_t port, Request request) : connection_(port), request_(std::move(request)) {}

    /// What is sent from now on.
    void change(Request request) { request_ = std::move(request); }
    /// What each of so many calls took.
    /// Errors: std::runtime_error where an answer is no 200 or too short.
    std::vector<std::chrono::nanoseconds> call(int count);

  private:
    Connection connection_;
    Request request_;
};

/// Requests in a second with so many connections, each of which waits for its answer.
/// Errors: as above.
double measure_throughput(std::uint16_t port, const Request& request, int concurrency,
                          std::chrono::milliseconds duration);

}  // namespace understudy::bench
