#include "tools/grpc/http2_client.hpp"

#include "proto/wire/grpc_status.hpp"

#include <netdb.h>
#include <nghttp2/nghttp2.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::grpc {
namespace {

using Clock = std::chrono::steady_clock;
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

/// The end of a connection to a server.
class Socket {
  public:
    explicit Socket(int descriptor) : descriptor_(descriptor) {}
    ~Socket() { ::close(descriptor_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    bool send(std::string_view bytes) const {
        while (!bytes.empty()) {
            const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// How many bytes came; 0 where none will, nullopt where none did in time.
    std::optional<std::size_t> receive(std::array<std::uint8_t, 65536>& bytes, Clock::time_point until) const {
        const auto left = std::chrono::ceil<milliseconds>(until - Clock::now()).count();
        pollfd waiting{descriptor_, POLLIN, 0};
        if (left <= 0 || ::poll(&waiting, 1, static_cast<int>(left)) <= 0) return std::nullopt;
        const auto size = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
        return size <= 0 ? 0 : static_cast<std::size_t>(size);
    }

  private:
    int descriptor_;
};

source::Problem to_problem(const std::string& authority, const std::string& why) {
    return {source::ProblemCode::unreadable, "no reply from " + authority + " over HTTP/2: " + why};
}

source::Result<int> connect_to(const std::string& authority) {
    const auto colon = authority.rfind(':');
    const auto host = authority.substr(0, colon);
    const auto port = colon == std::string::npos ? std::string("80") : authority.substr(colon + 1);
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), port.c_str(), &wanted, &found); error != 0)
        return to_problem(authority, ::gai_strerror(error));
    int descriptor = -1;
    for (const addrinfo* one = found; one != nullptr && descriptor < 0; one = one->ai_next) {
        descriptor = ::socket(one->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (descriptor >= 0 && ::connect(descriptor, one->ai_addr, one->ai_addrlen) != 0) {
            ::close(descriptor);
            descriptor = -1;
        }
    }
    ::freeaddrinfo(found);
    if (descriptor < 0) return to_problem(authority, "nobody accepts the connection");
    return descriptor;
}

/// One request and what has come of its reply.
class Exchange {
  public:
    Exchange(const std::string& authority, const wire::HttpRequest& request);
    ~Exchange() { nghttp2_session_del(session_); }
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    source::Result<wire::HttpReply> run(const Socket& socket, milliseconds limit);

  private:
    struct Callbacks;

    void submit(const wire::HttpRequest& request);
    bool flush(const Socket& socket);
    wire::HttpReply take();

    std::string authority_;
    nghttp2_session* session_ = nullptr;
    std::string body_;
    wire::HttpReply reply_{.status = 0};
    bool headers_ended_ = false;
    bool closed_ = false;
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
        self(user).reply_.body.append(reinterpret_cast<const char*>(bytes), size);
        return 0;
    }
    static int on_close(nghttp2_session*, std::int32_t, std::uint32_t error, void* user) {
        self(user).closed_ = true;
        self(user).error_ = error;
        return 0;
    }
    static ssize_t read_body(nghttp2_session*, std::int32_t, std::uint8_t* to, std::size_t room, std::uint32_t* flags,
                             nghttp2_data_source*, void* user) {
        std::string& body = self(user).body_;
        const auto size = std::min(room, body.size());
        std::copy_n(body.data(), size, to);
        body.erase(0, size);
        if (body.empty()) *flags |= NGHTTP2_DATA_FLAG_EOF;
        return static_cast<ssize_t>(size);
    }
};

Exchange::Exchange(const std::string& authority, const wire::HttpRequest& request)
    : authority_(authority), body_(request.body) {
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, &Callbacks::on_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, &Callbacks::on_frame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, &Callbacks::on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, &Callbacks::on_close);
    nghttp2_session_client_new(&session_, callbacks, this);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
    submit(request);
}

void Exchange::submit(const wire::HttpRequest& request) {
    wire::Metadata lines{
        {":method", request.method}, {":scheme", "http"}, {":authority", authority_}, {":path", request.target}};
    for (const auto& [name, value] : request.headers) lines.emplace_back(wire::to_lower_name(name), value);
    std::vector<nghttp2_nv> pairs;
    for (auto& [name, value] : lines) {
        pairs.push_back({reinterpret_cast<std::uint8_t*>(name.data()), reinterpret_cast<std::uint8_t*>(value.data()),
                         name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    }
    nghttp2_data_provider provider{};
    provider.read_callback = &Callbacks::read_body;
    nghttp2_submit_request(session_, nullptr, pairs.data(), pairs.size(), body_.empty() ? nullptr : &provider, nullptr);
}

bool Exchange::flush(const Socket& socket) {
    const std::uint8_t* bytes = nullptr;
    ssize_t size = 0;
    while ((size = nghttp2_session_mem_send(session_, &bytes)) > 0) {
        if (!socket.send({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)})) return false;
    }
    return true;
}

wire::HttpReply Exchange::take() {
    if (error_ == NGHTTP2_NO_ERROR || wire::find_grpc_status(reply_.trailers)) return std::move(reply_);
    constexpr int kOk = 200;
    reply_.status = kOk;
    reply_.headers = {{"content-type", "application/grpc"}};
    reply_.trailers =
        wire::to_grpc_status({to_code(error_), std::string("the stream was reset: ") + nghttp2_http2_strerror(error_)});
    return std::move(reply_);
}

source::Result<wire::HttpReply> Exchange::run(const Socket& socket, milliseconds limit) {
    const auto until = Clock::now() + limit;
    std::array<std::uint8_t, 65536> bytes;
    while (!closed_) {
        if (!flush(socket)) return to_problem(authority_, "the connection was closed");
        const auto size = socket.receive(bytes, until);
        if (!size) return to_problem(authority_, "not within " + std::to_string(limit.count()) + " ms");
        if (*size == 0) return to_problem(authority_, "the connection was closed");
        const auto read = nghttp2_session_mem_recv(session_, bytes.data(), *size);
        if (read < 0) return to_problem(authority_, "this is no HTTP/2");
    }
    return take();
}

}  // namespace

source::Result<wire::HttpReply> exchange_http2(const std::string& authority, const wire::HttpRequest& request,
                                               milliseconds limit) {
    const auto descriptor = connect_to(authority);
    if (!descriptor) return descriptor.error();
    const Socket socket(*descriptor);
    return Exchange(authority, request).run(socket, limit);
}

}  // namespace understudy::grpc
