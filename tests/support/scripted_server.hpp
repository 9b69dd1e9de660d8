#pragma once

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace understudy::test {

/// A request as its bytes were: the head with its final empty line, and the body.
struct RawRequest {
    std::string head;
    std::string body;

    bool has_line(std::string_view line) const {
        return head.find(std::string("\r\n").append(line).append("\r\n")) != std::string::npos;
    }
    std::string first_line() const { return head.substr(0, head.find("\r\n")); }
};

/// The server's end of one connection.
class Peer {
  public:
    explicit Peer(int socket) : socket_(socket) {}
    ~Peer() { close(); }
    Peer(Peer&& other) noexcept : socket_(std::exchange(other.socket_, -1)), rest_(std::move(other.rest_)) {}
    Peer& operator=(Peer&&) = delete;

    /// nullopt where the client closed first.
    std::optional<RawRequest> try_read_request() {
        RawRequest request;
        std::size_t end = 0;
        while ((end = rest_.find("\r\n\r\n")) == std::string::npos) {
            if (!read_some()) return std::nullopt;
        }
        request.head = rest_.substr(0, end + 4);
        rest_.erase(0, end + 4);
        const std::size_t length = content_length(request.head);
        while (rest_.size() < length) {
            if (!read_some()) return std::nullopt;
        }
        request.body = rest_.substr(0, length);
        rest_.erase(0, length);
        return request;
    }

    /// The head alone; what follows stays unread.
    std::string read_head() {
        std::size_t end = 0;
        while ((end = rest_.find("\r\n\r\n")) == std::string::npos) {
            if (!read_some()) throw std::runtime_error("the client closed instead of sending a request");
        }
        const std::string head = rest_.substr(0, end + 4);
        rest_.erase(0, end + 4);
        return head;
    }

    RawRequest read_request() {
        auto request = try_read_request();
        if (!request) throw std::runtime_error("the client closed instead of sending a request");
        return *std::move(request);
    }

    void write(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0) return;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    /// Status line, Content-Length and body; `header_lines` end in CRLF each.
    void reply(std::string_view status, std::string_view header_lines, std::string_view body) {
        write(std::string("HTTP/1.1 ")
                  .append(status)
                  .append("\r\n")
                  .append(header_lines)
                  .append("Content-Length: ")
                  .append(std::to_string(body.size()))
                  .append("\r\n\r\n")
                  .append(body));
    }

    /// The socket, for whoever speaks something else than HTTP over it; the caller closes it.
    int release() { return std::exchange(socket_, -1); }

    void close() {
        if (socket_ >= 0) ::close(socket_);
        socket_ = -1;
    }

  private:
    static constexpr int kPatience = 30'000;

    static std::size_t content_length(const std::string& head) {
        for (const char* name : {"\r\nContent-Length: ", "\r\ncontent-length: "}) {
            const auto at = head.find(name);
            if (at != std::string::npos) return std::stoul(head.substr(at + std::string_view(name).size()));
        }
        return 0;
    }

    bool read_some() {
        pollfd wait{socket_, POLLIN, 0};
        if (::poll(&wait, 1, kPatience) <= 0) throw std::runtime_error("the client sent nothing");
        char buffer[65536];
        const auto got = ::recv(socket_, buffer, sizeof buffer, 0);
        if (got <= 0) return false;
        rest_.append(buffer, static_cast<std::size_t>(got));
        return true;
    }

    int socket_;
    std::string rest_;
};

/// A server on a free port of 127.0.0.1 that does what a script says, in a thread of its own; a script that throws
/// fails the test. The destructor waits for the script's end.
class ScriptedServer {
  public:
    using Script = std::function<void(ScriptedServer&)>;

    explicit ScriptedServer(Script script) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const generic = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 16) != 0 ||
            ::getsockname(listener_, generic, &size) != 0) {
            throw std::runtime_error("cannot listen");
        }
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this, script = std::move(script)] { play(script); });
    }
    ~ScriptedServer() {
        wait();
        stop_listening();
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::uint16_t port() const { return port_; }
    std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }

    Peer accept() {
        pollfd wait{listener_, POLLIN, 0};
        constexpr int kPatience = 30'000;
        if (::poll(&wait, 1, kPatience) <= 0) throw std::runtime_error("no client came");
        return Peer(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
    }

    /// Until the script's end: what it wrote may be read then.
    void wait() {
        if (thread_.joinable()) thread_.join();
    }

    void stop_listening() {
        if (listener_ >= 0) ::close(listener_);
        listener_ = -1;
    }

  private:
    void play(const Script& script) {
        try {
            script(*this);
        } catch (const std::exception& error) {
            ADD_FAILURE() << "the server's script broke off: " << error.what();
        }
        stop_listening();
    }

    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::thread thread_;
};

}  // namespace understudy::test
