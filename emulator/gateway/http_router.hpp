#pragma once

#include "emulator/app/api.hpp"
#include "emulator/gateway/route_tree.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace understudy::gateway {

/// Whether `/foo/` is `/foo`.
enum class TrailingSlash : std::uint8_t { counts, is_ignored };

/// The route keys of an HTTP API.
///
/// Rule: all literals, then parameters, then greedy ones, the longest first, then `$default`; a method of its own goes
/// before ANY on the same path [API Gateway developer guide, http-api-develop-routes]. Unverified: that a slash at the
/// end counts (`Router` chooses), that `/` is nothing to `/{proxy+}`, that the path is matched as it was sent and
/// not decoded.
/// Tested by: HttpRouter.TheDocumentedExample, HttpRouter.ASlashAtTheEndCounts, HttpRouter.AgreesWithTheOracle
class HttpRouter {
  public:
    HttpRouter(const app::Api& api, TrailingSlash slash);

    /// `path` as it stands behind the stage, percent-encoding as sent. Errors: nullopt where nothing takes it.
    std::optional<RouteMatch> find(std::string_view method, std::string_view path) const;

  private:
    RouteTree tree_{RouteTree::Rules::http};
    std::optional<std::size_t> default_;
    TrailingSlash slash_;
};

}  // namespace understudy::gateway
