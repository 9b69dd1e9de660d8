#pragma once

#include <optional>
#include <string_view>

namespace understudy::gateway {

/// A request target taken apart. Views live as long as the target.
struct Target {
    std::string_view path;   ///< Begins with `/`.
    std::string_view query;  ///< Without `?`.

    friend bool operator==(const Target&, const Target&) = default;
};

/// Takes `/path?query` or `http://host/path?query` apart. Errors: nullopt for anything else.
std::optional<Target> parse_target(std::string_view target);

/// The host of `http://user@host:port/path`, with its port; empty where the target is a path.
std::string_view authority_of(std::string_view target);

}  // namespace understudy::gateway
