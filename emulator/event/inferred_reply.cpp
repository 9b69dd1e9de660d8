#include "emulator/event/inferred_reply.hpp"

#include "emulator/event/reply_fields.hpp"

#include <optional>

namespace understudy::event {
namespace {

using Kind = JsonValue::Kind;

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

}  // namespace

bool is_explicit(const ProxyReply& parsed) {
    return parsed.is_json && parsed.whole.kind == Kind::object && !parsed.status_code.is_absent();
}

Reply infer_reply(const ProxyReply& parsed, std::string payload) {
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

}  // namespace understudy::event
