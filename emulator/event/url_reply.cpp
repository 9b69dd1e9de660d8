#include "emulator/event/url_reply.hpp"

#include "emulator/event/explicit_reply.hpp"
#include "emulator/event/inferred_reply.hpp"

namespace understudy::event {
namespace {

constexpr std::string_view kOtherMap =
    "multiValueHeaders are no part of a function URL's reply and were ignored. Join the values with commas in headers; "
    "cookies have a list of their own.";

/// Header names as the function gives them, and which are dropped: unverified.
ReplyRules url_rules() {
    ReplyRules rules;
    rules.cookies = ReplyRules::Cookies::first;
    rules.dropped = kHttpDropped;
    rules.default_type = "application/json";
    rules.other_map = kOtherMap;
    return rules;
}

/// JSON without the white space between its tokens; numbers and strings stay as they were written.
/// Preconditions: `json` is well formed.
std::string compact(std::string_view json) {
    std::string text;
    text.reserve(json.size());
    bool quoted = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (!quoted && (c == ' ' || c == '\t' || c == '\n' || c == '\r')) continue;
        text.push_back(c);
        if (c == '"') quoted = !quoted;
        if (quoted && c == '\\' && i + 1 < json.size()) text.push_back(json[++i]);
    }
    return text;
}

}  // namespace

Reply render_url_reply(std::string payload, app::TransferMode mode) {
    if (mode == app::TransferMode::stream) {
        Reply reply;
        reply.result = http::Response{200, {{"Content-Type", "application/json"}}, std::move(payload)};
        return reply;
    }
    const ProxyReply parsed = parse_proxy_reply(payload);
    if (is_explicit(parsed)) return render_explicit(parsed, url_rules());
    const bool is_compound = parsed.is_json && parsed.whole.kind != JsonValue::Kind::string;
    std::string body = is_compound ? compact(payload) : std::string();
    Reply reply = infer_reply(parsed, std::move(payload));
    if (is_compound) std::get<http::Response>(reply.result).body = std::move(body);
    return reply;
}

Reply render_url_stream_head(std::string_view prelude) {
    ProxyReply parsed = parse_proxy_reply(prelude);
    parsed.body = {};
    parsed.is_base64_encoded = {};
    ReplyRules rules = url_rules();
    rules.status = ReplyRules::Status::ok_by_default;
    rules.default_type = "application/octet-stream";
    return render_object(parsed, rules, "the prelude of a stream");
}

}  // namespace understudy::event
