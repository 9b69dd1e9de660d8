#pragma once

#include "client/http_message.hpp"
#include "client/url.hpp"

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace understudy::client {

/// Why there was no reply.
enum class TransportCode : std::uint8_t {
    none,         ///< No problem; what a default-made `TransportProblem` says.
    unreachable,  ///< The name is unknown, or nobody accepts connections there, or not in time.
    untrusted,    ///< The TLS handshake failed: certificate, name or protocol.
    timed_out,    ///< Connected, and the time limit passed before the reply was complete.
    too_large,    ///< The reply's body has more bytes than the request takes.
    broken,       ///< The connection ended within the reply, or the reply was no HTTP.
};

/// Not an aggregate and default-constructible, as boost::system::result 1.81 needs.
class TransportProblem {
  public:
    TransportProblem() = default;
    TransportProblem(TransportCode code, std::string message) : code_(code), message_(std::move(message)) {}

    TransportCode code() const { return code_; }
    const std::string& message() const { return message_; }
    friend bool operator==(const TransportProblem&, const TransportProblem&) = default;

  private:
    TransportCode code_ = TransportCode::none;
    std::string message_;
};

/// What `value()` throws where there is no reply: std::runtime_error with the problem's text.
[[noreturn]] void throw_exception_from_error(const TransportProblem& problem, const boost::source_location& location);

using ExchangeResult = boost::system::result<Exchange, TransportProblem>;

/// A blocking HTTP/1.1 client of one server. It keeps one connection and uses it again while the server allows; a
/// request that meets a kept connection which the server has closed is sent once more on a new one.
///
/// Thread safety: distinct objects in distinct threads; one object in one thread at a time.
class HttpClient {
  public:
    /// `https` verifies the server against the certificates of `ca_file` (PEM); where that is empty, against the
    /// system's. Errors: a `ca_file` that cannot be read is reported by each exchange, as untrusted.
    HttpClient(Url url, std::string ca_file);
    explicit HttpClient(Url url) : HttpClient(std::move(url), std::string()) {}
    ~HttpClient();
    HttpClient(HttpClient&&) noexcept;
    HttpClient& operator=(HttpClient&&) noexcept;

    const Url& url() const;

    /// Sends the request and waits for its reply, both within `limit`, connecting included; looking up a name is not.
    ExchangeResult exchange(const HttpRequest& request, std::chrono::milliseconds limit);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace understudy::client
