#include "proto/wire/percent.hpp"

#include <optional>

namespace understudy::wire {
namespace {

void append_escaped(std::string& out, char c) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    out.append({'%', kDigits[byte >> 4], kDigits[byte & 15]});
}

std::optional<int> to_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return std::nullopt;
}

bool is_unreserved(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.~").find(c) != std::string_view::npos;
}

}  // namespace

std::string to_percent_message(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c >= ' ' && c <= '~' && c != '%')
            out += c;
        else
            append_escaped(out, c);
    }
    return out;
}

std::string to_percent_query(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_unreserved(c))
            out += c;
        else
            append_escaped(out, c);
    }
    return out;
}

std::string from_percent(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto high = text[i] == '%' && i + 2 < text.size() ? to_digit(text[i + 1]) : std::nullopt;
        const auto low = high ? to_digit(text[i + 2]) : std::nullopt;
        if (low) {
            out += static_cast<char>(*high * 16 + *low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace understudy::wire
