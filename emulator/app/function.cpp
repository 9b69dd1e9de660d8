#include "emulator/app/function.hpp"

#include <algorithm>

namespace understudy::app {

std::optional<std::string> find_version(const Function& function, std::string_view qualifier) {
    if (qualifier.empty()) return std::string(kLatest);
    const auto alias = std::ranges::find(function.aliases, qualifier, &Alias::name);
    if (alias != function.aliases.end()) return alias->version;
    const bool exists = qualifier == kLatest ||
                        std::ranges::find(function.versions, qualifier) != function.versions.end() ||
                        std::ranges::find(function.aliases, qualifier, &Alias::version) != function.aliases.end();
    return exists ? std::optional<std::string>(qualifier) : std::nullopt;
}

}  // namespace understudy::app
