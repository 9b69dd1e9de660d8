#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace understudy::wire {

/// The two segments of a URL path that name a method.
struct MethodPath {
    std::string_view service;  ///< With its package: `logquery.v1.LogQueryService`.
    std::string_view method;   ///< `CheckWindow`.

    friend bool operator==(const MethodPath&, const MethodPath&) = default;
};

/// The method that a path ends in: `[/any/prefix]/package.Service/Method`. What precedes the last two segments (an API
/// Gateway stage, a base path) does not count; case does (connectrpc.com/docs/protocol, "Unary-Request"). The result
/// refers into `path`. Errors: nullopt where the last two segments are not two names.
std::optional<MethodPath> parse_method_path(std::string_view path);

/// Whether the program's own descriptors have such a method, with `option idempotency_level = NO_SIDE_EFFECTS`: only
/// these may be called by GET.
bool has_no_side_effects(const MethodPath& method);

/// `/package.Service/Method`.
std::string to_path(const MethodPath& method);

}  // namespace understudy::wire
