#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::bench {

/// A blocking HTTP/1.1 connection over loopback that does the least: messages have a Content-Length, heads are searched
/// for what is needed and nothing else.
class Connection {
  public:
    /// Errors: std::system_error.
    explicit Connection(std::uint16_t port);
    explicit Connection(const std::string& host_and_port);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    int descriptor() const { return descriptor_; }
    void send(std::string_view head, std::string_view body);
    /// Reads one message. Errors: std::runtime_error where the peer closes.
    void receive();
    /// The last message received.
    std::string_view head() const { return message().substr(0, head_size_); }
    std::string_view body() const { return message().substr(head_size_, body_size_); }
    /// The value of a header of the last message; empty where there is none.
    std::string_view header(std::string_view name) const;

  private:
    std::string_view message() const { return std::string_view(buffer_).substr(kStart, filled_); }

    /// malloc puts a large block 16 bytes behind the start of a page, where the kernel's copies are three times as slow
    /// as elsewhere on some processors (AMD's "fast short rep mov"). Both sides' messages begin elsewhere.
    static constexpr std::size_t kStart = 112;

    int descriptor_ = -1;
    std::string buffer_;  ///< Only grows.
    std::size_t filled_ = 0;
    std::size_t head_size_ = 0;
    std::size_t body_size_ = 0;
};

}  // namespace understudy::bench
