#include "emulator/net/document_fetch.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <array>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::net {
namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kMostHead = 16 * 1024;
constexpr std::string_view kHeadEnd = "\r\n\r\n";

/// `localhost` may be either of the two.
std::vector<tcp::endpoint> endpoints_of(const http::LoopbackUrl& url) {
    std::vector<tcp::endpoint> endpoints;
    if (url.host != "::1") endpoints.emplace_back(boost::asio::ip::address_v4::loopback(), url.port);
    if (url.host != "127.0.0.1") endpoints.emplace_back(boost::asio::ip::address_v6::loopback(), url.port);
    return endpoints;
}

}  // namespace

class DocumentFetch::Connection {
  public:
    explicit Connection(boost::asio::io_context& context) : socket(context) {}

    tcp::socket socket;
    std::vector<tcp::endpoint> endpoints;
    std::string request;
    std::string reply;
    std::array<char, 16 * 1024> part{};
};

DocumentFetch::DocumentFetch(boost::asio::io_context& context, Deadlines& deadlines, FetchLimits limits, Done done)
    : deadlines_(deadlines),
      limits_(limits),
      done_(std::move(done)),
      connection_(std::make_unique<Connection>(context)) {}

DocumentFetch::~DocumentFetch() = default;

std::shared_ptr<DocumentFetch> DocumentFetch::start(boost::asio::io_context& context, Deadlines& deadlines,
                                                    const http::LoopbackUrl& url, FetchLimits limits, Done done) {
    const std::shared_ptr<DocumentFetch> fetch(new DocumentFetch(context, deadlines, limits, std::move(done)));
    fetch->deadline_ = deadlines.add(Deadlines::Clock::now() + limits.time, [weak = std::weak_ptr(fetch), limits] {
        if (const auto late = weak.lock())
            late->fail("no answer within " + std::to_string(limits.time.count()) + " ms");
    });
    fetch->connect(url);
    return fetch;
}

void DocumentFetch::connect(const http::LoopbackUrl& url) {
    connection_->request = "GET " + url.target + " HTTP/1.0\r\nHost: " + http::authority_of(url) +
                           "\r\nAccept: application/json\r\nUser-Agent: understudy\r\nConnection: close\r\n\r\n";
    connection_->endpoints = endpoints_of(url);
    boost::asio::async_connect(connection_->socket, connection_->endpoints,
                               [self = shared_from_this()](const error_code& error, const tcp::endpoint&) {
                                   if (error) return self->fail(error.message());
                                   self->write();
                               });
}

void DocumentFetch::write() {
    if (!done_) return;
    boost::asio::async_write(connection_->socket, boost::asio::buffer(connection_->request),
                             [self = shared_from_this()](const error_code& error, std::size_t) {
                                 if (error) return self->fail(error.message());
                                 self->read();
                             });
}

void DocumentFetch::read() {
    if (!done_) return;
    connection_->socket.async_read_some(boost::asio::buffer(connection_->part),
                                        [self = shared_from_this()](const error_code& error, std::size_t size) {
                                            if (error == boost::asio::error::eof) return self->take();
                                            if (error) return self->fail(error.message());
                                            auto& reply = self->connection_->reply;
                                            reply.append(self->connection_->part.data(), size);
                                            if (reply.size() > self->limits_.bytes + kMostHead)
                                                return self->fail("the document is too large");
                                            self->read();
                                        });
}

/// The answer is whole.
void DocumentFetch::take() {
    const std::string_view reply = connection_->reply;
    const auto head_end = reply.find(kHeadEnd);
    if (!reply.starts_with("HTTP/1.") || head_end == std::string_view::npos) return fail("no HTTP answer");
    const std::string_view status = reply.substr(9, 3);
    if (status != "200") return fail("it answered " + std::string(status));
    const std::string_view body = reply.substr(head_end + kHeadEnd.size());
    if (body.size() > limits_.bytes) return fail("the document is too large");
    end(std::string(body));
}

void DocumentFetch::fail(const std::string& reason) {
    end(source::Problem(source::ProblemCode::unreadable, reason));
}

void DocumentFetch::end(source::Result<std::string> result) {
    if (const auto done = std::exchange(done_, nullptr)) {
        stop();
        done(std::move(result));
    }
}

void DocumentFetch::stop() {
    done_ = nullptr;
    deadlines_.call_off(deadline_);
    error_code ignored;
    connection_->socket.close(ignored);
}

}  // namespace understudy::net
