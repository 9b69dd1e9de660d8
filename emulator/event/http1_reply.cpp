#include "emulator/event/http1_reply.hpp"

#include "emulator/event/explicit_reply.hpp"

namespace understudy::event {

Reply render_http1_reply(std::string_view payload, app::Profile profile) {
    ReplyRules rules;
    rules.maps = ReplyRules::Maps::single_then_multi;
    rules.names = ReplyRules::Names::canonical;
    rules.dropped = kHttpDropped;
    const bool json = app::deviates(profile, app::ApiKind::http, app::Deviation::default_type);
    rules.default_type = json ? "application/json" : "text/plain; charset=utf-8";
    return render_object(parse_proxy_reply(payload), rules, "an HTTP API with payload format 1.0");
}

}  // namespace understudy::event
