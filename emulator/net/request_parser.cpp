#include "emulator/net/request_parser.hpp"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>

#include <limits>
#include <utility>

namespace understudy::net {
namespace {

namespace beast_http = boost::beast::http;
using boost::beast::error_code;
using BeastView = boost::beast::string_view;

constexpr auto kMalformedError = beast_http::error::bad_transfer_encoding;

/// Beast's grammar of one message, with our own request as its sink: `http::fields` would regroup equal names and
/// stop at 64 KiB a line.
class MessageParser : public beast_http::basic_parser<true> {
  public:
    MessageParser(http::Request& request, ServerLimits limits) : request_(&request), limits_(limits) {
        // Both limits are kept by us: Beast counts the start line apart, and chunks before they arrive.
        header_limit(std::numeric_limits<std::uint32_t>::max());
        body_limit(boost::none);
        eager(true);
    }

    bool expects_continue() const { return expects_continue_; }
    /// Whether a chunk's size has been read.
    bool has_chunk() const { return has_chunk_; }
    bool too_large() const { return too_large_; }

  private:
    void on_request_impl(beast_http::verb, BeastView method, BeastView target, int version, error_code&) override {
        request_->method.assign(method.data(), method.size());
        request_->target.assign(target.data(), target.size());
        request_->minor_version = version - 10;
    }
    void on_response_impl(int, BeastView, int, error_code&) override {}
    void on_field_impl(beast_http::field field, BeastView name, BeastView value, error_code& ec) override {
        if (in_trailers_ && limits_.trailers == Trailers::dropped) return;
        if (field == beast_http::field::host && !in_trailers_ && std::exchange(has_host_, true)) {
            ec = beast_http::error::bad_field;  // for whom it is would be in doubt (RFC 9112, 3.2)
            return;
        }
        if (field == beast_http::field::transfer_encoding) has_transfer_encoding_ = true;
        if (field == beast_http::field::expect) {
            expects_continue_ = http::same_name(std::string_view(value.data(), value.size()), "100-continue");
        }
        request_->headers.add(std::string_view(name.data(), name.size()), std::string_view(value.data(), value.size()));
    }
    void on_header_impl(error_code& ec) override {
        in_trailers_ = true;
        // A coding that does not end in `chunked` leaves the body's end unknown (RFC 9112, 6.3); Beast reads no body.
        if (has_transfer_encoding_ && !chunked()) ec = kMalformedError;
    }
    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
    std::size_t on_body_impl(BeastView, error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t size, BeastView, error_code&) override {
        has_chunk_ = true;
        if (size > limits_.body_bytes - request_->body.size()) too_large_ = true;
    }
    std::size_t on_chunk_body_impl(std::uint64_t, BeastView body, error_code&) override {
        request_->body.append(body.data(), body.size());
        return body.size();
    }
    void on_finish_impl(error_code&) override {}

    http::Request* request_;
    ServerLimits limits_;
    bool in_trailers_ = false;  ///< Every line from here on is one.
    bool has_transfer_encoding_ = false;
    bool has_host_ = false;
    bool expects_continue_ = false;
    bool has_chunk_ = false;
    bool too_large_ = false;
};

Malformed to_malformed(const error_code& ec) {
    using beast_http::error;
    if (ec == error::header_limit) return Malformed::headers_too_large;
    for (const error framing : {error::bad_content_length, error::multiple_content_length, error::bad_transfer_encoding,
                                error::bad_chunk, error::bad_chunk_extension}) {
        if (ec == framing) return Malformed::bad_framing;
    }
    return Malformed::garbage;
}

/// The shortest end of a chunked body.
constexpr std::string_view kShortestEnd = "0\r\n\r\n";

/// Whether the first chunk may be the last. Once Beast has seen the size of that one it insists on being given as many
/// bytes again as the shortest end has.
bool may_begin_shortest_end(std::string_view bytes) {
    return bytes.size() < kShortestEnd.size() && bytes.starts_with('0');
}

/// Empty lines that may stand before a request line (RFC 9112, 2.2).
std::size_t count_leading_line_ends(std::string_view bytes) {
    std::size_t count = 0;
    while (bytes.substr(count, 2) == "\r\n") count += 2;
    return count;
}

}  // namespace

class RequestParser::Reader {
  public:
    explicit Reader(ServerLimits limits) : limits_(limits) { reset(); }

    void reset() {
        request_ = {};
        message_.emplace(request_, limits_);
        head_size_ = 0;
        body_left_ = 0;
        fault_.reset();
        started_ = false;
        too_large_ = false;
        limited_ = true;
    }

    std::size_t feed(std::string_view bytes) {
        const std::size_t skipped = started_ ? 0 : count_leading_line_ends(bytes);
        bytes.remove_prefix(skipped);
        // A lone CR may be the first half of an empty line.
        if (bytes.empty() || (!started_ && bytes == "\r")) return skipped;
        started_ = true;
        return skipped + (message_->is_header_done() ? feed_chunks(bytes) : feed_head(bytes));
    }

    void lift_body_limit() { limited_ = false; }
    void body_arrived(std::size_t size) { body_left_ -= size; }

    bool started() const { return started_; }
    bool head_done() const { return message_->is_header_done(); }
    bool done() const {
        return !fault() && head_done() && body_left_ == 0 && (message_->is_done() || !message_->chunked());
    }
    std::optional<Malformed> fault() const {
        if (!fault_ && limited_ && (too_large_ || message_->too_large())) return Malformed::body_too_large;
        return fault_;
    }
    std::size_t body_left() const { return body_left_; }
    bool expects_continue() const { return message_->expects_continue() && request_.minor_version == 1; }
    bool keep_alive() const { return message_->keep_alive(); }
    http::Request& request() { return request_; }

  private:
    std::size_t put(std::string_view bytes) {
        error_code ec;
        const std::size_t used = message_->put({bytes.data(), bytes.size()}, ec);
        if (ec && ec != beast_http::error::need_more) fault_ = to_malformed(ec);
        return used;
    }

    std::size_t feed_head(std::string_view bytes) {
        message_->eager(false);  // stop behind the header lines, where a body of known length leaves the parser
        std::size_t used = 0;
        while (!fault_ && !message_->is_header_done()) {
            const std::size_t step = put(bytes.substr(used));
            used += step;
            if (step == 0) break;
        }
        head_size_ += used;
        const std::size_t waiting = message_->is_header_done() ? 0 : bytes.size() - used;
        if (head_size_ + waiting > limits_.header_bytes) fault_ = Malformed::headers_too_large;
        if (fault_ || !message_->is_header_done()) return used;
        begin_body();
        return message_->chunked() ? used + feed_chunks(bytes.substr(used)) : used;
    }

    void begin_body() {
        message_->eager(true);
        const std::uint64_t length = message_->content_length().value_or(0);
        body_left_ = static_cast<std::size_t>(length);
        too_large_ = length > limits_.body_bytes;
        if (!too_large_) request_.body.reserve(body_left_);
    }

    std::size_t feed_chunks(std::string_view bytes) {
        std::size_t used = 0;
        while (!fault() && !message_->is_done() && used < bytes.size()) {
            if (!message_->has_chunk() && may_begin_shortest_end(bytes.substr(used))) break;
            const std::size_t step = put(bytes.substr(used));
            used += step;
            if (step == 0) break;
        }
        // What waits is a chunk's size line or the trailers.
        if (!fault_ && !message_->is_done() && bytes.size() - used > limits_.header_bytes) {
            fault_ = Malformed::headers_too_large;
        }
        return used;
    }

    ServerLimits limits_;
    http::Request request_;
    std::optional<MessageParser> message_;
    std::size_t head_size_ = 0;
    std::size_t body_left_ = 0;
    std::optional<Malformed> fault_;
    bool started_ = false;
    bool too_large_ = false;  ///< By its Content-Length.
    bool limited_ = true;     ///< As long as the body gathers here.
};

RequestParser::RequestParser(ServerLimits limits) : reader_(std::make_unique<Reader>(limits)) {}
RequestParser::~RequestParser() = default;

void RequestParser::reset() {
    reader_->reset();
}

std::size_t RequestParser::feed(std::string_view bytes) {
    return reader_->feed(bytes);
}

void RequestParser::lift_body_limit() {
    reader_->lift_body_limit();
}

void RequestParser::body_arrived(std::size_t size) {
    reader_->body_arrived(size);
}

bool RequestParser::started() const {
    return reader_->started();
}

bool RequestParser::head_done() const {
    return reader_->head_done();
}

bool RequestParser::done() const {
    return reader_->done();
}

std::optional<Malformed> RequestParser::fault() const {
    return reader_->fault();
}

std::size_t RequestParser::body_left() const {
    return reader_->body_left();
}

bool RequestParser::expects_continue() const {
    return reader_->expects_continue();
}

bool RequestParser::keep_alive() const {
    return reader_->keep_alive();
}

http::Request& RequestParser::request() {
    return reader_->request();
}

}  // namespace understudy::net
