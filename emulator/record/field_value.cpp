#include "emulator/record/field_value.hpp"

#include "emulator/http/headers.hpp"

#include <algorithm>
#include <array>

namespace understudy::record {
namespace {

/// The head of a part of a form is no longer.
constexpr std::size_t kLongestHead = 512;

std::size_t count_backslashes(std::string_view text) {
    return std::min(text.find_first_not_of('\\'), text.size());
}

/// `=`, also encoded for a URL in a URL and for JSON.
std::size_t measure_equals(std::string_view text) {
    if (text.starts_with('=')) return 1;
    std::size_t at = 0;
    if (text.starts_with('%')) {
        for (at = 1; text.substr(at).starts_with("25");) at += 2;
        return http::same_name(text.substr(at, 2), "3d") ? at + 2 : 0;
    }
    at = count_backslashes(text);
    return at > 0 && http::same_name(text.substr(at, 5), "u003d") ? at + 5 : 0;
}

/// `c`, as it is or escaped as `\n` and `\u000a`.
std::size_t measure_control(std::string_view text, char c) {
    if (text.starts_with(c)) return 1;
    const std::size_t at = count_backslashes(text);
    if (at == 0) return 0;
    const auto rest = text.substr(at);
    if (rest.starts_with(c == '\n' ? 'n' : 'r')) return at + 1;
    return http::same_name(rest.substr(0, 5), c == '\n' ? "u000a" : "u000d") ? at + 5 : 0;
}

std::size_t measure_line_end(std::string_view text) {
    const std::size_t at = measure_control(text, '\r');
    const std::size_t end = measure_control(text.substr(at), '\n');
    return end == 0 ? 0 : at + end;
}

std::size_t measure_quote(std::string_view text) {
    const std::size_t at = count_backslashes(text);
    return at < text.size() && (text[at] == '"' || text[at] == '\'') ? at + 1 : 0;
}

std::size_t count_blanks(std::string_view text) {
    return std::min(text.find_first_not_of(" \t"), text.size());
}

/// From the end of a name in a part's head to behind the empty line.
std::size_t measure_head(std::string_view text) {
    if (!text.starts_with(';') && measure_line_end(text) == 0) return 0;
    text = text.substr(0, kLongestHead);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = measure_line_end(text.substr(at));
        if (end == 0) {
            at += std::max(count_backslashes(text.substr(at)), std::size_t{1});
            continue;
        }
        at += end;
        if (const std::size_t empty = measure_line_end(text.substr(at)); empty > 0) return at + empty;
        if (text.substr(at).starts_with("--")) return 0;
    }
    return 0;
}

/// From the end of a member's name in JSON to behind the first quote of its value.
std::size_t measure_colon(std::string_view text) {
    std::size_t at = count_blanks(text);
    if (!text.substr(at).starts_with(':')) return 0;
    at += 1 + count_blanks(text.substr(at + 1));
    const std::size_t quote = measure_quote(text.substr(at));
    return quote == 0 ? 0 : at + quote;
}

/// The same of an input of a page.
std::size_t measure_attribute(std::string_view text) {
    constexpr std::string_view kValue = "value=";
    const std::size_t at = count_blanks(text);
    if (at == 0 || !http::same_name(text.substr(at, kValue.size()), kValue)) return 0;
    const std::size_t quote = measure_quote(text.substr(at + kValue.size()));
    return quote == 0 ? 0 : at + kValue.size() + quote;
}

/// Without the quote that stands at a text's end, and what escapes it.
std::string_view without_quote(std::string_view text) {
    if (text.ends_with('"') || text.ends_with('\'')) text.remove_suffix(1);
    while (text.ends_with('\\')) text.remove_suffix(1);
    return text;
}

bool ends_with_name(std::string_view text) {
    constexpr std::string_view kName = "name=";
    return text.size() > kName.size() && http::same_name(text.substr(text.size() - kName.size()), kName);
}

/// The tag around a place in it, its brackets not included; an angle bracket may be `\u003c`. Empty where there is
/// none.
source::Range find_tag(std::string_view page, std::size_t at) {
    const std::size_t first = at - std::min(at, 2 * kLongestHead);
    const std::string_view before = page.substr(first, at - first);
    std::size_t begin = 0, end = std::min(at + 2 * kLongestHead, page.size());
    for (const std::string_view open : {"<", "u003c", "u003C"}) {
        const std::size_t found = before.rfind(open);
        if (found != std::string_view::npos) begin = std::max(begin, found + open.size());
    }
    if (begin == 0) return {};
    for (const std::string_view close : {">", "\\u003e", "\\u003E"}) {
        if (before.find(close, begin) != std::string_view::npos) return {};
        end = std::min(end, page.find(close, at));
    }
    return {first + begin, end};
}

/// Whether an escape of a URL stands for what ends a parameter: `&`, `#`, quotes, blanks and angle brackets.
bool is_end(std::string_view escape) {
    constexpr std::array<std::string_view, 9> kEnds{"26", "23", "22", "20", "27", "3c", "3e", "0a", "0d"};
    std::size_t at = 1;
    while (escape.substr(at).starts_with("25")) at += 2;
    const auto code = escape.substr(at, 2);
    return std::ranges::any_of(kEnds, [&](auto end) { return http::same_name(end, code); });
}

}  // namespace

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

std::size_t measure_separator(std::string_view text) {
    text = text.substr(0, 2 * kLongestHead);
    if (const std::size_t equals = measure_equals(text); equals > 0) return equals;
    const std::size_t quote = measure_quote(text);
    const auto behind = text.substr(quote);
    if (const std::size_t head = measure_head(behind); head > 0) return quote + head;
    if (quote == 0) return 0;
    const std::size_t rest = std::max(measure_colon(behind), measure_attribute(behind));
    return rest == 0 ? 0 : quote + rest;
}

source::Range find_input_value(std::string_view page, std::size_t name) {
    constexpr std::string_view kValue = "value=";
    if (!ends_with_name(without_quote(page.substr(0, name)))) return {};
    const auto tag = find_tag(page, name);
    for (std::size_t at = tag.begin + 1; at + kValue.size() < tag.end; ++at) {
        // Its own word, and not the end of `data-value`.
        if (!http::same_name(page.substr(at, kValue.size()), kValue) || is_name_character(page[at - 1])) continue;
        at += kValue.size();
        const std::string_view rest = page.substr(at, tag.end - at);
        const std::size_t quote = measure_quote(rest);
        const std::string_view ends = quote > 0 ? rest.substr(quote - 1, 1) : std::string_view(" \t\r\n\\");
        const std::size_t last = std::min(rest.find_first_of(ends, quote), rest.size());
        const auto value = quote > 0 ? without_quote(rest.substr(0, last)) : rest.substr(0, last);
        return value.size() <= quote ? source::Range() : source::Range{at + quote, at + value.size()};
    }
    return {};
}

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

}  // namespace understudy::record
