#include "handler/logquery/log_folder.hpp"

#include <algorithm>
#include <chrono>
#include <system_error>

namespace understudy::logquery {

wire::Status list_days(const std::filesystem::path& folder, const Window& window, std::vector<Day>& days) {
    days.clear();
    if (folder.empty()) {
        return {wire::Code::failed_precondition, "LOGQUERY_LOGS is not set: it names the folder of the log files"};
    }
    const Day first = std::chrono::floor<std::chrono::days>(window.first);
    const Day last = std::chrono::floor<std::chrono::days>(window.last);
    std::error_code error;
    std::filesystem::directory_iterator entries(folder, error);
    for (const std::filesystem::directory_iterator end; !error && entries != end; entries.increment(error)) {
        const std::optional<Day> day = parse_file_name(entries->path().filename().native());
        if (day && first <= *day && *day <= last && window.first <= window.last) days.push_back(*day);
    }
    if (error) {
        return {wire::Code::failed_precondition,
                "the folder of the logs, LOGQUERY_LOGS=" + folder.string() + ", cannot be read: " + error.message()};
    }
    std::sort(days.begin(), days.end());
    return {};
}

}  // namespace understudy::logquery
