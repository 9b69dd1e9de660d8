#pragma once

#include "emulator/settings.hpp"
#include "tools/understudy/served_application.hpp"

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace understudy::cli {

/// What differs after a reload, for people: what `describe_changes` has told, and the issuers that have other keys.
/// Both lists name the same issuers, one for one. Tested by: ReloadWords.*
std::string describe_reload(std::string changes, const std::vector<IssuerKeys>& before,
                            const std::vector<IssuerKeys>& now);

/// Why functions were not taken: a line for each reason.
struct FailureNews {
    std::string reasons;              ///< Empty where there is nothing to tell.
    std::set<std::string> functions;  ///< Those of them that served before.
};

/// Of the functions that cannot be started: those that fail otherwise than they are `known` to, and those whose files
/// somebody has just `written`. There was none before of those named in `unready`.
FailureNews find_failure_news(const std::vector<UnpreparedFunction>& failures,
                              const std::vector<UnpreparedFunction>& known, const std::set<std::string>& written,
                              const std::set<std::string>& unready);

/// That nothing was taken, and why, where it concerns no function that serves.
std::string render_refusal(const std::string& reason);

/// The same where it concerns functions: those that are not `stranded` (`Emulator::find_stranded`) serve on.
std::string render_refusal(const std::string& reason, const std::set<std::string>& concerned,
                           std::vector<std::string> stranded);

/// `'code/bootstrap' is gone`, a line for each path; with a folder all that is in it is gone.
std::string render_loss(const std::vector<std::filesystem::path>& lost);

}  // namespace understudy::cli
