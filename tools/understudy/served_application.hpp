#pragma once

#include "emulator/process/goes_on.hpp"
#include "emulator/process/temp_directory.hpp"
#include "emulator/settings.hpp"
#include "tools/understudy/application_loader.hpp"
#include "tools/understudy/options.hpp"
#include "tools/understudy/reread_files.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace understudy::cli {

/// A function that cannot be started, and why, in a sentence that names it.
struct UnpreparedFunction {
    std::string name;
    std::string reason;

    friend bool operator==(const UnpreparedFunction&, const UnpreparedFunction&) = default;
};

/// An application whose code lies ready on the disk.
struct PreparedApplication {
    app::Application application;
    std::string shown;                 ///< The template, as the user would write it; empty for a command.
    std::vector<std::string> notices;  ///< For people, each ending in a line break.
    std::vector<UnpreparedFunction> failures = {};
    std::vector<std::filesystem::path> watched;
    std::vector<std::filesystem::path> code = {};  ///< Folders and programs of what was unpacked.
    std::optional<int> port = {};                  ///< Of SAM's configuration, where no option says one.
    std::vector<IssuerKeys> issuer_keys = {};
    std::set<std::filesystem::path> key_files = {};  ///< Those of `watched` that hold such keys.
    /// Which functions are to be started anew where a path has changed; a path of none is the template's.
    std::map<std::filesystem::path, std::set<std::string>> functions_of;
};

/// What `serve` serves: a command, the application of a template, or an OpenAPI document. Reading it again gives what
/// it has become.
class ServedApplication {
  public:
    explicit ServedApplication(const ServeOptions& options);

    /// Where code is unpacked: a folder that goes when this does. Errors: those of `TempDirectory::make_in_system`.
    source::Result<std::filesystem::path> scratch();

    /// Blocks: reads files and unpacks code. May be called in any thread, one at a time.
    /// Errors: those of `ApplicationLoader::load` and `scratch`, and a file of keys that cannot be read or is
    /// no JWKS document; stopped.
    source::Result<PreparedApplication> prepare(const process::GoesOn& goes_on = {});

    /// Removes what was unpacked, but for the folders of the paths to keep. Blocks. May be called in any thread, while
    /// no `prepare` is.
    void remove_other_code(const std::vector<std::filesystem::path>& keep) const;

    /// What else is wrong with the template, by line, where `problem` is what the last `prepare` failed with.
    source::Problems further(const source::Problem& problem) const;
    /// A problem of the last `prepare`, and the further ones, for people.
    std::string render(const source::Problem& problem, source::Colour colour) const;

  private:
    source::Result<void> read_issuer_keys(PreparedApplication& prepared);
    void prepare_function(app::Function& function, const process::GoesOn& goes_on, PreparedApplication& prepared);

    app::Application base_;
    bool says_port_;                        ///< Whether SAM's configuration does not count.
    std::vector<std::string> issuer_keys_;  ///< `ISSUER=FILE` or `ISSUER=URL`
    RereadFiles key_files_;
    std::optional<ApplicationLoader> loader_;  ///< None for a command alone.
    bool is_document_ = false;                 ///< An OpenAPI file, which has no code itself.
    std::string search_path_;
    process::TempDirectory scratch_;
};

}  // namespace understudy::cli
