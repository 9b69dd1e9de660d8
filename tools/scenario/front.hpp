#pragma once

#include "emulator/app/single_function.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace understudy::scenario {

/// How steps reach the function of a scenario.
enum class Front : std::uint8_t {
    http,         ///< HTTP API, payload format 2.0.
    http1,        ///< HTTP API, payload format 1.0.
    rest,         ///< Regional REST API.
    rest_stream,  ///< The same with `responseTransferMode: STREAM`.
    url,          ///< Function URL.
    url_stream,   ///< The same with invoke mode RESPONSE_STREAM.
    alb,          ///< Application Load Balancer.
    invoke,       ///< The Lambda API's Invoke, past every front door.
};

inline constexpr std::array kFronts{Front::http, Front::http1,      Front::rest, Front::rest_stream,
                                    Front::url,  Front::url_stream, Front::alb,  Front::invoke};

/// `http`, `http1`, `rest`, `rest-stream`, `url`, `url-stream`, `alb`, `invoke`.
std::string_view front_name(Front front);
/// Errors: nullopt for a name that is none.
std::optional<Front> find_front(std::string_view name);
/// All of them.
std::vector<std::string_view> front_names();

/// The emulator's front door for it, and whether that streams; for `invoke` any.
app::FrontKind to_front_kind(Front front);
app::TransferMode to_transfer_mode(Front front);

}  // namespace understudy::scenario
