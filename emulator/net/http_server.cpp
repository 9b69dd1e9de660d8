#include "emulator/net/http_server.hpp"

#include "emulator/net/http_connection.hpp"
#include "emulator/net/http_listener.hpp"

#include <utility>

namespace understudy::net {

Responder::Responder(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

Responder& Responder::operator=(Responder&& other) noexcept {
    if (this != &other) {
        const Responder unanswered(std::exchange(connection_, std::exchange(other.connection_, nullptr)));
    }
    return *this;
}

Responder::~Responder() {
    if (connection_) connection_->close();
}

void Responder::send(http::Response response) && {
    if (const auto connection = std::exchange(connection_, nullptr)) connection->send(std::move(response));
}

bool Responder::open() const {
    return connection_ && connection_->peer_is_there();
}

void Responder::on_peer_gone(std::function<void()> callback) {
    if (connection_) connection_->watch_peer(std::move(callback));
}

HttpServer::HttpServer(boost::asio::io_context& context, ServerLimits limits, OnRequest on_request,
                       OnMalformed on_malformed)
    : listener_(std::make_shared<Listener>(context, limits, std::move(on_request), std::move(on_malformed))) {}

HttpServer::~HttpServer() {
    close();
}

boost::system::result<Endpoint> HttpServer::listen(const std::string& address, std::uint16_t port) {
    return listener_->listen(address, port);
}

void HttpServer::on_truncated(OnRequest callback) {
    listener_->set_on_truncated(std::move(callback));
}

void HttpServer::close() {
    listener_->close();
}

}  // namespace understudy::net
