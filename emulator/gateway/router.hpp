#pragma once

#include "emulator/app/api.hpp"
#include "emulator/event/finding.hpp"
#include "emulator/gateway/alb_rules.hpp"
#include "emulator/gateway/http_router.hpp"
#include "emulator/gateway/rest_router.hpp"
#include "emulator/http/message.hpp"

#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace understudy::gateway {

/// The method that routes are looked up by; REST lets X-HTTP-Method-Override name another one. Lives as long as the
/// request.
std::string_view routed_method(app::ApiKind kind, const http::Request& request);

/// The routes of an API of any kind.
class Router {
  public:
    explicit Router(const app::Api& api);

    /// `path`: behind the stage. A load balancer looks at the request instead. Errors: nullopt where nothing takes it.
    std::optional<RouteMatch> find(std::string_view method, std::string_view path, const AlbRequest& request) const;

  private:
    struct First {};  ///< The one route there is: a function URL's.

    std::variant<First, RestRouter, HttpRouter, AlbRules> routes_;
};

/// Why a request that no route takes nearly had one, where a slash, a letter's case or the method is all; empty else.
std::vector<event::Finding> find_near_miss(const app::Api& api, std::string_view method, std::string_view path);

/// Of a REST API whose stage is implied: that no route takes a path which begins with the name of a stage, as on AWS,
/// while one would take what is behind it. Empty else.
/// Tested by: FrontDoorRoutes.AStageInFrontWhereItIsImpliedIsTold
std::vector<event::Finding> find_stage_in_path(const app::Api& api, const Router& router, std::string_view method,
                                               const AlbRequest& request);

}  // namespace understudy::gateway
