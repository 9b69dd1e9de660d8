#pragma once

#include <string>

namespace understudy::cli {

/// `understudy init DIR`
struct InitOptions {
    std::string folder;
    std::string language = "cpp";
};

}  // namespace understudy::cli
