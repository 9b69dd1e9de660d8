#include "tools/understudy/completion_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace understudy::cli {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

/// `http|rest|url`, and not `ISSUER=FILE|URL`.
bool are_choices(std::string_view shown) {
    return shown.find('|') != std::string_view::npos && std::ranges::all_of(shown, [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return std::islower(byte) != 0 || std::isdigit(byte) != 0 || c == '|' || c == '-' || c == '_' ||
                      c == '.';
           });
}

/// `FILE`, `FOLDER|FILE.yaml`, `TEXT|@FILE`.
bool names_file(const OptionSpec& option) {
    constexpr std::array<std::string_view, 7> kFiles{"FILE",    "FOLDER",   "DIR",      "PATH",
                                                     "COMMAND", "TEMPLATE", "RECORDING"};
    return std::ranges::any_of(kFiles,
                               [&](std::string_view file) { return option.shown.find(file) != std::string::npos; });
}

}  // namespace

CompletionWords to_completion_words(const OptionSpec& option) {
    CompletionWords words;
    for (std::string& name : split(option.names, ',')) {
        if (name.starts_with('!')) name.erase(0, 1);
        if (name.starts_with('-')) words.names.push_back(std::move(name));
    }
    words.takes_value =
        !std::holds_alternative<bool*>(option.slot) && !std::holds_alternative<std::optional<bool>*>(option.slot);
    words.repeats = std::holds_alternative<std::vector<std::string>*>(option.slot);
    if (are_choices(option.shown)) words.choices = split(option.shown, '|');
    words.is_file = words.choices.empty() && names_file(option);
    words.help = option.help.empty() ? option.shown : option.help.substr(0, option.help.find('\n'));
    return words;
}

std::string short_summary(const CommandSpec& command) {
    return command.summary.substr(0, command.summary.find(": " + command.name));
}

}  // namespace understudy::cli
