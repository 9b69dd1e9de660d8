#pragma once

#include "emulator/app/profile.hpp"
#include "emulator/app/single_function.hpp"
#include "emulator/http/headers.hpp"
#include "tools/understudy/application_loader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace understudy::cli {

/// How an explanation is written.
enum class ExplainOutput : std::uint8_t { text, json };

/// `understudy explain METHOD TARGET [OPTIONS] [TEMPLATE]`
struct ExplainOptions {
    std::string method;
    std::string target;  ///< As typed: `set_target` says what is sent.
    http::Headers headers = {};
    std::string body = {};        ///< The text, or `@FILE`.
    ApplicationFiles files = {};  ///< Where none is named: `fronts` before one function.
    std::vector<app::FrontKind> fronts = {};
    app::FrontOptions front_options = {};
    std::string response_file = {};  ///< The function's reply; empty: none.
    app::Profile profile = app::Profile::aws;
    ExplainOutput output = ExplainOutput::text;
};

/// Whether an application is read: a file that belongs to one is named.
inline bool names_application(const ApplicationFiles& files) {
    return !(files.template_file + files.openapi_file + files.env_vars + files.config_file).empty();
}

/// Prints what becomes of a request, without running a function. 0: explained; 1: a file cannot be read.
int explain(const ExplainOptions& options);

}  // namespace understudy::cli
