#include "emulator/net/http2_stream.hpp"

#include "emulator/net/http2_connection.hpp"
#include "emulator/net/response_head.hpp"

#include <boost/asio/post.hpp>

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <array>

namespace understudy::net {
namespace {

/// Sent bytes that are kept before the rest is moved to the front.
constexpr std::size_t kMaxSentKept = 1024 * 1024;
/// What a line costs besides its bytes in SETTINGS_MAX_HEADER_LIST_SIZE (RFC 9113, 6.5.2).
constexpr std::size_t kLineCost = 32;

/// Lines that belong to the connection, which HTTP/2 does not have; TE may be there in requests only (RFC 9113, 8.2.2).
bool is_connection_line(std::string_view name) {
    return std::ranges::any_of(
        std::array{"connection", "keep-alive", "proxy-connection", "te", "transfer-encoding", "upgrade"},
        [name](std::string_view line) { return http::same_name(line, name); });
}

/// A name of a reply's line, which no pseudo-header's is.
bool is_field_name(std::string_view name) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(name.data());
    return !name.starts_with(':') && nghttp2_check_header_name(bytes, name.size()) != 0;
}

/// A value as clients take it: without control characters, blanks at its ends (RFC 9113, 8.2.1).
std::string to_field_value(std::string_view value) {
    std::string mended(value);
    std::ranges::replace_if(
        mended, [](unsigned char c) { return (c < 0x20 && c != '\t') || c == 0x7f; }, ' ');
    const auto first = mended.find_first_not_of(" \t");
    if (first == std::string::npos) return {};
    return mended.substr(first, mended.find_last_not_of(" \t") - first + 1);
}

std::string to_lower(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return lower;
}

/// Adds the lines that HTTP/2 can carry; a byte that it cannot becomes a space.
void add_lines(std::vector<std::pair<std::string, std::string>>& out, const http::Headers& headers) {
    for (const http::HeaderLine line : headers) {
        std::string name = to_lower(line.name);
        if (is_connection_line(name) || !is_field_name(name)) continue;
        out.emplace_back(std::move(name), to_field_value(line.value));
    }
}

std::vector<nghttp2_nv> to_pairs(std::vector<std::pair<std::string, std::string>>& lines) {
    std::vector<nghttp2_nv> pairs;
    for (auto& [name, value] : lines) {
        pairs.push_back({reinterpret_cast<std::uint8_t*>(name.data()), reinterpret_cast<std::uint8_t*>(value.data()),
                         name.size(), value.size(), NGHTTP2_NV_FLAG_NONE});
    }
    return pairs;
}

ssize_t read_source(nghttp2_session*, std::int32_t, std::uint8_t* to, std::size_t size, std::uint32_t* flags,
                    nghttp2_data_source* source, void*) {
    return static_cast<Http2Stream*>(source->ptr)->read_body({to, size}, *flags);
}

}  // namespace

void Http2Stream::add_header(std::string_view name, std::string_view value) {
    header_bytes_ += name.size() + value.size() + kLineCost;
    if (header_bytes_ > limits_.header_bytes) fault_ = Malformed::headers_too_large;
    if (fault_ || (in_trailers_ && limits_.trailers == Trailers::dropped)) return;
    if (name == ":method") {
        request_.method = value;
    } else if (name == ":path") {
        request_.target = value;
    } else if (name == ":authority") {
        authority_ = value;
    } else if (name == "cookie") {
        if (cookies_.empty()) lines_.emplace_back(name, "");  // marks the place
        cookies_.append(cookies_.empty() ? "" : "; ").append(value);
    } else if (!name.starts_with(':')) {
        if (name == "expect") expects_continue_ = http::same_name(value, "100-continue");
        lines_.emplace_back(name, value);
    }
}

void Http2Stream::end_headers() {
    in_trailers_ = true;
    head_request_ = request_.method == "HEAD";
    if (request_.target.empty()) request_.target = authority_;  // CONNECT
}

void Http2Stream::add_body(std::string_view bytes) {
    if (fault_) return;
    if (bytes.size() > limits_.body_bytes - request_.body.size()) {
        fault_ = Malformed::body_too_large;
        request_.body = {};
        return;
    }
    request_.body += bytes;
}

void Http2Stream::join_lines() {
    const bool named = !authority_.empty();
    if (named && request_.headers.empty()) request_.headers.add("host", authority_);
    for (const auto& [name, value] : lines_) {
        if (named && name == "host") continue;
        request_.headers.add(name, name == "cookie" ? std::string_view(cookies_) : std::string_view(value));
    }
    lines_ = {};
}

bool Http2Stream::awaits_peer() const {
    return !taken_ || answered_;
}

const http::Request* Http2Stream::head() {
    if (!in_trailers_) return nullptr;
    join_lines();
    return &request_;
}

http::Request Http2Stream::take_request() {
    taken_ = true;
    join_lines();
    return std::move(request_);
}

/// Hands status and header lines to nghttp2, which asks for the body as it can send it.
void Http2Stream::submit(const http::Response& head, bool has_body) {
    Lines lines{{":status", std::to_string(head.status)}};
    add_lines(lines, head.headers);
    auto pairs = to_pairs(lines);
    nghttp2_data_provider provider{};
    provider.source.ptr = this;
    provider.read_callback = read_source;
    nghttp2_submit_response(connection_->session(), id_, pairs.data(), pairs.size(), has_body ? &provider : nullptr);
    connection_->flush();
}

void Http2Stream::send(http::Response response) {
    answered_ = true;
    on_gone_ = nullptr;
    if (!connection_) return;
    const Framing framing{true, head_request_, 1};
    const bool has_body = carries_body(response, framing);
    // The rules of a true Content-Length are those of HTTP/1.1; its other lines say nothing here.
    http::Headers headers;
    bool stated = false;
    for (const auto [name, value] : response.headers) {
        if (!http::same_name(name, "Content-Length")) {
            headers.add(name, value);
        } else if (!std::exchange(stated, true) && response.status != 204) {
            headers.add(name, has_body ? std::to_string(response.body.size()) : std::string(value));
        }
    }
    if (!stated && response.status >= 200 && response.status != 204 && response.status != 304) {
        headers.add("content-length", std::to_string(response.body.size()));
    }
    response.headers = std::move(headers);
    body_ = std::move(response.body);
    response.body = {};
    submit(response, has_body && !body_.empty());
}

void Http2Stream::start(http::Response head) {
    if (!connection_) return;
    state_ = State::streaming;
    const bool has_body = carries_body(head, {true, head_request_, 1});
    left_ = has_body ? stated_length(head) : std::optional<std::uint64_t>(0);
    const std::string first(head.body.view());
    submit(head, has_body);
    if (!first.empty()) write(first);
}

void Http2Stream::write(std::string_view bytes) {
    if (state_ != State::streaming || !connection_) return;
    if (left_) {
        bytes = bytes.substr(0, std::min<std::uint64_t>(bytes.size(), *left_));
        *left_ -= bytes.size();
    }
    if (bytes.empty()) return;
    if (sent_ > kMaxSentKept) written_.erase(0, std::exchange(sent_, 0));
    written_ += bytes;
    resume();
}

void Http2Stream::resume() {
    nghttp2_session_resume_data(connection_->session(), id_);
    connection_->flush();
}

std::size_t Http2Stream::backlog() const {
    return state_ == State::streaming && connection_ ? rest().size() : 0;
}

void Http2Stream::watch_drain(std::function<void()> callback) {
    if (state_ != State::streaming || !connection_) return;
    on_drained_ = std::move(callback);
    if (!rest().empty()) return;
    boost::asio::post(connection_->socket().executor(), [self = shared_from_this()] { self->tell_drained(); });
}

void Http2Stream::finish(const http::Headers& trailers) {
    if (state_ != State::streaming) return;
    answered_ = true;
    on_gone_ = nullptr;
    on_drained_ = nullptr;
    state_ = left_.value_or(0) > 0 ? State::aborting : State::finishing;
    if (!connection_) return;
    add_lines(trailers_, trailers);
    resume();
}

void Http2Stream::abort() {
    on_gone_ = nullptr;
    on_drained_ = nullptr;
    if (state_ == State::open) {
        if (!connection_) return;
        nghttp2_submit_rst_stream(connection_->session(), NGHTTP2_FLAG_NONE, id_, NGHTTP2_INTERNAL_ERROR);
        return connection_->flush();
    }
    if (state_ != State::streaming) return;
    answered_ = true;
    state_ = State::aborting;
    if (connection_) resume();
}

std::ptrdiff_t Http2Stream::read_body(std::span<unsigned char> room, std::uint32_t& flags) {
    const std::string_view waiting = rest();
    const std::size_t size = std::min(waiting.size(), room.size());
    std::copy_n(waiting.data(), size, room.data());
    sent_ += size;
    if (size < waiting.size()) return static_cast<std::ptrdiff_t>(size);
    if (state_ == State::streaming) {
        if (size == 0) return NGHTTP2_ERR_DEFERRED;
        written_.clear();
        sent_ = 0;
        if (on_drained_) connection_->tell_when_flushed(shared_from_this());
        return static_cast<std::ptrdiff_t>(size);
    }
    if (state_ == State::aborting) {
        return size == 0 ? static_cast<std::ptrdiff_t>(NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE)
                         : static_cast<std::ptrdiff_t>(size);
    }
    flags |= NGHTTP2_DATA_FLAG_EOF;
    if (!trailers_.empty()) {
        flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
        auto pairs = to_pairs(trailers_);
        nghttp2_submit_trailer(connection_->session(), id_, pairs.data(), pairs.size());
    }
    return static_cast<std::ptrdiff_t>(size);
}

void Http2Stream::watch_peer(std::function<void()> callback) {
    if (!connection_) return callback();
    on_gone_ = std::move(callback);
}

void Http2Stream::tell_gone() {
    if (const auto callback = std::exchange(on_gone_, nullptr)) callback();
    if (const auto callback = std::exchange(on_drained_, nullptr)) callback();
}

void Http2Stream::tell_drained() {
    if (state_ != State::streaming || !connection_ || !rest().empty()) return;
    if (const auto callback = std::exchange(on_drained_, nullptr)) callback();
}

}  // namespace understudy::net
