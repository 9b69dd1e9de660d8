#pragma once

#include "handler/runtime/reply_parser.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace understudy::runtime {

/// Where the Runtime API is, as AWS_LAMBDA_RUNTIME_API says: `host:port`, with a path prefix perhaps.
struct ApiAddress {
    std::string host;
    std::uint16_t port = 0;
    std::string prefix;  ///< Empty, or `/some/path` without a slash at its end.

    friend bool operator==(const ApiAddress&, const ApiAddress&) = default;
};

/// The host must be an address or `localhost`: Lambda never names another, and looking names up takes a part of the C
/// library that a static program cannot bring along. Errors: nullopt.
std::optional<ApiAddress> parse_api_address(std::string_view text);

/// One connection to the Runtime API, kept alive. Where the server has closed it in the meantime the request goes out
/// again on a new one, three times in all, as AWS's C++ runtime does.
class Connection {
  public:
    explicit Connection(ApiAddress address);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Writes head and body at once and waits for the reply, as long as it takes. The reply is valid until the next
    /// exchange. Errors: throws system_error where there is no server or it goes away; MalformedReply.
    const Reply& exchange(std::string_view head, std::string_view body);

  private:
    void open();
    void close();
    /// Whether a whole reply came. False: the server closed before its first byte.
    bool try_exchange(std::string_view head, std::string_view body);
    bool write(std::string_view head, std::string_view body);
    std::size_t read(char* to, std::size_t size, int flags);

    ApiAddress address_;
    int socket_ = -1;
    ReplyParser parser_;
};

}  // namespace understudy::runtime
