#include "tools/understudy/command_spec.hpp"

#include "tools/understudy/option_checks.hpp"

#include <utility>

namespace understudy::cli {

OptionSpec choice(std::string names, std::string* slot, std::vector<std::string_view> choices, std::string help) {
    std::string shown;
    for (const std::string_view name : choices) shown += (shown.empty() ? "" : "|") + std::string(name);
    WordCheck check = [choices = std::move(choices)](const std::string& word) { return check_choice(word, choices); };
    return {std::move(names), slot, std::move(help), std::move(check), std::move(shown)};
}

OptionSpec whole_number(std::string names, Slot slot, std::uint64_t low, std::uint64_t high, std::string help) {
    WordCheck check = [low, high](const std::string& word) { return check_whole_number(word, low, high); };
    return {std::move(names), slot, std::move(help), std::move(check), "N"};
}

std::vector<std::string> long_names(const OptionSpec& option) {
    std::vector<std::string> names;
    std::string_view rest = option.names;
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        std::string_view name = rest.substr(0, comma);
        if (name.starts_with('!')) name.remove_prefix(1);
        if (name.starts_with("--")) names.emplace_back(name);
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    }
    return names;
}

bool is_argument(const OptionSpec& option) {
    return !option.names.starts_with('-') && !option.names.starts_with('!');
}

}  // namespace understudy::cli
