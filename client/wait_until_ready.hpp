#pragma once

#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstdint>

namespace understudy::client {

/// What a socket is to be ready for.
enum class ReadyTo : std::uint8_t { read, write };

/// Blocks until a socket is ready, or has failed, which its next operation tells; an interrupted wait goes on. Errors:
/// `boost::asio::error::timed_out` once `deadline` has passed, whether the socket is ready or not; that of poll(2).
/// Tested by: TimedSockets.*, TimedConnection.*
boost::system::error_code wait_until_ready(int socket, ReadyTo what, std::chrono::steady_clock::time_point deadline);

/// What has become of a connection that had begun, once its socket is ready to be written to.
boost::system::error_code find_connection_error(int socket);

}  // namespace understudy::client
