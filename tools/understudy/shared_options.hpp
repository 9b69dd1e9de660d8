#pragma once

#include "emulator/app/application.hpp"

#include <cstdint>
#include <optional>

namespace understudy::cli {

/// What `serve` and `invoke` share: the function, and how its environments are run.
struct FunctionOptions {
    app::Application application;  ///< The command's function and the API before it; unused where files say it all.
    int max_environments = 16;
    double clock_scale = 1;
    std::optional<std::uint64_t> seed;
    bool inherit_credentials = false;
    bool strict_environment = false;
};

enum class ColourWish : std::uint8_t { automatic, always, never };

}  // namespace understudy::cli
