#include "tools/scenario/secret_spellings.hpp"

#include "emulator/http/base64.hpp"
#include "proto/wire/percent.hpp"
#include "tools/convert/json_text.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace understudy::scenario {

namespace {

// Its base64 in each of the three positions that it can have in other bytes, in both alphabets.
void add_base64(std::vector<std::string>& spellings, const std::string& secret) {
    for (std::size_t shift = 0; shift < 3; ++shift) {
        std::string base64;
        http::append_base64(base64, std::string(shift, '\0') + secret);
        // Digits that also hold bits of what stands before and behind are left out.
        const std::size_t begin = shift == 0 ? 0 : shift + 1;
        const std::size_t end = (8 * (shift + secret.size())) / 6;
        if (end <= begin + 3) continue;
        auto digits = base64.substr(begin, end - begin);
        spellings.push_back(digits);
        std::replace(digits.begin(), digits.end(), '+', '-');
        std::replace(digits.begin(), digits.end(), '/', '_');
        spellings.push_back(std::move(digits));
    }
}

std::string to_percent_coded(const std::string& text, std::string_view digits) {
    std::string coded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '_' || c == '.' || c == '~';
        if (plain)
            coded += c;
        else
            coded.append("%").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
    return coded;
}

// As forms and queries write it, and as they are read where it is sent as it is: `+` is a blank there.
void add_form_spellings(std::vector<std::string>& spellings, const std::string& secret) {
    std::string sent = secret, read = secret;
    std::ranges::replace(sent, ' ', '+');
    std::ranges::replace(read, '+', ' ');
    spellings.push_back(std::move(sent));
    spellings.push_back(std::move(read));
    std::string coded = to_percent_coded(secret, "0123456789ABCDEF");
    for (auto at = coded.find("%20"); at != std::string::npos; at = coded.find("%20", at)) coded.replace(at, 3, "+");
    spellings.push_back(std::move(coded));
}

std::string to_quoted(const std::string& text) {
    const auto quoted = convert::to_quoted_text(text);
    return quoted.substr(1, quoted.size() - 2);
}

// The text itself; as JSON writes it, also in a text within a text; in URLs; in hexadecimal; in base64.
void add_spellings(std::vector<std::string>& spellings, const std::string& secret) {
    const auto quoted = to_quoted(secret);
    spellings.insert(spellings.end(), {secret, quoted, to_quoted(quoted), to_quoted(to_quoted(quoted)),
                                       to_percent_coded(secret, "0123456789ABCDEF"),
                                       to_percent_coded(secret, "0123456789abcdef"), wire::to_percent_message(secret)});
    constexpr std::size_t kShortestInHex = 3;  // Two bytes in hexadecimal may be any number.
    if (secret.size() >= kShortestInHex) spellings.push_back(convert::to_hex(secret));
    add_form_spellings(spellings, secret);
    add_base64(spellings, secret);
    if (quoted != secret) add_base64(spellings, quoted);
}

std::string_view trim_line(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    return line.substr(0, line.find_last_not_of(" \t\r") + 1);
}

// Those of a text of several lines that are no mere brackets, as they are: what quotes it may indent them, or take
// some.
std::vector<std::string> to_lines(std::string_view secret) {
    constexpr std::size_t kShortestLine = 8;
    std::vector<std::string> lines;
    if (secret.find('\n') == std::string_view::npos) return lines;
    while (!secret.empty()) {
        const auto end = std::min(secret.find('\n'), secret.size());
        const auto line = trim_line(secret.substr(0, end));
        if (line.size() >= kShortestLine) lines.emplace_back(line);
        secret.remove_prefix(std::min(end + 1, secret.size()));
    }
    return lines;
}

}  // namespace

std::vector<std::string> to_spellings(std::string secret) {
    // The break of its last line is no part of it.
    if (const auto end = secret.find_last_not_of("\r\n"); end != std::string::npos) secret.resize(end + 1);
    std::vector<std::string> spellings;
    add_spellings(spellings, secret);
    for (const auto& line : to_lines(secret)) add_spellings(spellings, line);
    std::sort(spellings.begin(), spellings.end());
    spellings.erase(std::unique(spellings.begin(), spellings.end()), spellings.end());
    return spellings;
}

}  // namespace understudy::scenario
