#include "tools/understudy/explain_options.hpp"

#include "tools/understudy/option_checks.hpp"

#include <array>
#include <string_view>

namespace understudy::cli {
namespace {

constexpr std::string_view kBlank = " \t";

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(kBlank);
    return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

}  // namespace

std::string check_header(const std::string& word) {
    const auto colon = word.find(':');
    const bool named = colon != std::string::npos && colon != 0 && word.find_first_of(kBlank) > colon;
    if (named && word.find_first_of("\r\n") == std::string::npos) return {};
    return "wants 'Name: value', not '" + word + '\'';
}

std::string check_front(const std::string& word) {
    std::vector<std::string_view> names;
    for (const app::FrontKind front : app::all_fronts()) names.push_back(app::front_name(front));
    return check_choice(word, names);
}

std::string check_output(const std::string& word) {
    constexpr std::array<std::string_view, 2> kNames{"text", "json"};
    return check_choice(word, kNames);
}

std::string check_profile(const std::string& word) {
    constexpr std::array<std::string_view, 2> kNames{"aws", "sam"};
    return check_choice(word, kNames);
}

ExplainOptions to_explain_options(const ExplainWords& words) {
    ExplainOptions options = words.options;
    for (const std::string_view word : words.headers) {
        const auto colon = word.find(':');
        options.headers.add(word.substr(0, colon), trimmed(word.substr(colon + 1)));
    }
    for (const std::string& name : words.fronts) options.fronts.push_back(app::find_front(name).value());
    if (options.fronts.empty()) options.fronts.assign(app::all_fronts().begin(), app::all_fronts().end());
    if (words.streaming) options.front_options.transfer = app::TransferMode::stream;
    options.profile = words.profile == "sam" ? app::Profile::sam : app::Profile::aws;
    options.output = words.output == "json" ? ExplainOutput::json : ExplainOutput::text;
    return options;
}

}  // namespace understudy::cli
