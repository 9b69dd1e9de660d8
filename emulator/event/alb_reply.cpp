#include "emulator/event/alb_reply.hpp"

#include "emulator/event/explicit_reply.hpp"

#include <array>

namespace understudy::event {
namespace {

constexpr std::array<std::string_view, 3> kDroppedByAlb = {"Connection", "Content-Length", "Transfer-Encoding"};

}  // namespace

Reply render_alb_reply(std::string_view payload, AlbHeaders mode) {
    ReplyRules rules;
    rules.dropped = kDroppedByAlb;
    if (mode == AlbHeaders::multi_value) {
        rules.maps = ReplyRules::Maps::multi;
        rules.other_map =
            "The target group has multi-value headers enabled, so that only multiValueHeaders is read: headers were "
            "ignored. Answer with lists in multiValueHeaders.";
    } else {
        rules.other_map =
            "The target group has multi-value headers disabled, so that only headers is read: multiValueHeaders were "
            "ignored. Set lambda.multi_value_headers.enabled, or answer with headers.";
    }
    return render_object(parse_proxy_reply(payload), rules, "a load balancer");
}

}  // namespace understudy::event
