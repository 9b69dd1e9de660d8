#include "tools/understudy/sam_config.hpp"

#include <algorithm>

namespace understudy::cli {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/// The next word: spaces inside quotes belong to it, the quotes do not.
std::string take_word(std::string_view& rest) {
    std::string word;
    char quote = 0;
    std::size_t i = 0;
    for (; i < rest.size() && (quote != 0 || !is_space(rest[i])); ++i) {
        const char c = rest[i];
        if (c == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) {
            word.push_back(rest[++i]);
        } else if (quote != 0 ? c == quote : c == '"' || c == '\'') {
            quote = quote != 0 ? char{0} : c;
        } else {
            word.push_back(c);
        }
    }
    rest.remove_prefix(i);
    return word;
}

}  // namespace

std::vector<std::string> spread_overrides(const std::vector<std::string>& words) {
    constexpr std::string_view kOption = "--parameter-overrides";
    const auto is_override = [](std::string_view word) {
        const std::size_t sign = word.find('=');
        const auto is_alphanumeric = [](char c) {
            return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        };
        return sign != std::string_view::npos && sign != 0 &&
               std::ranges::all_of(word.substr(0, sign), is_alphanumeric);
    };
    std::vector<std::string> spread;
    bool behind_value = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const bool further = behind_value && is_override(words[i]);
        if (further) spread.emplace_back(kOption);
        spread.push_back(words[i]);
        behind_value =
            further || (i != 0 && words[i - 1] == kOption) || words[i].starts_with(std::string(kOption) + '=');
    }
    return spread;
}

std::string to_parameter_override(const std::string& name, std::string_view value) {
    std::string word = name + "=\"";
    for (const char c : value) {
        if (c == '"' || c == '\\') word.push_back('\\');
        word.push_back(c);
    }
    return word + '"';
}

source::Result<Pairs> parse_parameter_overrides(std::string_view words) {
    constexpr std::string_view kKey = "ParameterKey=", kValue = ",ParameterValue=";
    Pairs pairs;
    for (;;) {
        while (!words.empty() && is_space(words.front())) words.remove_prefix(1);
        if (words.empty()) return pairs;
        std::string word = take_word(words);
        std::string_view separator = "=";
        if (word.starts_with(kKey)) {
            word.erase(0, kKey.size());
            separator = kValue;
        }
        const auto at = word.find(separator);
        if (at == std::string::npos || at == 0) {
            return source::Problem(source::ProblemCode::invalid,
                                   "'" + word + "' is no parameter override: write Name=value");
        }
        pairs.emplace_back(word.substr(0, at), word.substr(at + separator.size()));
    }
}

}  // namespace understudy::cli
