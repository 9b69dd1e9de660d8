#include "emulator/app/template/preflight_template.hpp"

#include <algorithm>
#include <string>

namespace understudy::app::templates {
namespace {

constexpr std::string_view kBlank = " \t\r\n";

/// The text with one blank for all white space that stands together, and none at its ends.
std::string squeeze(std::string_view text) {
    std::string squeezed;
    while (true) {
        const auto begin = text.find_first_not_of(kBlank);
        if (begin == std::string_view::npos) return squeezed;
        text.remove_prefix(begin);
        const auto end = std::min(text.find_first_of(kBlank), text.size());
        if (!squeezed.empty()) squeezed += ' ';
        squeezed += text.substr(0, end);
        text.remove_prefix(end);
    }
}

bool take(std::string_view& text, std::string_view expected) {
    if (!text.starts_with(expected)) return false;
    text.remove_prefix(expected.size());
    return true;
}

/// `#set($origin = PARAMETER("Origin"))`, and the same of `origin` where that is empty.
bool take_lookup(std::string_view& text, std::string_view parameter) {
    std::string lookup = "#set($origin = ";
    lookup.append(parameter).append("(\"Origin\")) #if($origin == \"\") #set($origin = ");
    return take(text, lookup.append(parameter).append("(\"origin\")) #end "));
}

/// A text in quotes in which nothing is filled in.
std::optional<std::string> take_origin(std::string_view& text) {
    const auto end = text.find('"');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view origin = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (origin.find_first_of("$#") != std::string_view::npos) return std::nullopt;
    return std::string(origin);
}

/// One term of the condition.
bool take_term(std::string_view& text, RepeatedOrigins& origins) {
    const bool exact = take(text, "$origin == \"");
    if (!exact && !take(text, "$origin.matches(\"")) return false;
    auto origin = take_origin(text);
    if (!origin) return false;
    (exact ? origins.exact : origins.expressions).push_back(std::move(*origin));
    return exact || take(text, ")");
}

}  // namespace

std::optional<RepeatedOrigins> parse_preflight_template(std::string_view written) {
    const std::string squeezed = squeeze(written);
    std::string_view text = squeezed;
    if (!take_lookup(text, "$input.params().header.get") && !take_lookup(text, "$input.params")) return std::nullopt;
    if (!take(text, "#if(")) return std::nullopt;
    RepeatedOrigins origins;
    do {
        if (!take_term(text, origins)) return std::nullopt;
    } while (take(text, " || "));
    constexpr std::string_view kOverride =
        ") #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin) #end";
    return text == kOverride ? std::optional(std::move(origins)) : std::nullopt;
}

}  // namespace understudy::app::templates
