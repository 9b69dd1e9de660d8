#include "tools/scenario/invocation.hpp"

#include "emulator/http/base64.hpp"
#include "proto/wire/metadata.hpp"
#include "tools/convert/json_text.hpp"
#include "tools/match/json_value.hpp"

#include <charconv>
#include <utility>
#include <vector>

namespace understudy::scenario {

namespace {

using convert::to_quoted_text;

constexpr int kBadGateway = 502;

std::string render_headers(const http::Headers& headers) {
    std::vector<std::pair<std::string, std::string>> joined;
    for (const auto line : headers) {
        const auto name = wire::to_lower_name(line.name);
        auto found = joined.begin();
        while (found != joined.end() && found->first != name) ++found;
        if (found == joined.end())
            joined.emplace_back(name, line.value);
        else
            found->second.append(",").append(line.value);
    }
    std::string text;
    for (const auto& [name, value] : joined)
        text.append(text.empty() ? "" : ",").append(to_quoted_text(name)).append(":").append(to_quoted_text(value));
    return '{' + text + '}';
}

void add_headers(const match::Value& reply, http::Headers& headers) {
    if (const auto* single = reply.find("headers")) {
        for (const auto& line : single->value.members) headers.add(line.name, line.value.text);
    }
    const auto* lists = reply.find("multiValueHeaders");
    if (lists == nullptr) return;
    for (const auto& line : lists->value.members) {
        for (const auto& value : line.value.items) headers.add(line.name, value.text);
    }
}

}  // namespace

http::Request to_invocation(const http::Request& request, const std::string& function) {
    const auto path = to_quoted_text(request.path());
    std::string body;
    http::append_base64(body, request.body);
    http::Request call;
    call.method = "POST";
    call.target = "/2015-03-31/functions/" + function + "/invocations";
    call.body = R"({"version":"2.0","routeKey":"$default","rawPath":)" + path + R"(,"rawQueryString":)" +
                to_quoted_text(request.query()) + R"(,"headers":)" + render_headers(request.headers) +
                R"(,"requestContext":{"http":{"method":)" + to_quoted_text(request.method) + R"(,"path":)" + path +
                R"(},"stage":"$default"},"body":)" + to_quoted_text(body) + R"(,"isBase64Encoded":true})";
    return call;
}

http::Response from_invocation(const http::Response& reply) {
    if (reply.status >= 300) return reply;
    http::Response failed = reply;
    failed.status = kBadGateway;
    if (reply.headers.contains("X-Amz-Function-Error")) return failed;
    const auto value = match::parse_json(reply.body.view());
    const auto* status = value ? value->find("statusCode") : nullptr;
    http::Response described;
    if (status == nullptr) return failed;
    const auto& digits = status->value.shown;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), described.status);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) return failed;
    add_headers(*value, described.headers);
    const auto* body = value->find("body");
    if (body == nullptr) return described;
    const auto* flag = value->find("isBase64Encoded");
    auto bytes = flag != nullptr && flag->value.shown == "true" ? http::parse_base64(body->value.text)
                                                                : std::optional(body->value.text);
    if (!bytes) return failed;
    described.body = *std::move(bytes);
    return described;
}

}  // namespace understudy::scenario
