#pragma once

#include "emulator/app/template.hpp"
#include "emulator/source/diagnostic.hpp"
#include "emulator/source/problem.hpp"
#include "tools/understudy/reread_files.hpp"
#include "tools/understudy/sam_config.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace understudy::cli {

/// Which files an application is read from. Paths are as the user gave them; empty ones are looked for
/// (`template_file`, `config_file`) or left out; a `config_file` that is not absolute lies beside the template.
struct ApplicationFiles {
    std::string template_file;
    std::string openapi_file;                  ///< In place of a template.
    std::optional<app::ApiKind> openapi_kind;  ///< `rest` or `http`.
    std::vector<std::string> parameter_overrides;
    std::string env_vars;
    std::string env_file;
    std::string config_file;
    std::string config_environment = "default";
};

/// An application, and what reading it told.
struct LoadedApplication {
    app::Application application;
    std::string shown;                         ///< What it was read from, as the user would write it.
    std::vector<source::Problem> notices;      ///< What is asked for and not emulated, or has no effect.
    std::vector<std::string> files;            ///< All that was read, absolute: what is to be watched.
    std::optional<int> port = {};              ///< Of SAM's configuration.
    std::vector<source::Problem> unused = {};  ///< What of SAM's configuration means a server, and not this one.
};

/// Reads the application of a folder: its template, the files it names, SAM's configuration and variable files.
/// Remembers the texts, so that problems can be shown with their lines.
class ApplicationLoader {
  public:
    /// `folder`: absolute; where relative paths begin and templates are looked for.
    ApplicationLoader(std::string folder, ApplicationFiles files)
        : folder_(std::move(folder)), files_(std::move(files)) {}

    /// Reads everything anew, but for pipes: what these held the first time counts. `base` gives region and account,
    /// and, where it has a function, how the functions of an OpenAPI document are run: it names them only. Errors:
    /// not_found where there is no template, with the names that were tried; those of what is read.
    source::Result<LoadedApplication> load(const app::Application& base);

    /// What else is wrong with the template, by line, where `problem` is what the last `load` failed with.
    source::Problems further(const source::Problem& problem) const;
    /// A problem of the last `load`, with its line and a caret where it has a place, and the further ones.
    std::string render(const source::Problem& problem, source::Colour colour) const;

  private:
    source::Result<std::string> read(const std::string& path, const std::string& name);
    std::string config_path();
    source::Result<void> read_config();
    source::Result<std::string> find_template() const;
    source::Result<app::TemplateApplication> read_application(const std::string& file, const app::Application& base);
    source::Result<void> apply_variables(LoadedApplication& loaded);
    std::string absolute(const std::string& path) const;

    std::string folder_;
    ApplicationFiles files_;
    std::string found_;  ///< The template that was looked for: it stays the same when others come and go.
    SamConfig config_;
    std::map<std::string, std::string> texts_;  ///< By the name that problems use.
    RereadFiles reread_;
    std::vector<std::string> read_;        ///< Absolute.
    std::vector<source::Problem> unused_;  ///< `LoadedApplication::unused`
    source::Problems problems_;            ///< Of the template.
};

}  // namespace understudy::cli
