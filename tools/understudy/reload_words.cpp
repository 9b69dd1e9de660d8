#include "tools/understudy/reload_words.hpp"

#include "tools/understudy/application_changes.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace understudy::cli {
namespace {

constexpr std::string_view kNotReloaded = "not reloaded:\n";
constexpr std::string_view kOldOneServes = "not reloaded, the old one keeps serving:\n";

bool is_below(const std::filesystem::path& path, const std::filesystem::path& folder) {
    const auto rest = path.lexically_relative(folder);
    return !rest.empty() && *rest.begin() != ".." && rest != ".";
}

std::string name_functions(const std::vector<std::string>& names) {
    return (names.size() == 1 ? "function " : "functions ") + render_first(names);
}

}  // namespace

std::string describe_reload(std::string changes, const std::vector<IssuerKeys>& before,
                            const std::vector<IssuerKeys>& now) {
    for (std::size_t i = 0; i < now.size(); ++i) {
        if (now[i].key_set == before[i].key_set) continue;
        changes.append(changes.empty() ? "" : ", ").append("other keys of ").append(now[i].issuer);
    }
    return changes.empty() ? "nothing differs" : changes;
}

FailureNews find_failure_news(const std::vector<UnpreparedFunction>& failures,
                              const std::vector<UnpreparedFunction>& known, const std::set<std::string>& written,
                              const std::set<std::string>& unready) {
    FailureNews news;
    for (const UnpreparedFunction& failure : failures) {
        const bool is_new = std::ranges::find(known, failure) == known.end();
        if (!is_new && !written.contains(failure.name)) continue;
        news.reasons += failure.reason + '\n';
        if (!unready.contains(failure.name)) news.functions.insert(failure.name);
    }
    return news;
}

std::string render_refusal(const std::string& reason) {
    return std::string(kOldOneServes) + reason;
}

std::string render_refusal(const std::string& reason, const std::set<std::string>& concerned,
                           std::vector<std::string> stranded) {
    std::erase_if(stranded, [&concerned](const std::string& name) { return !concerned.contains(name); });
    const bool serves = stranded.size() < concerned.size();
    std::string text = std::string(serves ? kOldOneServes : kNotReloaded) + reason;
    if (!stranded.empty()) {
        text += name_functions(stranded) + ": no environment is left from before, so until that is mended calls run " +
                "the files as they are now, and fail where these are broken\n";
    }
    return text;
}

std::string render_loss(const std::vector<std::filesystem::path>& lost) {
    std::string text;
    for (const auto& path : lost) {
        const bool is_outermost =
            std::ranges::none_of(lost, [&path](const std::filesystem::path& other) { return is_below(path, other); });
        if (is_outermost) text += '\'' + path.native() + "' is gone\n";
    }
    return text;
}

}  // namespace understudy::cli
