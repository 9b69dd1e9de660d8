#include "emulator/net/response_head.hpp"

#include <algorithm>

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

void append_safe(std::string& out, std::string_view text) {
    const auto begin = out.size();
    out += text;
    std::replace_if(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end(), breaks_line, ' ');
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
    append_safe(out, name);
    out += ": ";
    append_safe(out, value);
    out += "\r\n";
}

bool may_have_length(int status) {
    return status >= 200 && status != 204;
}

/// Writes the lines that the reply's own headers did not bring.
class MissingLines {
  public:
    MissingLines(const http::Response& response, const Framing& framing) : response_(response), framing_(framing) {}

    void append_own(std::string& out, http::HeaderLine line) {
        if (http::same_name(line.name, "Transfer-Encoding")) return;
        if (http::same_name(line.name, "Content-Length")) {
            // The reply to HEAD and a 304 may speak of a body that is not at hand.
            const bool kept = framing_.head_request || response_.status == 304;
            if (!has_length_ && may_have_length(response_.status)) {
                append_line(out, line.name, kept ? line.value : std::to_string(response_.body.size()));
            }
            has_length_ = true;
            return;
        }
        if (http::same_name(line.name, "Connection")) {
            has_connection_ = true;
            if (has_token(line.value, "keep-alive") && !framing_.keep_alive) line.value = "close";
        }
        append_line(out, line.name, line.value);
    }

    void append_rest(std::string& out) const {
        if (!has_length_ && may_have_length(response_.status) && response_.status != 304) {
            append_line(out, "Content-Length", std::to_string(response_.body.size()));
        }
        if (has_connection_) return;
        if (!framing_.keep_alive) append_line(out, "Connection", "close");
        if (framing_.keep_alive && framing_.minor_version == 0) append_line(out, "Connection", "keep-alive");
    }

  private:
    const http::Response& response_;
    const Framing& framing_;
    bool has_length_ = false;
    bool has_connection_ = false;
};

}  // namespace

bool asks_to_close(const http::Response& response) {
    return std::ranges::any_of(response.headers, [](http::HeaderLine line) {
        return http::same_name(line.name, "Connection") && has_token(line.value, "close");
    });
}

bool carries_body(const http::Response& response, const Framing& framing) {
    return !framing.head_request && may_have_length(response.status) && response.status != 304;
}

std::string render_head(const http::Response& response, const Framing& framing) {
    std::string out;
    out.reserve(512);
    out += "HTTP/1.1 ";
    out += std::to_string(response.status);
    out += ' ';
    out += http::reason_phrase(response.status);
    out += "\r\n";
    MissingLines lines(response, framing);
    for (const http::HeaderLine line : response.headers) lines.append_own(out, line);
    lines.append_rest(out);
    out += "\r\n";
    return out;
}

}  // namespace understudy::net
