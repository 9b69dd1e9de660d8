#include "emulator/app/function.hpp"

#include "emulator/app/chance.hpp"

#include <algorithm>

namespace understudy::app {
namespace {

bool names_version(const Alias& alias, std::string_view version) {
    return alias.version == version ||
           std::ranges::find(alias.weights, version, &std::pair<std::string, double>::first) != alias.weights.end();
}

}  // namespace

std::optional<std::string> find_version(const Function& function, std::string_view qualifier) {
    if (qualifier.empty()) return std::string(kLatest);
    const auto alias = std::ranges::find(function.aliases, qualifier, &Alias::name);
    if (alias != function.aliases.end()) return alias->version;
    const bool exists =
        qualifier == kLatest || std::ranges::find(function.versions, qualifier) != function.versions.end() ||
        std::ranges::any_of(function.aliases,
                            [qualifier](const Alias& other) { return names_version(other, qualifier); });
    return exists ? std::optional<std::string>(qualifier) : std::nullopt;
}

std::optional<std::string> choose_version(const Function& function, std::string_view qualifier,
                                          std::string_view call_id) {
    const auto alias = std::ranges::find(function.aliases, qualifier, &Alias::name);
    if (alias != function.aliases.end() && !alias->weights.empty()) {
        double left = to_fraction(call_id);
        for (const auto& [version, weight] : alias->weights) {
            if (left < weight) return version;
            left -= weight;
        }
    }
    return find_version(function, qualifier);
}

std::string say_no_function(const std::string& function) {
    return "there is no function '" + function + "', and a route leads to it";
}

std::string say_no_version(const std::string& function, const std::string& qualifier) {
    return "the function '" + function + "' has no version or alias '" + qualifier + "', and a route leads to it";
}

}  // namespace understudy::app
