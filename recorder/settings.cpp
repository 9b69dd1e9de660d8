#include "recorder/settings.hpp"

#include "emulator/record/path_problem.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace understudy::recorder {
namespace {

template <class Number>
bool read_number(const std::string& word, Number& number) {
    const char* const end = word.data() + word.size();
    const auto [stop, error] = std::from_chars(word.data(), end, number);
    return error == std::errc() && stop == end;
}

std::string_view trim(std::string_view text) {
    const auto begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    const auto end = text.find_last_not_of(" \t\r\n");
    return end == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin);
}

/// Each name is one of a header and of a field: who writes `password` means it wherever it stands.
void add_names(std::string_view words, Settings& settings) {
    record::Redaction& redaction = settings.redaction;
    while (!words.empty()) {
        const auto comma = std::min(words.find(','), words.size());
        const std::string name(trim(words.substr(0, comma)));
        words.remove_prefix(std::min(comma + 1, words.size()));
        if (name.empty()) continue;
        if (const auto problem = record::find_listed_problem(name)) {
            settings.faults.push_back("UNDERSTUDY_REDACT: " + problem->message + " (" + problem->remedy + ')');
            continue;
        }
        redaction.fields.push_back(name);
        redaction.query.insert(name);
        std::string lower = name;
        std::ranges::transform(lower, lower.begin(),
                               [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        redaction.headers.insert(lower);
    }
}

}  // namespace

Settings read_settings(const std::function<std::optional<std::string>(const char* name)>& find) {
    Settings settings;
    if (const auto word = find("UNDERSTUDY_SAMPLE")) {
        const bool good = read_number(*word, settings.sample) && settings.sample >= 0 && settings.sample <= 1;
        if (!good) settings.faults.push_back("UNDERSTUDY_SAMPLE is a number from 0 to 1, not '" + *word + "'");
    }
    if (const auto word = find("UNDERSTUDY_RECORD_MAX_BODY")) {
        if (!read_number(*word, settings.most_body_bytes))
            settings.faults.push_back("UNDERSTUDY_RECORD_MAX_BODY is a number of bytes, not '" + *word + "'");
    }
    if (const auto word = find("UNDERSTUDY_RECORD"); word && *word != "log") settings.file = *word;
    if (const auto words = find("UNDERSTUDY_REDACT")) add_names(*words, settings);
    settings.function = find("AWS_LAMBDA_FUNCTION_NAME").value_or("");
    settings.handler = find("_HANDLER").value_or("");
    if (const auto word = find("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")) read_number(*word, settings.memory_mb);
    if (!settings.faults.empty()) settings.sample = 0;
    return settings;
}

}  // namespace understudy::recorder
