#include "handler/rpc/proxy_reply.hpp"

#include "handler/rpc/json_text.hpp"
#include "handler/rpc/reply_limit.hpp"
#include "handler/rpc/socket_message.hpp"
#include "proto/wire/base64.hpp"
#include "proto/wire/connect_error.hpp"

#include <algorithm>
#include <vector>

namespace understudy::rpc {
namespace {

/// A name as it was first written, and its values.
using Grouped = std::vector<std::pair<std::string_view, std::vector<std::string_view>>>;

Grouped group(const Reply& reply) {
    Grouped groups;
    for (const auto& [name, value] : reply.headers) {
        const auto found =
            std::ranges::find_if(groups, [&](const auto& entry) { return wire::same_name(entry.first, name); });
        if (found == groups.end())
            groups.push_back({name, {value}});
        else
            found->second.push_back(value);
    }
    return groups;
}

std::string join(const std::vector<std::string_view>& values) {
    std::string text;
    for (const auto value : values) text.append(text.empty() ? "" : ", ").append(value);
    return text;
}

void append_member(std::string& out, std::string_view name) {
    if (out.back() != '{') out.append(",");
    append_json_string(out, name);
    out.append(":");
}

void append_list(std::string& out, const std::vector<std::string_view>& values) {
    char separator = '[';
    for (const auto value : values) {
        out += separator;
        append_json_string(out, value);
        separator = ',';
    }
    out += ']';
}

/// Whether a name belongs into multiValueHeaders.
bool is_listed(const std::vector<std::string_view>& values, Repeats repeats) {
    return repeats == Repeats::lists_only || (repeats == Repeats::lists_beside && values.size() > 1);
}

void append_headers(std::string& out, const Reply& reply, Repeats repeats) {
    const auto groups = group(reply);
    const bool lists =
        std::ranges::any_of(groups, [repeats](const auto& entry) { return is_listed(entry.second, repeats); });
    if (repeats != Repeats::lists_only) {
        out.append(R"(,"headers":{)");
        for (const auto& [name, values] : groups) {
            if (is_listed(values, repeats)) continue;
            append_member(out, name);
            append_json_string(out, join(values));
        }
        out.append("}");
    }
    if (!lists) return;
    out.append(R"(,"multiValueHeaders":{)");
    for (const auto& [name, values] : groups) {
        if (!is_listed(values, repeats)) continue;
        append_member(out, name);
        append_list(out, values);
    }
    out.append("}");
}

Reply refuse_size(std::string method, std::size_t size) {
    wire::Status status(wire::Code::resource_exhausted, "the reply takes " + std::to_string(size) +
                                                            " bytes, and Lambda carries at most " +
                                                            std::to_string(kMostResponseBytes) + "; ask for less");
    Reply reply{.http_status = wire::to_http_status(status.code()),
                .headers = {{"Content-Type", std::string(wire::kConnectJson.name)}},
                .body = wire::render_connect_error(status),
                .form = BodyForm::text,
                .method = std::move(method)};
    reply.status = std::move(status);
    return reply;
}

}  // namespace

std::string render_proxy_reply(const Reply& reply, Repeats repeats) {
    constexpr std::size_t kAroundBody = 1024;
    const bool as_bytes = reply.form == BodyForm::bytes;
    std::string json;
    json.reserve((as_bytes ? reply.body.size() / 3 * 4 : json_string_size(reply.body)) + kAroundBody);
    json.append(R"({"statusCode":)").append(std::to_string(reply.http_status));
    append_headers(json, reply, repeats);
    json.append(R"(,"body":)");
    if (as_bytes) {
        json.append("\"");
        wire::append_base64(json, reply.body);
        json.append(R"(","isBase64Encoded":true})");
    } else {
        append_json_string(json, reply.body);
        json.append(R"(,"isBase64Encoded":false})");
    }
    return json;
}

std::string render_streamed_reply(const Reply& reply) {
    constexpr std::string_view kDelimiter("\0\0\0\0\0\0\0\0", 8);
    std::string stream = R"({"statusCode":)" + std::to_string(reply.http_status);
    append_headers(stream, reply, Repeats::joined);
    stream.reserve(stream.size() + 1 + kDelimiter.size() + reply.body.size());
    return stream.append("}").append(kDelimiter).append(reply.body);
}

Served serve_event(const MethodTable& methods, std::string_view event, Transfer transfer) {
    const auto parsed = parse_event(event);
    if (const auto* socket = std::get_if<SocketEvent>(&parsed)) return serve_socket_event(methods, *socket);
    const auto& request = std::get<ProxyRequest>(parsed);
    Reply reply = methods.answer(request);
    if (transfer == Transfer::streamed)
        return {render_streamed_reply(reply), std::move(reply.method), std::move(reply.status), transfer};
    std::string response = render_proxy_reply(reply, request.repeats);
    if (response.size() > kMostResponseBytes) {
        reply = refuse_size(std::move(reply.method), response.size());
        response = render_proxy_reply(reply, request.repeats);
    }
    return {std::move(response), std::move(reply.method), std::move(reply.status)};
}

}  // namespace understudy::rpc
