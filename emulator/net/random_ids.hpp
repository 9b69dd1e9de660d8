#pragma once

#include "emulator/lambda/trace.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>

namespace understudy::net {

/// Makes the ids that AWS would make. Seeded, it makes the same ones in the same order.
class RandomIds {
  public:
    /// Without a seed: from the system's randomness.
    explicit RandomIds(std::optional<std::uint64_t> seed);

    std::uint64_t number() { return engine_(); }
    /// A version 4 UUID, lower case.
    std::string uuid();
    /// `count` lower-case letters and digits: API ids have 10, deployment and resource ids 6.
    std::string short_id(std::size_t count);
    /// 15 base64 characters and `=`: `x-amz-apigw-id`, and the request id of an HTTP API.
    std::string gateway_id();
    /// A trace of its own, not sampled.
    lambda::Trace trace(std::chrono::system_clock::time_point now);
    /// `count` hexadecimal digits.
    std::string hex(std::size_t count);

  private:
    std::string pick(std::string_view alphabet, std::size_t count);

    std::mt19937_64 engine_;
};

}  // namespace understudy::net
