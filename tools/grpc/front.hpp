#pragma once

#include "emulator/source/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace understudy::grpc {

/// Where gRPC is listened for, and what it is passed on to.
struct FrontSettings {
    std::string address = "127.0.0.1";  ///< Numeric.
    std::uint16_t port = 0;             ///< 0: a free one.
    std::string gateway;                ///< `http://127.0.0.1:3000`: whatever answers Connect there.
};

/// Takes unary calls of gRPC over HTTP/2 by prior knowledge and passes each on, as a call of Connect, to a front door,
/// as a proxy in front of AWS would: no front door there carries gRPC itself. The same requests over HTTP/1.1,
/// which gRPC's clients do not make, are answered too; a web page that reached us under a name of its own is refused
/// here as at the gateway (see `gateway::is_rebound`). A deadline that passes is answered here, the function goes on.
/// Answers from `open` to the destructor, in threads of its own; the destructor waits for the calls that the gateway
/// has, and sends it no more.
class Front {
  public:
    /// So many calls may be under way or wait for one of these to end; more are `resource_exhausted`.
    static constexpr std::size_t kMostCalls = 64;

    /// Errors: a port that is taken, an address that is not ours, a gateway that is no `http` or `https` URL.
    static source::Result<std::unique_ptr<Front>> open(const FrontSettings& settings);
    ~Front();
    Front(const Front&) = delete;
    Front& operator=(const Front&) = delete;

    /// `127.0.0.1:41234`
    const std::string& authority() const;

  private:
    class Impl;
    explicit Front(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace understudy::grpc
