#include "tools/understudy/option_checks.hpp"

#include "emulator/http/loopback_url.hpp"
#include "emulator/source/suggestion.hpp"
#include "emulator/source/word_list.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdio>
#include <vector>

namespace understudy::cli {
namespace {

std::string quote(std::string_view word) {
    return '\'' + std::string(word) + '\'';
}

/// The shortest text: `0.001`, `900`, `1000000`.
std::string to_text(double number) {
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", number);
    return text;
}

template <class T>
bool is_in_range(std::string_view word, T low, T high) {
    T number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    return error == std::errc() && end == word.data() + word.size() && number >= low && number <= high;
}

/// A name and a value, neither of them empty.
bool is_pair(std::string_view word) {
    const auto sign = word.find('=');
    return sign != std::string_view::npos && sign != 0 && sign + 1 < word.size();
}

}  // namespace

std::string check_whole_number(std::string_view word, std::uint64_t low, std::uint64_t high) {
    if (is_in_range(word, low, high)) return {};
    return "write a whole number from " + std::to_string(low) + " to " + std::to_string(high) + ", not " + quote(word);
}

std::string check_number(std::string_view word, double low, double high) {
    if (is_in_range(word, low, high)) return {};
    return "write a number from " + to_text(low) + " to " + to_text(high) + ", not " + quote(word);
}

std::string check_choice(std::string_view word, std::span<const std::string_view> names) {
    if (std::ranges::find(names, word) != names.end()) return {};
    const std::string suggestion = source::render_suggestion(word, names);
    return "write " + source::render_list(names, "or") + ", not " + quote(word) +
           (suggestion.empty() ? "" : "; " + suggestion);
}

std::string check_name(std::string_view word) {
    const bool fits = !word.empty() && word.size() <= 64 && std::ranges::all_of(word, [](unsigned char c) {
        return std::isalnum(c) || c == '-' || c == '_';
    });
    return fits ? std::string() : "a name is 1 to 64 letters, digits, '-' and '_', not " + quote(word);
}

std::string check_variable(std::string_view word) {
    const auto sign = word.find('=');
    return sign != std::string_view::npos && sign > 0 ? std::string() : "write KEY=VALUE, not " + quote(word);
}

std::string check_expression(const std::string& word) {
    const re2::RE2 expression(word, re2::RE2::Quiet);
    if (expression.ok()) return {};
    return quote(word) + " is no regular expression: " + expression.error() + "; for the text itself write " +
           quote(re2::RE2::QuoteMeta(word));
}

std::string check_signing_key(std::string_view word) {
    return is_pair(word) ? std::string() : "write ID=SECRET, not " + quote(word);
}

std::string check_issuer_keys(std::string_view word) {
    if (!is_pair(word)) return "write ISSUER=FILE or ISSUER=http://localhost…, not " + quote(word);
    const std::string_view source = word.substr(word.find('=') + 1);
    if (source.find("://") == std::string_view::npos || http::parse_loopback_url(source)) return {};
    return "keys are fetched from this machine only (http://127.0.0.1, http://localhost or http://[::1]), not from " +
           quote(source) + ": save the document and name the file";
}

std::string check_account(std::string_view word) {
    const bool fits = word.size() == 12 && word.find_first_not_of("0123456789") == std::string_view::npos;
    return fits ? std::string() : "an account is 12 digits, not " + quote(word);
}

std::string check_region(std::string_view word) {
    const bool fits = !word.empty() && std::ranges::all_of(word, [](unsigned char c) {
        return std::islower(c) || std::isdigit(c) || c == '-';
    });
    return fits ? std::string() : "write a region such as us-east-1, not " + quote(word);
}

std::string check_address(std::string_view word) {
    std::string_view rest = word;
    for (int part = 0; part < 4; ++part) {
        const auto end = part < 3 ? rest.find('.') : rest.size();
        const bool fits = end != std::string_view::npos && end <= 3 && is_in_range(rest.substr(0, end), 0U, 255U);
        if (!fits) return "write an IPv4 address such as 127.0.0.1 or 0.0.0.0, not " + quote(word);
        rest.remove_prefix(std::min(rest.size(), end + 1));
    }
    return {};
}

std::string suggest(std::span<const std::string> words, std::span<const std::string> names) {
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    for (const std::string& word : words) {
        const std::string stem = word.substr(0, word.find('='));
        if (std::ranges::find(names, stem) != names.end()) continue;
        if (const auto name = source::closest_word(stem, candidates))
            return "; did you mean '" + std::string(*name) + "'?";
    }
    return {};
}

}  // namespace understudy::cli
