#include "tools/understudy/command_spec.hpp"

#include "tools/understudy/option_checks.hpp"

#include <utility>

namespace understudy::cli {
namespace {

/// A text may be empty, and so may a list of pairs, as SAM has it.
bool may_be_empty(const OptionSpec& option) {
    if (is_argument(option)) return false;
    return option.shown.empty() || option.shown.starts_with("TEXT") || option.shown == "NAME=VALUE";
}

}  // namespace

OptionSpec choice(std::string names, Slot slot, std::vector<std::string_view> choices, std::string help) {
    std::string shown;
    for (const std::string_view name : choices) shown += (shown.empty() ? "" : "|") + std::string(name);
    WordCheck check = [choices = std::move(choices)](const std::string& word) { return check_choice(word, choices); };
    return {std::move(names), slot, std::move(help), std::move(check), std::move(shown)};
}

OptionSpec whole_number(std::string names, Slot slot, std::uint64_t low, std::uint64_t high, std::string help) {
    WordCheck check = [low, high](const std::string& word) { return check_whole_number(word, low, high); };
    return {std::move(names), slot, std::move(help), std::move(check), "N"};
}

std::string check_word(const OptionSpec& option, const std::string& word) {
    const bool has_short_name = option.names.starts_with('-') && !option.names.starts_with("--");
    if (has_short_name && word.starts_with('=')) {
        const std::string name = option.names.substr(0, 2), value = word.substr(1);
        return "no '=' stands behind a short name: write " + name + ' ' + value + " or " + long_names(option).front() +
               word;
    }
    std::string wrong = option.check ? option.check(word) : std::string();
    if (!wrong.empty() || !word.empty() || may_be_empty(option)) return wrong;
    return "wants " + (option.shown.empty() ? option.names : option.shown) + ", not an empty word";
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
