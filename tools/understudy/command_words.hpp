#pragma once

#include "emulator/app/single_function.hpp"
#include "tools/understudy/options.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::cli {

/// The words of `serve` and `invoke` that need a second look once all are read.
struct FunctionWords {
    double timeout_seconds = 3;
    std::vector<std::string> environment;
    std::string credentials = "dummy";
    std::string template_file;
};

/// Those of `serve` alone.
struct ServeWords {
    std::string front = "http";
    app::FrontOptions front_options;
    bool streaming = false;
    ApplicationFiles files;
    std::string public_url;
    std::string profile = "aws";
    TlsFiles tls;
    bool self_made_tls = false;
    std::vector<std::string> issuer_keys;
    bool checks_signatures = false;
    std::vector<std::string> signing_keys;
    std::string record_max_size;
    std::optional<bool> watch;
};

/// Precondition: `auto`, `always` or `never`.
ColourWish to_colour(std::string_view word);

/// Precondition: `aws` or `sam`.
app::Profile to_profile(std::string_view word);

/// What the source of an application is.
enum class ServedFrom : std::uint8_t {
    command,
    files,
    document_by_command,  ///< An OpenAPI document, whose functions the command runs.
};

/// Which given option has no place beside this source, or nothing: a command has no template's options, and a template
/// says itself what a command's would. A document that a command runs says what stands before its functions.
std::string find_misplaced(const std::function<bool(const char* option)>& is_given, ServedFrom source);

/// What is wrong where a template and a document are named, or nothing.
std::string find_second_source(const std::string& template_file, const std::string& openapi_file);

/// An option that means nothing to any of these fronts, and to which it would, or nothing.
std::string find_idle_option(std::span<const std::string> fronts, const app::FrontOptions& options, bool streaming);

/// What is wrong where parameters of a template are given beside a document, which has none, or nothing.
std::string find_idle_overrides(const ApplicationFiles& files);

/// What is wrong with the words, or nothing. `command` is what stands behind `--`.
std::string finish_invoke(FunctionOptions& options, const FunctionWords& words,
                          const std::vector<std::string>& command);
/// The same.
std::string finish_serve(ServeOptions& options, const FunctionWords& function_words, ServeWords& words,
                         const std::vector<std::string>& command);

}  // namespace understudy::cli
