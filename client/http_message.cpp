#include "client/http_message.hpp"

#include <strings.h>

#include <algorithm>
#include <array>

namespace understudy::client {
namespace {

bool is_same_name(std::string_view left, std::string_view right) {
    return left.size() == right.size() && strncasecmp(left.data(), right.data(), left.size()) == 0;
}

bool usually_has_body(std::string_view method) {
    constexpr std::array<std::string_view, 3> kMethods{"POST", "PUT", "PATCH"};
    return std::ranges::find(kMethods, method) != kMethods.end();
}

void append_line(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

const std::string* find_header(const HeaderLines& headers, std::string_view name) {
    const auto found =
        std::ranges::find_if(headers, [name](const auto& line) { return is_same_name(line.first, name); });
    return found == headers.end() ? nullptr : &found->second;
}

std::string render_head(const HttpRequest& request, const Url& url) {
    std::string head = request.method + " " + url.base_path + request.target + " HTTP/1.1\r\n";
    if (find_header(request.headers, "Host") == nullptr) append_line(head, "Host", url.authority);
    for (const auto& [name, value] : request.headers) append_line(head, name, value);
    const bool is_framed = find_header(request.headers, "Content-Length") != nullptr ||
                           find_header(request.headers, "Transfer-Encoding") != nullptr;
    if (!is_framed && (!request.body.empty() || usually_has_body(request.method))) {
        append_line(head, "Content-Length", std::to_string(request.body.size()));
    }
    return head.append("\r\n");
}

}  // namespace understudy::client
