#pragma once

#include "emulator/event/proxy_reply.hpp"
#include "emulator/event/reply.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace understudy::event {

/// What fronts do differently with a reply that says its status, REST APIs apart.
struct ReplyRules {
    enum class Maps : std::uint8_t { single, multi, single_then_multi };
    enum class Names : std::uint8_t { canonical, as_given };
    enum class Cookies : std::uint8_t { ignored, first };
    enum class Status : std::uint8_t { required, ok_by_default };

    Maps maps = Maps::single;  ///< Which of the two maps of headers are read.
    Names names = Names::as_given;
    Cookies cookies = Cookies::ignored;
    Status status = Status::required;
    std::span<const std::string_view> dropped;  ///< Names that the function may not set.
    std::string_view default_type;              ///< The Content-Type of a reply without one; empty: it has none.
    std::string_view other_map;                 ///< What to say of the map that is not read.
};

/// Names that HTTP APIs and function URLs drop; unverified [architect/sandbox: invoke-http/http/_res-header-fmt.js].
extern const std::span<const std::string_view> kHttpDropped;

/// The reply as those rules have it; keys that are not known are ignored. Preconditions: `parsed` is a JSON object.
Reply render_explicit(const ProxyReply& parsed, const ReplyRules& rules);

/// The same of any reply: what is no JSON object is malformed. `front` is in words, for findings: `a load balancer`.
Reply render_object(const ProxyReply& parsed, const ReplyRules& rules, std::string_view front);

}  // namespace understudy::event
