#include "emulator/net/response_head.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstring>
#include <system_error>

namespace understudy::net {
namespace {

bool has_token(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const auto comma = std::min(list.find(','), list.size());
        std::string_view item = list.substr(0, comma);
        const auto first = item.find_first_not_of(" \t");
        if (first != std::string_view::npos) {
            item = item.substr(first, item.find_last_not_of(" \t") - first + 1);
            if (http::same_name(item, token)) return true;
        }
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
    return false;
}

bool breaks_line(char c) {
    return c == '\r' || c == '\n' || c == '\0';
}

/// Lines, written one behind the other into room for all of them. Precondition: no more is put than there is room.
class Lines {
  public:
    /// `room`: bytes that the lines take at most.
    explicit Lines(std::size_t room) : text_(room, '\0'), to_(text_.data()) {}

    void put(std::string_view part) {
        assert(part.size() <= text_.size() - static_cast<std::size_t>(to_ - text_.data()));
        if (part.empty()) return;
        std::memcpy(to_, part.data(), part.size());
        to_ += part.size();
    }
    void put_line(std::string_view name, std::string_view value) {
        put(name);
        put(": ");
        put(value);
        put("\r\n");
    }
    std::string take() && {
        text_.resize(static_cast<std::size_t>(to_ - text_.data()));
        return std::move(text_);
    }

  private:
    std::string text_;
    char* to_;
};

/// What a status line takes at most, and the lines that `MissingLines` adds.
constexpr std::size_t kOwnLines = 256;

/// The same headers without what would end a line in its midst.
http::Headers to_whole_lines(const http::Headers& headers) {
    const auto mend = [](std::string_view text) {
        std::string mended(text);
        std::ranges::replace_if(mended, breaks_line, ' ');
        return mended;
    };
    http::Headers whole;
    for (const http::HeaderLine line : headers) whole.add(mend(line.name), mend(line.value));
    return whole;
}

template <class Append>
void for_each_line(const http::Headers& headers, Append append) {
    if (headers.break_lines()) return for_each_line(to_whole_lines(headers), append);
    for (const http::HeaderLine line : headers) append(line);
}

bool may_have_length(int status) {
    return status >= 200 && status != 204;
}

/// Writes the lines that the reply's own headers did not bring.
class MissingLines {
  public:
    MissingLines(const http::Response& response, const Framing& framing, std::optional<BodyEnd> stream_end)
        : response_(response), framing_(framing), stream_end_(stream_end) {}

    void put_own(Lines& out, http::HeaderLine line) {
        if (http::same_name(line.name, "Transfer-Encoding")) return;
        if (http::same_name(line.name, "Content-Length")) {
            // The reply to HEAD and a 304 may speak of a body that is not at hand.
            const bool kept = framing_.head_request || response_.status == 304 || stream_end_ == BodyEnd::length;
            if (!has_length_ && may_have_length(response_.status) && may_state_length()) {
                out.put_line(line.name, kept ? line.value : std::to_string(response_.body.size()));
            }
            has_length_ = true;
            return;
        }
        if (http::same_name(line.name, "Connection")) {
            has_connection_ = true;
            if (has_token(line.value, "keep-alive") && !framing_.keep_alive) line.value = "close";
        }
        out.put_line(line.name, line.value);
    }

    void put_rest(Lines& out) const {
        if (stream_end_ == BodyEnd::chunked) out.put_line("Transfer-Encoding", "chunked");
        if (!has_length_ && may_have_length(response_.status) && response_.status != 304 && !stream_end_) {
            out.put_line("Content-Length", std::to_string(response_.body.size()));
        }
        if (has_connection_) return;
        if (!framing_.keep_alive) out.put_line("Connection", "close");
        if (framing_.keep_alive && framing_.minor_version == 0) out.put_line("Connection", "keep-alive");
    }

  private:
    bool may_state_length() const {
        return !stream_end_ || stream_end_ == BodyEnd::length || stream_end_ == BodyEnd::no_body;
    }

    const http::Response& response_;
    const Framing& framing_;
    std::optional<BodyEnd> stream_end_;  ///< None: the body is whole.
    bool has_length_ = false;
    bool has_connection_ = false;
};

std::string render_lines(const http::Response& response, const Framing& framing, std::optional<BodyEnd> stream_end) {
    Lines out(kOwnLines + response.headers.most_written());
    out.put("HTTP/1.1 ");
    out.put(std::to_string(response.status));
    out.put(" ");
    out.put(http::reason_phrase(response.status));
    out.put("\r\n");
    MissingLines missing(response, framing, stream_end);
    for_each_line(response.headers, [&](const http::HeaderLine& line) { missing.put_own(out, line); });
    missing.put_rest(out);
    out.put("\r\n");
    return std::move(out).take();
}

}  // namespace

bool lists_token(const http::Headers& headers, std::string_view name, std::string_view token) {
    return std::ranges::any_of(headers, [&](http::HeaderLine line) {
        return http::same_name(line.name, name) && has_token(line.value, token);
    });
}

bool asks_to_close(const http::Response& response) {
    return lists_token(response.headers, "Connection", "close");
}

bool carries_body(const http::Response& response, const Framing& framing) {
    return !framing.head_request && may_have_length(response.status) && response.status != 304;
}

std::string render_head(const http::Response& response, const Framing& framing) {
    return render_lines(response, framing, std::nullopt);
}

std::optional<std::uint64_t> stated_length(const http::Response& head) {
    const auto text = head.headers.first("Content-Length");
    if (!text) return std::nullopt;
    std::uint64_t length = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), length);
    if (error != std::errc() || end != text->data() + text->size()) return std::nullopt;
    return length;
}

BodyEnd choose_body_end(const http::Response& head, const Framing& framing) {
    if (!carries_body(head, framing)) return BodyEnd::no_body;
    if (stated_length(head)) return BodyEnd::length;
    return framing.minor_version == 0 ? BodyEnd::close : BodyEnd::chunked;
}

std::string render_stream_head(const http::Response& head, const Framing& framing, BodyEnd end) {
    return render_lines(head, framing, end);
}

std::string render_last_chunk(const http::Headers& trailers) {
    Lines out(kOwnLines + trailers.most_written());
    out.put("0\r\n");
    for_each_line(trailers, [&](const http::HeaderLine& line) { out.put_line(line.name, line.value); });
    out.put("\r\n");
    return std::move(out).take();
}

}  // namespace understudy::net
