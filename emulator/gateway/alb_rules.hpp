#pragma once

#include "emulator/app/address_block.hpp"
#include "emulator/app/api.hpp"
#include "emulator/gateway/target.hpp"
#include "emulator/http/message.hpp"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace understudy::gateway {

/// What the rules of a load balancer look at. Views live for the call.
struct AlbRequest {
    const http::Request& request;
    Target target;
    std::string_view source_ip;
};

/// The rules of a load balancer's listener, the lowest priority first.
///
/// Rule: all conditions of a rule hold, and one value of each; host, header and query without case, path and method
/// with it; the source is the connection's, not X-Forwarded-For's [Elastic Load Balancing,
/// load-balancer-listeners#rule-condition-types; API reference, QueryStringConditionConfig]. The query is compared as
/// it was sent: unverified. Tested by: AlbRules.Conditions, AlbRules.TheLowestPriorityWins
class AlbRules {
  public:
    explicit AlbRules(const app::Api& api);

    /// Errors: nullopt where no rule takes it, which a listener with a default action does not know.
    std::optional<std::size_t> find(const AlbRequest& request) const;

    /// The conditions of a route that do not hold, as positions in `app::Route::conditions`.
    std::vector<std::size_t> failed_conditions(std::size_t route, const AlbRequest& request) const;

  private:
    struct Condition {
        app::AlbCondition declared;
        std::vector<app::AddressBlock> blocks;  ///< source_ip only.
    };
    struct Rule {
        std::size_t route;
        int priority;
        std::vector<Condition> conditions;
    };
    static bool holds(const Condition& condition, const AlbRequest& request);

    std::vector<Rule> rules_;
};

}  // namespace understudy::gateway
