#include "tests/emulator/net/http2_client.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <nghttp2/nghttp2.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace understudy::net {

struct Http2Client::Callbacks {
    static Http2Client& self(void* user) { return *static_cast<Http2Client*>(user); }
    static int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name, std::size_t name_size,
                         const std::uint8_t* value, std::size_t value_size, std::uint8_t, void* user) {
        self(user).answers_[frame->hd.stream_id].headers.emplace_back(
            std::string(reinterpret_cast<const char*>(name), name_size),
            std::string(reinterpret_cast<const char*>(value), value_size));
        return 0;
    }
    static int on_data(nghttp2_session* session, std::uint8_t, std::int32_t id, const std::uint8_t* bytes,
                       std::size_t size, void* user) {
        Http2Client& client = self(user);
        client.answers_[id].body.append(reinterpret_cast<const char*>(bytes), size);
        if (client.taking_) {
            nghttp2_session_consume(session, id, size);
        } else {
            client.unconsumed_[id] += static_cast<std::int32_t>(size);
        }
        return 0;
    }
    static int on_stream_close(nghttp2_session*, std::int32_t id, std::uint32_t error, void* user) {
        self(user).answers_[id].closed = true;
        self(user).answers_[id].error = error;
        return 0;
    }
    static int on_frame(nghttp2_session*, const nghttp2_frame* frame, void* user) {
        if (frame->hd.type == NGHTTP2_GOAWAY) self(user).goaway_ = true;
        return 0;
    }
    static ssize_t read_body(nghttp2_session*, std::int32_t id, std::uint8_t* to, std::size_t room,
                             std::uint32_t* flags, nghttp2_data_source*, void* user) {
        std::string& body = self(user).bodies_[id];
        const std::size_t size = std::min(room, body.size());
        std::copy_n(body.data(), size, to);
        body.erase(0, size);
        if (body.empty()) *flags |= NGHTTP2_DATA_FLAG_EOF;
        return static_cast<ssize_t>(size);
    }
};

std::string Http2Client::Answer::header(const std::string& name) const {
    const auto line = std::ranges::find(headers, name, &std::pair<std::string, std::string>::first);
    return line == headers.end() ? "(absent)" : line->second;
}

Http2Client::Http2Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{20, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    nghttp2_session_callbacks* callbacks = nullptr;
    nghttp2_session_callbacks_new(&callbacks);
    nghttp2_session_callbacks_set_on_header_callback(callbacks, &Callbacks::on_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, &Callbacks::on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, &Callbacks::on_stream_close);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, &Callbacks::on_frame);
    nghttp2_option* option = nullptr;
    nghttp2_option_new(&option);
    nghttp2_option_set_no_auto_window_update(option, 1);
    nghttp2_session_client_new2(&session_, callbacks, this, option);
    nghttp2_option_del(option);
    nghttp2_session_callbacks_del(callbacks);
    nghttp2_submit_settings(session_, NGHTTP2_FLAG_NONE, nullptr, 0);
}

Http2Client::~Http2Client() {
    nghttp2_session_del(session_);
    close();
}

std::int32_t Http2Client::ask(const std::string& method, const std::string& path, const Lines& lines,
                              const std::string& body) {
    Lines all{{":method", method}, {":scheme", "http"}, {":authority", "host"}, {":path", path}};
    all.insert(all.end(), lines.begin(), lines.end());
    std::vector<nghttp2_nv> pairs;
    for (auto& [name, value] : all) {
        pairs.push_back({reinterpret_cast<std::uint8_t*>(name.data()), reinterpret_cast<std::uint8_t*>(value.data()),
                         name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    }
    nghttp2_data_provider provider{};
    provider.read_callback = &Callbacks::read_body;
    const auto stream = nghttp2_submit_request(session_, nullptr, pairs.data(), pairs.size(),
                                               body.empty() ? nullptr : &provider, nullptr);
    bodies_[stream] = body;
    flush();
    return stream;
}

void Http2Client::flush() {
    const std::uint8_t* bytes = nullptr;
    ssize_t size = 0;
    while ((size = nghttp2_session_mem_send(session_, &bytes)) > 0) {
        send_raw({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
    }
}

void Http2Client::send_raw(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto size = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (size <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
}

bool Http2Client::read_once() {
    std::array<std::uint8_t, 65536> bytes;
    const auto size = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (size <= 0) return false;
    if (nghttp2_session_mem_recv(session_, bytes.data(), static_cast<std::size_t>(size)) < 0) return false;
    flush();
    return true;
}

const Http2Client::Answer& Http2Client::wait_closed(std::int32_t stream) {
    while (!answers_[stream].closed && read_once()) {
    }
    EXPECT_TRUE(answers_[stream].closed) << "stream " << stream << " was never closed";
    return answers_[stream];
}

const Http2Client::Answer& Http2Client::wait_body(std::int32_t stream, std::size_t size) {
    while (answers_[stream].body.size() < size && read_once()) {
    }
    EXPECT_GE(answers_[stream].body.size(), size);
    return answers_[stream];
}

void Http2Client::reset(std::int32_t stream) {
    nghttp2_submit_rst_stream(session_, NGHTTP2_FLAG_NONE, stream, NGHTTP2_CANCEL);
    flush();
}

bool Http2Client::wait_goaway() {
    while (!goaway_ && read_once()) {
    }
    return goaway_;
}

void Http2Client::close() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

void Http2Client::take_data(bool taken) {
    taking_ = taken;
    if (!taking_) return;
    for (const auto& [id, size] : std::exchange(unconsumed_, {})) {
        nghttp2_session_consume(session_, id, static_cast<std::size_t>(size));
    }
    flush();
}

}  // namespace understudy::net
