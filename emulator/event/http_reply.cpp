#include "emulator/event/http_reply.hpp"

#include "emulator/event/explicit_reply.hpp"
#include "emulator/event/inferred_reply.hpp"

namespace understudy::event {
namespace {

constexpr std::string_view kOtherMap =
    "multiValueHeaders are no part of payload format 2.0 and were ignored. Join the values with commas in headers; "
    "cookies have a list of their own.";

}  // namespace

Reply render_http_reply(std::string payload, app::Profile profile) {
    const ProxyReply parsed = parse_proxy_reply(payload);
    if (!is_explicit(parsed)) return infer_reply(parsed, std::move(payload));
    ReplyRules rules;
    rules.names = ReplyRules::Names::canonical;
    rules.cookies = ReplyRules::Cookies::first;
    rules.dropped = kHttpDropped;
    const bool json = app::deviates(profile, app::ApiKind::http, app::Deviation::default_type);
    rules.default_type = json ? "application/json" : "text/plain; charset=utf-8";
    rules.other_map = kOtherMap;
    return render_explicit(parsed, rules);
}

}  // namespace understudy::event
