#include "tools/replay/archive.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/record/instant.hpp"
#include "tools/replay/subject.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace understudy::replay {
namespace {

/// A URL in two: what stands before the path, without the scheme, and the rest without its fragment. One that is none
/// of HTTP is a target as a whole, without the data that it may hold.
struct Address {
    std::string host;
    std::string target = "/";
};
Address split(std::string url) {
    url.resize(std::min(url.find('#'), url.size()));
    const std::size_t scheme = url.find("://");
    const std::string_view name = std::string_view(url).substr(0, url.find_first_of(":/?"));
    const bool is_other =
        scheme == std::string::npos ? name == "data" || name == "about" || name == "blob" : !is_scheme_of_http(name);
    if (is_other) return {{}, url.substr(0, url.find(','))};
    const std::size_t begin = scheme == std::string::npos ? 0 : scheme + 3;
    const std::size_t end = std::min(url.find_first_of("/?", begin), url.size());
    Address address{url.substr(begin, end - begin)};
    if (end < url.size()) address.target = url[end] == '/' ? url.substr(end) : '/' + url.substr(end);
    return address;
}

std::string front_of(std::string_view host) {
    if (host.find(".lambda-url.") != std::string_view::npos) return "url";
    return host.find(".elb.") != std::string_view::npos ? "alb" : "http";
}

bool is_of_coding(std::string_view name) {
    constexpr std::array<std::string_view, 3> kNames = {"content-encoding", "content-length", "transfer-encoding"};
    return std::ranges::any_of(kNames, [&](std::string_view coding) { return http::same_name(coding, name); });
}

enum class Lines : std::uint8_t { all, without_codings };

http::Headers read_headers(const JsonView& message, Lines lines) {
    http::Headers headers;
    const auto list = message.find("headers");
    if (!list) return headers;
    for (const JsonView& line : list->items()) {
        const std::string name = line.text_of("name");
        if (name.empty() || name.front() == ':') continue;
        if (lines == Lines::all || !is_of_coding(name)) headers.add(name, line.text_of("value"));
    }
    return headers;
}

/// How long an archive says that a body is; -1 where it does not say.
std::int64_t read_size(const JsonView& parent, std::string_view name) {
    const std::string text = parent.text_of(name);
    std::int64_t size = -1;
    std::from_chars(text.data(), text.data() + text.size(), size);
    return size;
}

/// A body that is a text, or base64 that says so; nullopt where the archive did not keep it: `text` is optional.
std::optional<std::string> read_body(const std::optional<JsonView>& content, std::int64_t size) {
    std::string text = content ? content->text_of("text") : "";
    if (text.empty()) {
        const bool is_told = !content || content->find("text");
        return size == 0 || (size < 0 && is_told) ? std::optional(text) : std::nullopt;
    }
    if (content->text_of("encoding") != "base64") return text;
    return http::parse_base64(text).value_or(std::move(text));
}

/// Whether a response has no body, whatever size it says.
bool has_no_body(std::string_view method, std::string_view status) {
    return method == "HEAD" || status == "204" || status == "304";
}

/// Whether it is one that a reply can have. A request that was given up, or blocked, has the status 0, or -1.
bool is_status(std::string_view text) {
    int status = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), status);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && status >= 100 && status <= 599;
}

/// `HTTP/1.1`, also where the archive says `h2` or `http/2.0`.
std::string version_of(const JsonView& message) {
    const std::string version = message.text_of("httpVersion");
    return version == "HTTP/1.0" || version == "http/1.0" ? "HTTP/1.0" : "HTTP/1.1";
}

void add_missing(record::Exchange& exchange, std::string_view what) {
    exchange.missing += (exchange.missing.empty() ? "" : "; ") + std::string(what);
}

void read_request(const JsonView& request, const Address& address, record::Exchange& exchange) {
    record::HttpMessage message;
    message.start_line = request.text_of("method") + ' ' + address.target + ' ' + version_of(request);
    const http::Headers headers = read_headers(request, Lines::all);
    if (!address.host.empty() && !headers.contains("Host")) message.headers.add("Host", address.host);
    for (const http::HeaderLine line : headers) message.headers.add(line.name, line.value);
    if (auto body = read_body(request.find("postData"), read_size(request, "bodySize")))
        message.body = std::move(*body);
    else
        add_missing(exchange, "the request's body");
    exchange.request = std::move(message);
}

void read_response(const JsonView& response, std::string_view method, record::Exchange& exchange) {
    const std::string status = response.text_of("status");
    if (!is_status(status)) return add_missing(exchange, "the response");
    if (status == "101") return add_missing(exchange, "what was said in another protocol");
    record::HttpMessage message;
    message.start_line = version_of(response) + ' ' + status + ' ' + response.text_of("statusText");
    message.headers = read_headers(response, Lines::without_codings);
    const auto content = response.find("content");
    const auto size = content ? read_size(*content, "size") : -1;
    auto body = has_no_body(method, status) ? std::string()
                                            : read_body(content, size < 0 ? read_size(response, "bodySize") : size);
    if (!body) return add_missing(exchange, "the response's body");
    message.body = std::move(*body);
    exchange.response = std::move(message);
}

record::Exchange read_entry(const JsonView& entry, const JsonView& request, std::string id) {
    record::Exchange exchange{.id = std::move(id)};
    const Address address = split(request.text_of("url"));
    exchange.front = front_of(address.host);
    exchange.started = record::parse_instant(entry.text_of("startedDateTime")).value_or(std::chrono::microseconds(0));
    read_request(request, address, exchange);
    if (const auto response = entry.find("response"))
        read_response(*response, request.text_of("method"), exchange);
    else
        add_missing(exchange, "the response");
    // What is sent is compared with the response: a part of an exchange is none.
    if (!exchange.missing.empty()) exchange.response.reset();
    const std::string time = entry.text_of("time");
    double milliseconds = 0;
    const auto read = std::from_chars(time.data(), time.data() + time.size(), milliseconds);
    if (read.ec == std::errc() && milliseconds > 0 && milliseconds < 4'000'000)
        exchange.total_us = static_cast<std::uint32_t>(milliseconds * 1000);
    return exchange;
}

}  // namespace

std::vector<record::Exchange> read_archive(const JsonView& entries, std::string_view name) {
    std::vector<record::Exchange> exchanges;
    std::size_t number = 0;
    for (const JsonView& entry : entries.items()) {
        ++number;
        const auto request = entry.find("request");
        if (request) exchanges.push_back(read_entry(entry, *request, std::string(name) + '#' + std::to_string(number)));
    }
    return exchanges;
}

}  // namespace understudy::replay
