#pragma once

#include "handler/logquery/day.hpp"
#include "handler/logquery/window.hpp"
#include "proto/wire/status.hpp"

#include <filesystem>
#include <vector>

namespace understudy::logquery {

/// Lists the days of the window that have a log file in `folder` into `days`, oldest first. What else lies in the
/// folder is passed over.
/// Errors: `failed_precondition` names the folder that cannot be listed, or LOGQUERY_LOGS where `folder` is empty.
wire::Status list_days(const std::filesystem::path& folder, const Window& window, std::vector<Day>& days);

}  // namespace understudy::logquery
