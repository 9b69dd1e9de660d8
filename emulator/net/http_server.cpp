#include "emulator/net/http_server.hpp"

#include "emulator/net/http_listener.hpp"

#include <utility>

namespace understudy::net {

HttpServer::HttpServer(boost::asio::io_context& context, ServerLimits limits, OnRequest on_request,
                       OnMalformed on_malformed)
    : listener_(std::make_shared<Listener>(context, limits, std::move(on_request), std::move(on_malformed))) {}

HttpServer::~HttpServer() {
    close();
}

boost::system::result<Endpoint> HttpServer::listen(const std::string& address, std::uint16_t port) {
    return listener_->listen(address, port, nullptr);
}

boost::system::result<Endpoint> HttpServer::listen_tls(const std::string& address, std::uint16_t port,
                                                       std::shared_ptr<TlsContext> tls) {
    return listener_->listen(address, port, std::move(tls));
}

void HttpServer::on_head(OnHead callback) {
    listener_->set_on_head(std::move(callback));
}

void HttpServer::on_stalled(Patience patience, OnStalled callback) {
    listener_->set_on_stalled(std::move(patience), std::move(callback));
}

void HttpServer::end_silent(std::chrono::milliseconds silence) {
    listener_->end_silent(silence);
}

void HttpServer::on_shortage(std::function<void()> callback) {
    listener_->set_on_shortage(std::move(callback));
}

void HttpServer::on_truncated(OnRequest callback) {
    listener_->set_on_truncated(std::move(callback));
}

std::uint64_t HttpServer::received_bytes() const {
    return listener_->received_bytes();
}

void HttpServer::close() {
    listener_->close();
}

}  // namespace understudy::net
