#include "emulator/http/percent.hpp"

namespace understudy::http {

std::optional<unsigned> hex_digit(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    return std::nullopt;
}

std::string decode_percent(std::string_view text, Plus plus) {
    const bool has_plus = plus == Plus::space && text.find('+') != std::string_view::npos;
    if (!has_plus && text.find('%') == std::string_view::npos) return std::string(text);
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
        const auto low = high ? hex_digit(text[i + 2]) : std::nullopt;
        if (low) {
            decoded += static_cast<char>(*high * 16 + *low);
            i += 2;
        } else {
            decoded += text[i] == '+' && plus == Plus::space ? ' ' : text[i];
        }
    }
    return decoded;
}

std::string encode_percent(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr std::string_view kMarks = "-_.~";
    std::string encoded;
    encoded.reserve(text.size());
    for (const char c : text) {
        const bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (is_letter || (c >= '0' && c <= '9') || kMarks.find(c) != std::string_view::npos) {
            encoded += c;
        } else {
            const auto byte = static_cast<unsigned char>(c);
            encoded.append("%").append(1, kDigits[byte >> 4U]).append(1, kDigits[byte & 15U]);
        }
    }
    return encoded;
}

}  // namespace understudy::http
