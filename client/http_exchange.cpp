#include "client/http_exchange.hpp"

#include "client/timed_socket.hpp"

#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/throw_exception.hpp>

#include <array>
#include <limits>
#include <optional>
#include <stdexcept>

namespace understudy::client {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using Clock = TimedSocket::Clock;

constexpr std::uint32_t kMostHeaderBytes = 1024 * 1024;

/// Fills an Exchange with a reply's lines in their order, which http::fields would not keep.
class ReplyParser : public beast::http::basic_parser<false> {
  public:
    ReplyParser(Exchange& exchange, const HttpRequest& request) : exchange_(exchange) {
        header_limit(kMostHeaderBytes);
        body_limit(request.most_body);
        eager(true);
        skip(request.method == "HEAD");
    }

  private:
    void on_request_impl(beast::http::verb, beast::string_view, beast::string_view, int, error_code&) override {}
    void on_response_impl(int code, beast::string_view, int, error_code&) override { exchange_.status = code; }
    void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value, error_code&) override {
        exchange_.headers.emplace_back(name, value);
    }
    void on_header_impl(error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, error_code&) override {
        constexpr std::uint64_t kMostReserved = 16 * 1024 * 1024;
        if (length.has_value()) exchange_.body.reserve(std::min(*length, kMostReserved));
    }
    std::size_t on_body_impl(beast::string_view bytes, error_code&) override {
        exchange_.body.append(bytes.data(), bytes.size());
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, error_code& error) override {
        return on_body_impl(bytes, error);
    }
    void on_finish_impl(error_code&) override {}

    Exchange& exchange_;
};

}  // namespace

/// One connection, kept.
class HttpClient::Impl {
  public:
    Impl(Url url, std::string ca_file) : url_(std::move(url)), ca_file_(std::move(ca_file)) {}

    const Url& url() const { return url_; }

    ExchangeResult exchange(const HttpRequest& request, std::chrono::milliseconds limit) {
        const auto deadline = Clock::now() + limit;
        if (is_connected()) {
            const Attempt kept = try_exchange(request, deadline);
            if (kept.result.has_value() || !kept.may_repeat) return kept.result;
        }
        if (auto problem = connect(deadline)) return *std::move(problem);
        return try_exchange(request, deadline).result;
    }

  private:
    using Plain = TimedSocket;
    using Secure = asio::ssl::stream<TimedSocket>;

    struct Attempt {
        ExchangeResult result;
        bool may_repeat;  ///< The server closed the connection without a byte of a reply.
    };

    bool is_connected() const { return plain_.has_value() || secure_.has_value(); }

    Plain& socket() { return secure_.has_value() ? secure_->next_layer() : *plain_; }

    TransportProblem problem(TransportCode code, const std::string& what, const error_code& error) const {
        return {code, what + " " + url_.host + ":" + url_.port + ": " + error.message()};
    }

    std::optional<TransportProblem> connect(Clock::time_point deadline) {
        disconnect();
        error_code error;
        const auto endpoints = find_endpoints(error);
        if (error) return problem(TransportCode::unreachable, "cannot find", error);
        plain_.emplace(context_);
        plain_->expires_at(deadline);
        plain_->connect(endpoints, error);
        if (error) {
            disconnect();
            return problem(TransportCode::unreachable, "cannot connect to", error);
        }
        plain_->lowest_layer().set_option(asio::ip::tcp::no_delay(true), error);
        return url_.scheme == Scheme::https ? secure() : std::nullopt;
    }

    std::vector<asio::ip::tcp::endpoint> find_endpoints(error_code& error) {
        const auto address = asio::ip::make_address(url_.host, error);
        if (!error) return {{address, static_cast<asio::ip::port_type>(std::stoul(url_.port))}};
        asio::ip::tcp::resolver resolver(context_);
        std::vector<asio::ip::tcp::endpoint> endpoints;
        for (const auto& entry : resolver.resolve(url_.host, url_.port, error)) endpoints.push_back(entry.endpoint());
        return endpoints;
    }

    std::optional<TransportProblem> secure() {
        error_code error = prepare_trust();
        if (error) {
            disconnect();
            return problem(TransportCode::untrusted, "cannot read the certificates for", error);
        }
        secure_.emplace(std::move(*plain_), *trust_);
        plain_.reset();
        secure_->set_verify_callback(asio::ssl::host_name_verification(url_.host));
        error_code is_name;
        asio::ip::make_address(url_.host, is_name);
        if (is_name) SSL_set_tlsext_host_name(secure_->native_handle(), url_.host.c_str());
        if (!secure_->handshake(asio::ssl::stream_base::client, error)) return std::nullopt;
        disconnect();
        return problem(TransportCode::untrusted, "no secure connection to", error);
    }

    error_code prepare_trust() {
        error_code error;
        if (trust_.has_value()) return error;
        asio::ssl::context trust(asio::ssl::context::tls_client);
        trust.set_verify_mode(asio::ssl::verify_peer);
        ca_file_.empty() ? trust.set_default_verify_paths(error) : trust.load_verify_file(ca_file_, error);
        if (!error) trust_.emplace(std::move(trust));
        return error;
    }

    void disconnect() {
        secure_.reset();
        plain_.reset();
        buffer_.clear();
    }

    Attempt try_exchange(const HttpRequest& request, Clock::time_point deadline) {
        socket().expires_at(deadline);
        return secure_.has_value() ? try_exchange(*secure_, request) : try_exchange(*plain_, request);
    }

    template <class Stream>
    Attempt try_exchange(Stream& stream, const HttpRequest& request) {
        const std::string head = render_head(request, url_);
        const std::array<asio::const_buffer, 2> parts{asio::buffer(head), asio::buffer(request.body)};
        error_code write_error;
        asio::write(stream, parts, write_error);
        // A server may answer before it has read everything, and close: its answer is worth more than the write error.
        if (write_error == asio::error::timed_out) return give_up(write_error, false);
        Attempt attempt = read_reply(stream, request);
        if (attempt.result.has_error() && write_error) attempt.may_repeat = true;
        return attempt;
    }

    template <class Stream>
    Attempt read_reply(Stream& stream, const HttpRequest& request) {
        for (;;) {
            Exchange exchange;
            ReplyParser parser(exchange, request);
            error_code error;
            beast::http::read(stream, buffer_, parser, error);
            constexpr int kFirstFinal = 200;
            const bool is_broken_off =
                error && error != asio::error::timed_out && error != beast::http::error::body_limit;
            if (is_broken_off && request.accepts_part && parser.is_header_done() && exchange.status >= kFirstFinal) {
                disconnect();
                exchange.cut_off = true;
                return {std::move(exchange), false};
            }
            if (error) return give_up(error, error != asio::error::timed_out && !parser.got_some());
            if (exchange.status < kFirstFinal) continue;
            if (!parser.keep_alive() || buffer_.size() > 0) disconnect();
            return {std::move(exchange), false};
        }
    }

    Attempt give_up(const error_code& error, bool may_repeat) {
        disconnect();
        if (error == beast::http::error::body_limit)
            return {problem(TransportCode::too_large, "too long a reply from", error), false};
        const bool is_late = error == asio::error::timed_out;
        const auto code = is_late ? TransportCode::timed_out : TransportCode::broken;
        return {problem(code, "no reply from", error), may_repeat};
    }

    Url url_;
    std::string ca_file_;
    asio::io_context context_{1};
    std::optional<asio::ssl::context> trust_;
    std::optional<Plain> plain_;
    std::optional<Secure> secure_;
    beast::flat_buffer buffer_;
};

HttpClient::HttpClient(Url url, std::string ca_file)
    : impl_(std::make_unique<Impl>(std::move(url), std::move(ca_file))) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;

const Url& HttpClient::url() const {
    return impl_->url();
}

ExchangeResult HttpClient::exchange(const HttpRequest& request, std::chrono::milliseconds limit) {
    return impl_->exchange(request, limit);
}

void throw_exception_from_error(const TransportProblem& problem, const boost::source_location& location) {
    boost::throw_exception(std::runtime_error(problem.message()), location);
}

}  // namespace understudy::client
