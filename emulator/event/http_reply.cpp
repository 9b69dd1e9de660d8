#include "emulator/event/http_reply.hpp"

#include "emulator/event/proxy_reply.hpp"
#include "emulator/event/reply_fields.hpp"
#include "emulator/event/text.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace understudy::event {
namespace {

using Kind = JsonValue::Kind;

/// Names that the function may not set; unverified [architect/sandbox: invoke-http/http/_res-header-fmt.js].
constexpr std::array<std::string_view, 5> kDropped = {"Connection", "Content-Length", "Date", "Upgrade",
                                                      "Transfer-Encoding"};

/// `x-my-header` as HTTP/1.1 clients get it: `X-My-Header`.
std::string canonical_name(std::string_view name) {
    std::string canonical = to_lower(name);
    for (std::size_t i = 0; i < canonical.size(); ++i) {
        const bool first = i == 0 || canonical[i - 1] == '-';
        if (first && canonical[i] >= 'a' && canonical[i] <= 'z') canonical[i] = static_cast<char>(canonical[i] - 32);
    }
    return canonical;
}

/// What a function that meant another form than the inferred one should know.
std::optional<Finding> find_inferred(const ProxyReply& parsed, std::string_view payload) {
    if (!parsed.is_json && payload.starts_with('{')) {
        return Finding{kHttpInferred, "no-json",
                       "The reply begins like an object and is no JSON (" + parsed.problem + ", at byte " +
                           std::to_string(parsed.bad_offset) + "), so all of it became the body of a 200."};
    }
    const auto has = [&parsed](const JsonValue& value) {
        return parsed.whole.kind == Kind::object && value.kind != Kind::absent;
    };
    if (has(parsed.headers) || has(parsed.body) || has(parsed.multi_value_headers) || has(parsed.is_base64_encoded)) {
        return Finding{kHttpInferred, "",
                       "The reply is an object without statusCode, so all of it became the body of a 200. Add "
                       "statusCode to have its headers and body used."};
    }
    return std::nullopt;
}

/// The form without `statusCode`.
Reply infer(const ProxyReply& parsed, std::string payload) {
    Reply reply;
    if (auto finding = find_inferred(parsed, payload)) reply.findings.push_back(std::move(*finding));
    http::Response response{200, {{"Content-Type", "application/json"}}, {}};
    if (parsed.is_json && parsed.whole.kind == Kind::string) {
        response.body = std::string(parsed.whole.text);
    } else {
        response.body = std::move(payload);
    }
    reply.result = std::move(response);
    return reply;
}

/// Adds the function's headers. Errors: what is wrong.
std::optional<std::string> add_headers(http::Headers& headers, const ProxyReply& parsed) {
    for (const JsonValue& cookie : parsed.cookie_list) {
        if (auto problem = add_reply_header(headers, "Set-Cookie", cookie)) return problem;
    }
    for (const ReplyHeader& header : parsed.header_list) {
        const auto dropped = [&header](auto name) { return http::same_name(name, header.name); };
        if (std::ranges::any_of(kDropped, dropped)) continue;
        if (auto problem = add_reply_header(headers, canonical_name(header.name), header.value)) return problem;
    }
    return std::nullopt;
}

void find_oddities(std::vector<Finding>& findings, const ProxyReply& parsed, bool is_base64, bool has_type) {
    if (is_base64 && !has_type) {
        findings.push_back({kHttpDefaultType, "",
                            "The reply is binary and has no Content-Type, so it left as text/plain; charset=utf-8."});
    }
    if (!parsed.multi_value_headers.is_absent()) {
        findings.push_back({kHttpIgnoredKey, "multiValueHeaders",
                            "multiValueHeaders are no part of payload format 2.0 and were ignored. Join the values "
                            "with commas in headers; cookies have a list of their own."});
    }
    if (parsed.body.kind == Kind::object || parsed.body.kind == Kind::array) {
        findings.push_back(
            {kHttpBodyNotText, "",
             "The reply's body is JSON and not a string. Its text was sent; what AWS does is not known."});
    }
}

Reply render_explicit(const ProxyReply& parsed) {
    const auto status = parse_status(parsed.status_code);
    if (!status) {
        return refuse_reply("statusCode",
                            "The reply's statusCode is no HTTP status: " + std::string(parsed.status_code.text));
    }
    if (!parsed.headers.is_absent() && parsed.headers.kind != Kind::object) {
        return refuse_reply("headers", "The reply's headers are " + std::string(to_words(parsed.headers.kind)) + ".");
    }
    if (!parsed.cookies.is_absent() && parsed.cookies.kind != Kind::array) {
        return refuse_reply("cookies", "The reply's cookies are " + std::string(to_words(parsed.cookies.kind)) + ".");
    }
    const auto is_base64 = parse_flag(parsed.is_base64_encoded);
    if (!is_base64) return refuse_reply("isBase64Encoded", "The reply's isBase64Encoded is neither true nor false.");

    http::Response response{*status, {}, {}};
    if (auto problem = add_headers(response.headers, parsed)) return refuse_reply("headers", std::move(*problem));
    Reply reply;
    const bool has_type = response.headers.contains("Content-Type");
    find_oddities(reply.findings, parsed, *is_base64, has_type);
    if (!has_type) response.headers.add("Content-Type", "text/plain; charset=utf-8");
    auto body = render_body(parsed.body, *is_base64 ? Decoding::base64 : Decoding::as_text,
                            response.headers.first("Content-Type").value_or(""), reply.findings);
    if (!body) {
        reply.result = ReplyFailure::bad_base64;
        return reply;
    }
    if (allows_body(response.status)) response.body = std::move(*body);
    reply.result = std::move(response);
    return reply;
}

}  // namespace

Reply render_http_reply(std::string payload) {
    const ProxyReply parsed = parse_proxy_reply(payload);
    const bool is_explicit = parsed.is_json && parsed.whole.kind == Kind::object && !parsed.status_code.is_absent();
    return is_explicit ? render_explicit(parsed) : infer(parsed, std::move(payload));
}

}  // namespace understudy::event
