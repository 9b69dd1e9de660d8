// The bench's reference: the least that a relay between a client and a runtime can do, on the same Beast as the
// emulator. A client's POST body goes, as it is, to whichever worker waits in GET …/next; what the worker posts goes
// back. What is posted to /echo goes back at once: a bare exchange of two parties, on the same code.
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <cstdint>
#include <deque>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;

constexpr std::uint64_t kBodyLimit = 64 * 1024 * 1024;

class Peer;

/// Who waits for whom.
struct Relay {
    std::deque<std::shared_ptr<Peer>> idle_workers;
    std::deque<std::shared_ptr<Peer>> waiting_clients;
    std::map<std::uint64_t, std::shared_ptr<Peer>> clients;
    std::uint64_t last_id = 0;

    void match();
};

/// One connection: a client's, or a worker's.
class Peer : public std::enable_shared_from_this<Peer> {
  public:
    Peer(tcp::socket socket, Relay& relay) : socket_(std::move(socket)), relay_(relay) { buffer_.reserve(16 * 1024); }

    void read() {
        parser_.emplace();
        parser_->body_limit(kBodyLimit);
        http::async_read(socket_, buffer_, *parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
            if (!error) self->on_request();
        });
    }

    void reply(http::status status, std::string body, std::uint64_t id) {
        response_ = {status, 11};
        response_.set(http::field::content_type, "application/json");
        if (id != 0) response_.set("Lambda-Runtime-Aws-Request-Id", std::to_string(id));
        response_.body() = std::move(body);
        response_.prepare_payload();
        http::async_write(socket_, response_, [self = shared_from_this()](beast::error_code error, std::size_t) {
            if (!error) self->read();
        });
    }

    std::string take_body() { return std::move(parser_->get().body()); }

  private:
    void on_request() {
        const std::string target(parser_->get().target());
        if (target.ends_with("/next")) {
            relay_.idle_workers.push_back(shared_from_this());
        } else if (target.ends_with("/response")) {
            const std::string_view head(target.data(), target.size() - std::string_view("/response").size());
            auto client = relay_.clients.extract(std::stoull(std::string(head.substr(head.rfind('/') + 1))));
            std::string body = take_body();
            reply(http::status::accepted, "{\"status\":\"OK\"}\n", 0);
            if (client) client.mapped()->reply(http::status::ok, std::move(body), 0);
        } else if (target == "/echo") {
            return reply(http::status::ok, take_body(), 0);
        } else {
            relay_.waiting_clients.push_back(shared_from_this());
        }
        relay_.match();
    }

    tcp::socket socket_;
    Relay& relay_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
    http::response<http::string_body> response_;
};

void Relay::match() {
    while (!idle_workers.empty() && !waiting_clients.empty()) {
        const auto worker = idle_workers.back();
        const auto client = waiting_clients.front();
        idle_workers.pop_back();
        waiting_clients.pop_front();
        clients[++last_id] = client;
        worker->reply(http::status::ok, client->take_body(), last_id);
    }
}

class Listener {
  public:
    Listener(asio::io_context& context, Relay& relay)
        : acceptor_(context, {asio::ip::address_v4::loopback(), 0}), relay_(relay) {
        accept();
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

  private:
    void accept() {
        acceptor_.async_accept([this](beast::error_code error, tcp::socket socket) {
            if (!error) {
                socket.set_option(tcp::no_delay(true), error);
                std::make_shared<Peer>(std::move(socket), relay_)->read();
            }
            accept();
        });
    }

    tcp::acceptor acceptor_;
    Relay& relay_;
};

}  // namespace

int main() {
    asio::io_context context(1);
    Relay relay;
    Listener clients(context, relay);
    Listener workers(context, relay);
    std::cout << clients.port() << ' ' << workers.port() << std::endl;
    context.run();
}
