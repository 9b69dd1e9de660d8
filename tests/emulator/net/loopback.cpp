#include "tests/emulator/net/loopback.hpp"

#include <boost/asio/post.hpp>
#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace understudy::net {
namespace {

http::Response name_fault(Malformed fault) {
    switch (fault) {
        case Malformed::garbage:
            return {400, {{"X-Fault", "garbage"}}, "garbage"};
        case Malformed::bad_framing:
            return {400, {{"X-Fault", "framing"}}, "framing"};
        case Malformed::headers_too_large:
            return {431, {{"X-Fault", "headers"}}, "headers"};
        case Malformed::body_too_large:
            return {413, {{"X-Fault", "body"}}, "body"};
    }
    return {};
}

http::Response malformed_reply(const BrokenRequest& broken, const Peer&) {
    http::Response reply = name_fault(broken.fault);
    const std::string line = broken.head.method + ' ' + broken.head.target;
    if (broken.head_done) {
        reply.headers.add("X-Head", line);
    } else {
        reply.headers.add("X-Begun", line + ' ' + std::string(broken.head.headers.last("Host").value_or("")));
    }
    return reply;
}

}  // namespace

LoopbackServer::LoopbackServer(HttpServer::OnRequest on_request, ServerLimits limits) {
    server_.emplace(context_, limits, std::move(on_request), malformed_reply);
    port_ = server_->listen("127.0.0.1", 0).value().port;
    work_.emplace(context_.get_executor());
    thread_ = std::thread([this] { context_.run(); });
}

LoopbackServer::~LoopbackServer() {
    run([this] { server_.reset(); });
    work_.reset();
    thread_.join();
}

void LoopbackServer::run(const std::function<void()>& task) {
    std::promise<void> done;
    boost::asio::post(context_, [&] {
        task();
        done.set_value();
    });
    done.get_future().wait();
}

bool WireReply::has_line(std::string_view line) const {
    return (head + "\r\n").find("\r\n" + std::string(line) + "\r\n") != std::string::npos;
}

RawClient::RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // A test that waits for what never comes fails instead of hanging.
    const timeval limit{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error("connect failed");
    }
}

RawClient::~RawClient() {
    close();
}

void RawClient::write(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0) return;  // the server may stop reading; what it answered is what matters
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
}

bool RawClient::read_more() {
    std::array<char, 65536> chunk;
    const auto size = ::recv(socket_, chunk.data(), chunk.size(), 0);
    if (size > 0) buffer_.append(chunk.data(), static_cast<std::size_t>(size));
    return size > 0;
}

WireReply RawClient::read_reply(BodyOf kind) {
    std::size_t end;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
        if (!read_more()) {
            ADD_FAILURE() << "no reply; got: " << buffer_;
            return {};
        }
    }
    WireReply reply;
    reply.head = buffer_.substr(0, end);
    reply.status = std::atoi(reply.head.substr(9, 3).c_str());
    buffer_.erase(0, end + 4);
    const auto length = reply.head.find("\r\nContent-Length: ");
    if (kind == BodyOf::head_request || length == std::string::npos) return reply;
    const auto size = std::strtoull(reply.head.c_str() + length + 18, nullptr, 10);
    while (buffer_.size() < size) {
        if (!read_more()) {
            ADD_FAILURE() << "the body ends after " << buffer_.size() << " bytes";
            return reply;
        }
    }
    reply.body = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return reply;
}

std::string RawClient::read_through(std::string_view end) {
    std::size_t found;
    while ((found = buffer_.find(end)) == std::string::npos) {
        if (!read_more()) {
            ADD_FAILURE() << "no " << end << "; got: " << buffer_;
            return std::exchange(buffer_, {});
        }
    }
    const std::string read = buffer_.substr(0, found + end.size());
    buffer_.erase(0, read.size());
    return read;
}

std::string RawClient::read_all() {
    while (read_more()) {
    }
    return std::exchange(buffer_, {});
}

bool RawClient::reads_end() {
    char byte = 0;
    const auto size = ::recv(socket_, &byte, 1, 0);
    return size == 0 || (size < 0 && errno == ECONNRESET);
}

void RawClient::end_writing() const {
    ::shutdown(socket_, SHUT_WR);
}

void RawClient::close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

void RawClient::reset() {
    const linger hard{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close();
}

}  // namespace understudy::net
