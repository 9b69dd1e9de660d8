#include "tools/match/text_kind.hpp"

#include "tools/convert/bytes_text.hpp"
#include "tools/convert/time_text.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <string>

namespace understudy::match {

namespace {

constexpr std::array<std::string_view, 9> kKinds{"uuid", "timestamp", "date",   "url", "email",
                                                 "ipv4", "ipv6",      "base64", "hex"};

bool full_match(std::string_view text, const char* pattern) {
    return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), pattern);
}

// Groups of up to four hexadecimal digits, at most one `::` for those that are zero (RFC 4291, 2.2).
bool is_ipv6(std::string_view text) {
    if (!full_match(text, "[0-9A-Fa-f:]+(:\\d+\\.\\d+\\.\\d+\\.\\d+)?")) return false;
    const auto gap = text.find("::");
    if (gap != std::string_view::npos && text.find("::", gap + 1) != std::string_view::npos) return false;
    std::size_t groups = text.find('.') == std::string_view::npos ? 0 : 1;  // Four bytes with dots are two groups.
    std::size_t begin = 0;
    while (begin <= text.size()) {
        const auto end = std::min(text.find(':', begin), text.size());
        const auto length = end - begin;
        const bool dotted = text.substr(begin, length).find('.') != std::string_view::npos;
        if (length > 4 && !dotted) return false;
        if (length > 0) ++groups;
        begin = end + 1;
    }
    const bool loose = (text.starts_with(':') && gap != 0) || (text.ends_with(':') && !text.ends_with("::"));
    return !loose && (gap == std::string_view::npos ? groups == 8 : groups < 8);
}

constexpr const char* kByte = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

}  // namespace

std::span<const std::string_view> text_kinds() {
    return kKinds;
}

std::optional<bool> is_text_kind(std::string_view text, std::string_view kind) {
    if (kind == "uuid")
        return full_match(text, "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
    if (kind == "timestamp") return convert::parse_timestamp(text).has_value();
    if (kind == "date") return convert::parse_timestamp(std::string(text) + "T00:00:00Z").has_value();
    if (kind == "url") return full_match(text, "[A-Za-z][A-Za-z0-9+.-]*://[^\\s/?#]+[^\\s]*");
    if (kind == "email") return full_match(text, "[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    if (kind == "ipv4") {
        const std::string byte = kByte;
        return full_match(text, (byte + "\\." + byte + "\\." + byte + "\\." + byte).c_str());
    }
    if (kind == "ipv6") return is_ipv6(text);
    if (kind == "base64") return convert::parse_base64(text).has_value();
    if (kind == "hex") return convert::parse_hex(text).has_value();
    return std::nullopt;
}

}  // namespace understudy::match
