#include "tools/grpc/http2_client.hpp"

#include "proto/wire/grpc_status.hpp"
#include "tools/grpc/timed_connection.hpp"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::grpc {
namespace {

using std::chrono::milliseconds;

/// What a reset stream is to gRPC (PROTOCOL-HTTP2.md, "HTTP2 Transport Mapping", "Errors").
wire::Code to_code(std::uint32_t error) {
    switch (error) {
        case NGHTTP2_REFUSED_STREAM:
            return wire::Code::unavailable;
        case NGHTTP2_CANCEL:
            return wire::Code::canceled;
        case NGHTTP2_ENHANCE_YOUR_CALM:
            return wire::Code::resource_exhausted;
        case NGHTTP2_INADEQUATE_SECURITY:
            return wire::Code::permission_denied;
        default:
            return wire::Code::internal;
    }
}

source::Problem no_reply(const std::string& authority, const std::string& why) {
    return {source::ProblemCode::unreadable, "no reply from " + authority + " over HTTP/2: " + why};
}

/// One request and what has come of its reply.
class Exchange {
  public:
    Exchange(const std::string& authority, const wire::HttpRequest& request, std::size_t most)
        : authority_(authority), body_(request.body), most_(most) {
        open_session();
        submit(request);
    }
    ~Exchange() { nghttp2_session_del(session_); }
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    source::Result<wire::HttpReply> run(const TimedConnection& socket, milliseconds limit);

  private:
    struct Callbacks;

    void open_session();
    void submit(const wire::HttpRequest& request);
    TimedConnection::Outcome flush(const TimedConnection& socket);
    source::Problem to_problem(TimedConnection::Outcome outcome, milliseconds limit) const;
    wire::HttpReply end_with(const wire::Status& status);
    wire::HttpReply take();

    std::string authority_;
    nghttp2_session* session_ = nullptr;
    const std::string& body_;
    std::size_t sent_ = 0;  ///< Of the body.
    std::size_t most_;
    wire::HttpReply reply_{.status = 0};
    bool headers_ended_ = false;
    bool closed_ = false;
    bool too_large_ = false;
    int refusal_ = 0;  ///< nghttp2's, of the request.
    std::uint32_t error_ = 0;
};

struct Exchange::Callbacks {
    static Exchange& self(void* user) { return *static_cast<Exchange*>(user); }
    static int on_header(nghttp2_session*, const nghttp2_frame*, const std::uint8_t* name, std::size_t name_size,
                         const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* user) {
        const std::string_view key(reinterpret_cast<const char*>(name), name_size);
        const std::string_view text(reinterpret_cast<const char*>(value), value_size);
        auto& exchange = self(user);
        if (key == ":status") {
            std::from_chars(text.data(), text.data() + text.size(), exchange.reply_.status);
            return 0;
        }
        (exchange.headers_ended_ ? exchange.reply_.trailers : exchange.reply_.headers).emplace_back(key, text);
        return 0;
    }
    static int on_frame(nghttp2_session*, const nghttp2_frame* frame, void* user) {
        constexpr int kInterim = 200;
        auto& exchange = self(user);
        const bool ends = frame->hd.type == NGHTTP2_HEADERS && exchange.reply_.status >= kInterim;
        exchange.headers_ended_ = exchange.headers_ended_ || ends;
        return 0;
    }
    static int on_data(nghttp2_session*, std::uint8_t, std::int32_t, const std::uint8_t* bytes, std::size_t size,
                       void* user) {
        auto& exchange = self(user);
        exchange.too_large_ = exchange.too_large_ || size > exchange.most_ - exchange.reply_.body.size();
        if (!exchange.too_large_) exchange.reply_.body.append(reinterpret_cast<const char*>(bytes), size);
        return 0;
    }
    static int on_close(nghttp2_session*, std::int32_t, std::uint32_t error, void* user) {
        self(user).closed_ = true;
        self(user).error_ = error;
        return 0;
    }
    static int on_not_sent(nghttp2_session*, const nghttp2_frame* frame, int error, void* user) {
        if (frame->hd.type == NGHTTP2_HEADERS) self(user).refusal_ = error;
        return 0;
    }
    static ssize_t read_body(nghttp2_session*, std::int32_t, std::uint8_t* to, std::size_t room, std::uint32_t* flags,
                             nghttp2_data_source*, void* user) {
        auto& exchange = self(user);
        const auto size = std::min(room, exchange.body_.size() - exchange.sent_);
        std::copy_n(exchange.body_.data() + exchange.sent_, size, to);
        exchange.sent_ += size;
        if (exchange.sent_ == exchange.body_.size()) *flags |= NGHTTP2_DATA_FLAG_EOF;
        return static_cast<ssize_t>(size);
    }
};

void Exchange::open_session() {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, &Callbacks::on_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, &Callbacks::on_frame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, &Callbacks::on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, &Callbacks::on_close);
    nghttp2_session_callbacks_set_on_frame_not_send_callback(callbacks, &Callbacks::on_not_sent);
    nghttp2_session_client_new(&session_, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
}

void Exchange::submit(const wire::HttpRequest& request) {
    const auto is_host = [](const auto& line) { return wire::same_name(line.first, "host"); };
    const auto host = std::ranges::find_if(request.headers, is_host);
    wire::Metadata lines{{":method", request.method},
                         {":scheme", "http"},
                         {":authority", host == request.headers.end() ? authority_ : host->second},
                         {":path", request.target}};
    for (const auto& line : request.headers) {
        if (!is_host(line)) lines.emplace_back(wire::to_lower_name(line.first), line.second);
    }
    std::vector<nghttp2_nv> pairs;
    for (auto& [name, value] : lines) {
        pairs.push_back({reinterpret_cast<std::uint8_t*>(name.data()), reinterpret_cast<std::uint8_t*>(value.data()),
                         name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    }
    nghttp2_data_provider provider{};
    provider.read_callback = &Callbacks::read_body;
    refusal_ = std::min(0, nghttp2_submit_request(session_, nullptr, pairs.data(), pairs.size(),
                                                  body_.empty() ? nullptr : &provider, nullptr));
}

TimedConnection::Outcome Exchange::flush(const TimedConnection& socket) {
    const std::uint8_t* bytes = nullptr;
    ssize_t size = 0;
    while ((size = nghttp2_session_mem_send(session_, &bytes)) > 0) {
        const auto sent = socket.send({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
        if (sent != TimedConnection::Outcome::done) return sent;
    }
    return size < 0 ? TimedConnection::Outcome::closed : TimedConnection::Outcome::done;
}

source::Problem Exchange::to_problem(TimedConnection::Outcome outcome, milliseconds limit) const {
    const bool late = outcome == TimedConnection::Outcome::late;
    return no_reply(authority_,
                    late ? "not within " + std::to_string(limit.count()) + " ms" : "the connection was closed");
}

wire::HttpReply Exchange::end_with(const wire::Status& status) {
    constexpr int kOk = 200;
    return {.status = kOk,
            .headers = {{"content-type", "application/grpc"}},
            .body = {},
            .trailers = wire::to_grpc_status(status)};
}

wire::HttpReply Exchange::take() {
    if (too_large_) {
        return end_with(
            {wire::Code::resource_exhausted, "the reply's body has more than " + std::to_string(most_) + " bytes"});
    }
    if (error_ == NGHTTP2_NO_ERROR || wire::find_grpc_status(reply_.trailers)) return std::move(reply_);
    return end_with({to_code(error_), std::string("the stream was reset: ") + nghttp2_http2_strerror(error_)});
}

source::Result<wire::HttpReply> Exchange::run(const TimedConnection& socket, milliseconds limit) {
    std::array<std::uint8_t, 65536> bytes;
    while (!closed_ && !too_large_) {
        const auto sent = flush(socket);
        if (refusal_ != 0)
            return no_reply(authority_, std::string("the request cannot be sent: ") + nghttp2_strerror(refusal_));
        if (sent != TimedConnection::Outcome::done) return to_problem(sent, limit);
        const auto received = socket.receive(bytes);
        if (received.outcome != TimedConnection::Outcome::done) return to_problem(received.outcome, limit);
        const auto read = nghttp2_session_mem_recv(session_, bytes.data(), received.size);
        if (read < 0) return no_reply(authority_, "this is no HTTP/2");
    }
    return take();
}

}  // namespace

source::Result<wire::HttpReply> exchange_http2(const std::string& authority, const wire::HttpRequest& request,
                                               milliseconds limit, std::size_t most) {
    const auto socket = TimedConnection::connect(authority, TimedConnection::Clock::now() + limit);
    if (!socket) return socket.error();
    return Exchange(authority, request, most).run(*socket, limit);
}

}  // namespace understudy::grpc
