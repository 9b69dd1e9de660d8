#include "proto/wire/base64.hpp"

#include <google/protobuf/stubs/strutil.h>

#include <algorithm>

namespace understudy::wire {
namespace {

constexpr std::size_t kGroup = 4;

google::protobuf::StringPiece to_piece(std::string_view text) {
    return {text.data(), text.size()};
}

bool is_character(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
}

std::string_view without_padding(std::string_view text) {
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
    return text;
}

}  // namespace

std::string to_base64(std::string_view bytes, Padding padding) {
    std::string text;
    google::protobuf::Base64Escape(to_piece(bytes), &text);
    if (padding == Padding::none) text.resize(without_padding(text).size());
    return text;
}

std::string to_url_base64(std::string_view bytes) {
    std::string text;
    google::protobuf::WebSafeBase64Escape(to_piece(bytes), &text);
    return text;
}

std::optional<std::string> read_base64(std::string_view text) {
    const auto digits = without_padding(text);
    if (digits.size() != text.size() && text.size() % kGroup != 0) return std::nullopt;
    if (digits.size() % kGroup == 1) return std::nullopt;
    std::string standard(digits);
    std::ranges::replace(standard, '-', '+');
    std::ranges::replace(standard, '_', '/');
    if (!std::ranges::all_of(standard, is_character)) return std::nullopt;
    standard.append((kGroup - standard.size() % kGroup) % kGroup, '=');
    std::string bytes;
    if (!google::protobuf::Base64Unescape(standard, &bytes)) return std::nullopt;
    return bytes;
}

std::optional<std::string> read_base64_pieces(std::string_view text) {
    std::string bytes;
    while (!text.empty()) {
        const auto padding = text.find('=');
        // A piece ends with the group in which there is padding.
        const auto end = padding == std::string_view::npos ? text.size() : (padding / kGroup + 1) * kGroup;
        const auto piece = read_base64(text.substr(0, end));
        if (!piece) return std::nullopt;
        bytes += *piece;
        text.remove_prefix(std::min(end, text.size()));
    }
    return bytes;
}

}  // namespace understudy::wire
