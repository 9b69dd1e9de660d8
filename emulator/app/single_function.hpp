#pragma once

#include "emulator/app/api.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::app {

/// A front door that can stand before one function without a template.
enum class FrontKind : std::uint8_t {
    http,   ///< HTTP API, payload format 2.0.
    http1,  ///< HTTP API, payload format 1.0.
    rest,   ///< Regional REST API.
    url,    ///< Function URL.
    alb,    ///< Application Load Balancer.
};

/// `http`, `http1`, `rest`, `url`, `alb`.
std::string_view front_name(FrontKind front);
/// All of them, in the order of their values.
std::span<const FrontKind> all_fronts();
/// Errors: nullopt for a name that is none.
std::optional<FrontKind> find_front(std::string_view name);

/// How the one API is set up; what a front does not know it ignores.
struct FrontOptions {
    std::vector<std::string> binary_media_types = {};  ///< rest
    TransferMode transfer = TransferMode::buffered;    ///< url
    bool multi_value_headers = false;                  ///< alb
};

/// The API all of whose requests lead to one function: http on `$default`; rest with ANY on `/` and `/{proxy+}`, stage
/// `prod`; url and alb whatever comes.
Api to_single_function_api(FrontKind front, const FrontOptions& options, const std::string& function);

}  // namespace understudy::app
