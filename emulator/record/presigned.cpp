#include "emulator/record/presigned.hpp"

#include "emulator/event/json_text.hpp"
#include "emulator/http/headers.hpp"

#include <algorithm>
#include <array>

namespace understudy::record {
namespace {

constexpr std::string_view kPrefix = "X-Amz-";
/// What `X-Amz-` is in base64, wherever in the three bytes of a group it begins: the characters that follow from it
/// alone.
constexpr std::array<std::string_view, 3> kPrefixInBase64{"WC1BbXot", "gtQW16L", "YLUFtei"};

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/// `=`, also encoded for a URL in a URL (`%3D`, `%253D`) and for JSON (`\u003d`): its length; 0 where there is none.
std::size_t measure_equals(std::string_view text) {
    if (text.starts_with('=')) return 1;
    std::size_t at = 0;
    if (text.starts_with('%')) {
        for (at = 1; text.substr(at).starts_with("25");) at += 2;
        return http::same_name(text.substr(at, 2), "3d") ? at + 2 : 0;
    }
    while (at < text.size() && text[at] == '\\') ++at;
    const auto code = text.substr(at, 5);
    return at > 0 && http::same_name(code, "u003d") ? at + 5 : 0;
}

/// Whether an escape of a URL stands for what ends a parameter: `&`, `#`, quotes, blanks and angle brackets.
bool is_end(std::string_view escape) {
    constexpr std::array<std::string_view, 9> kEnds{"26", "23", "22", "20", "27", "3c", "3e", "0a", "0d"};
    std::size_t at = 1;
    while (escape.substr(at).starts_with("25")) at += 2;
    const auto code = escape.substr(at, 2);
    return std::ranges::any_of(kEnds, [&](auto end) { return http::same_name(end, code); });
}

/// How long a parameter's value is.
std::size_t measure_value(std::string_view text) {
    constexpr std::string_view kOthers = "-._~+/=%";
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\' && text.substr(at + 1).starts_with('/')) continue;
        if (!is_name_character(c) && kOthers.find(c) == std::string_view::npos) break;
        if (c == '%' && is_end(text.substr(at))) break;
    }
    return at;
}

enum class Length : std::uint8_t { free, kept };

std::string to_replacement(std::size_t size, Length length) {
    std::string replacement = kRedacted;
    if (length == Length::kept) replacement.resize(size, '*');
    return replacement;
}

}  // namespace

bool may_hold_presigned(std::string_view text) {
    return text.find(kPrefix) != std::string_view::npos;
}

bool may_hold_presigned_base64(std::string_view base64) {
    return std::ranges::any_of(kPrefixInBase64,
                               [&](std::string_view part) { return base64.find(part) != std::string_view::npos; });
}

std::vector<Edit> find_presigned(std::string_view text, const RedactionRules& rules, std::vector<std::string>& redacted,
                                 const std::string& where) {
    std::vector<Edit> edits;
    if (!rules.takes_presigned) return edits;
    std::size_t at = text.find(kPrefix);
    if (at == std::string_view::npos) return edits;
    const Length length = event::is_plain_text(text) ? Length::free : Length::kept;
    for (; at != std::string_view::npos; at = text.find(kPrefix, at)) {
        const auto begin = at;
        while (at < text.size() && is_name_character(text[at])) ++at;
        const auto name = text.substr(begin, at - begin);
        const auto equals = measure_equals(text.substr(at));
        if (equals == 0 || !rules.takes_query(name)) continue;
        at += equals;
        const auto size = measure_value(text.substr(at));
        if (size == 0) continue;
        edits.push_back({at, at + size, to_replacement(size, length)});
        auto path = where + '.' + std::string(name);
        if (std::ranges::find(redacted, path) == redacted.end()) redacted.push_back(std::move(path));
        at += size;
    }
    return edits;
}

}  // namespace understudy::record
