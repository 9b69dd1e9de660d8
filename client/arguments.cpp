#include "client/arguments.hpp"

#include <algorithm>

namespace understudy::client {

Arguments complete_arguments(std::vector<std::string> words, std::span<const std::string> options) {
    const auto is_option = [options](const std::string& word) {
        return std::ranges::find(options, word.substr(0, word.find('='))) != options.end();
    };
    Arguments complete;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        complete.words.push_back(word);
        if (!is_option(word)) continue;
        const auto sign = word.find('=');
        if (sign != std::string::npos) {
            // CLI11 takes `--pattern=` for an option whose value is the next word.
            complete.words.back().resize(sign);
            complete.words.push_back(word.substr(sign + 1));
        } else if (i + 1 == words.size() || is_option(words[i + 1])) {
            complete.without_value.push_back(word);
            complete.words.emplace_back();
        } else {
            complete.words.push_back(words[++i]);
        }
    }
    return complete;
}

}  // namespace understudy::client
