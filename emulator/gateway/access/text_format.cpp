#include "emulator/gateway/access/text_format.hpp"

#include "emulator/app/address_block.hpp"
#include "emulator/gateway/access/ecma_translation.hpp"
#include "emulator/gateway/access/fault_words.hpp"
#include "emulator/gateway/access/pattern.hpp"

#include <algorithm>
#include <iterator>

namespace understudy::access {
namespace {

using Words = std::optional<std::string>;

Words refuse_unless(bool good, SchemaFault fault, const std::string& text) {
    if (good) return std::nullopt;
    return fault_words(fault, {text});
}

Words check_date_time(const std::string& text) {
    static const Pattern pattern(
        R"([0-9]{4}-(0[1-9]|1[012])-(0[1-9]|[12][0-9]|3[01])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:)"
        R"(([0-5][0-9]|60)(\.[0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9]))");
    return refuse_unless(pattern.matches_all(text), SchemaFault::date_time, text);
}

Words check_email(const std::string& text) {
    static const Pattern pattern(R"([^\x00-\x20\x7F()<>,;:\\"\[\].@]+(\.[^\x00-\x20\x7F()<>,;:\\"\[\].@]+)*)"
                                 R"(@[\pL\pN-]+(\.[\pL\pN-]+)*)");
    return refuse_unless(pattern.matches_all(text), SchemaFault::email, text);
}

Words check_host_name(const std::string& text) {
    static const Pattern pattern(R"(([\pL\pN]([\pL\pN_-]{0,61}[\pL\pN])?\.)*\pL([\pL\pN_-]{0,61}[\pL\pN])?\.?)");
    constexpr std::size_t kLongestName = 253;
    return refuse_unless(text.size() <= kLongestName && pattern.matches_all(text), SchemaFault::host_name, text);
}

Words check_ipv4(const std::string& text) {
    const bool good = app::parse_address(text) && text.find(':') == std::string::npos;
    return refuse_unless(good, SchemaFault::ipv4, text);
}

Words check_ipv6(const std::string& text) {
    const bool good = app::parse_address(text) && text.find(':') != std::string::npos;
    return refuse_unless(good, SchemaFault::ipv6, text);
}

Words check_json_pointer(const std::string& text) {
    static const Pattern pattern("(/([^~/]|~[01])*)*");
    return refuse_unless(pattern.matches_all(text), SchemaFault::json_pointer, text);
}

Words check_mac(const std::string& text) {
    static const Pattern pattern("[A-Za-z0-9]{2}(:[A-Za-z0-9]{2}){5}");
    return refuse_unless(pattern.matches_all(text), SchemaFault::mac, text);
}

Words check_regex(const std::string& text) {
    return refuse_unless(translate_ecma(text).outcome != EcmaTranslation::Outcome::invalid, SchemaFault::regex, text);
}

/// References are URIs, too.
Words check_uri(const std::string& text) {
    static const Pattern pattern(R"(([A-Za-z][A-Za-z0-9+.-]*:[^#]+|[^:/?#]*([/?][^#]*)?)(#[^#]*)?)");
    static const Pattern characters(R"(([^\x00-\x20<>"{}|\\^`\x7F%]|%[0-9A-Fa-f]{2})*)");
    return refuse_unless(pattern.matches_all(text) && characters.matches_all(text), SchemaFault::uri, text);
}

Words check_uuid(const std::string& text) {
    static const Pattern pattern("[0-9A-Fa-f]+(-[0-9A-Fa-f]+){4}");
    return refuse_unless(pattern.matches_all(text), SchemaFault::uuid, text);
}

Words check_base64(const std::string& text) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (text.size() % 4 != 0) return fault_words(SchemaFault::base64_length, {std::to_string(text.size())});
    std::string_view inside = text;
    for (int i = 0; i < 2 && inside.ends_with('='); ++i) inside.remove_suffix(1);
    const auto bad = inside.find_first_not_of(kAlphabet);
    if (bad == std::string_view::npos) return std::nullopt;
    return fault_words(SchemaFault::base64_characters, {text.substr(bad, 1), std::to_string(bad)});
}

template <std::size_t length>
Words check_hexadecimal(const std::string& text) {
    if (text.size() != length) {
        return fault_words(SchemaFault::hexadecimal_length, {std::to_string(text.size()), std::to_string(length)});
    }
    const auto bad = text.find_first_not_of("0123456789abcdefABCDEF");
    if (bad == std::string::npos) return std::nullopt;
    return fault_words(SchemaFault::hexadecimal_characters, {text.substr(bad, 1), std::to_string(bad)});
}

struct Format {
    std::string_view name;
    Words (*check)(const std::string& text);
};

constexpr Format kFormats[] = {
    {"base64", check_base64},
    {"date-time", check_date_time},
    {"email", check_email},
    {"hostname", check_host_name},
    {"ipv4", check_ipv4},
    {"ipv6", check_ipv6},
    {"json-pointer", check_json_pointer},
    {"mac", check_mac},
    {"md5", check_hexadecimal<32>},
    {"regex", check_regex},
    {"sha1", check_hexadecimal<40>},
    {"sha256", check_hexadecimal<64>},
    {"sha512", check_hexadecimal<128>},
    {"uri", check_uri},
    {"uuid", check_uuid},
};

}  // namespace

bool is_known_format(std::string_view format) {
    return std::ranges::find(kFormats, format, &Format::name) != std::end(kFormats);
}

std::optional<std::string> find_format_fault(std::string_view format, const std::string& text) {
    const auto* const found = std::ranges::find(kFormats, format, &Format::name);
    return found == std::end(kFormats) ? std::nullopt : found->check(text);
}

}  // namespace understudy::access
