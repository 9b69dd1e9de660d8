#include "emulator/gateway/access/fault_words.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace understudy::access {
namespace {

/// A `%` is where an argument goes.
constexpr std::pair<SchemaFault, std::string_view> kWords[] = {
    {SchemaFault::additional_items, "schema only allows % elements in array but instance has % elements"},
    {SchemaFault::additional_properties, "object instance has properties which are not allowed by the schema: %"},
    {SchemaFault::all_of, "instance failed to match all required schemas (matched only % out of %)"},
    {SchemaFault::any_of, "instance failed to match at least one required schema among %"},
    {SchemaFault::base64_characters, "illegal character \"%\" at index % (not in Base64 alphabet)"},
    {SchemaFault::base64_length, "input has illegal length (must be a multiple of 4, found %)"},
    {SchemaFault::date_time,
     "string \"%\" is invalid against requested date format(s) "
     "[yyyy-MM-dd'T'HH:mm:ssZ, yyyy-MM-dd'T'HH:mm:ss.SSSZ]"},
    {SchemaFault::dependencies,
     "property \"%\" of object has missing property dependencies (schema requires %; missing: %)"},
    {SchemaFault::email, "string \"%\" is not a valid email address"},
    {SchemaFault::enumeration, "instance value (%) not found in enum (possible values: %)"},
    {SchemaFault::exclusive_maximum, "numeric instance is not strictly lower than the required maximum %"},
    {SchemaFault::exclusive_minimum, "numeric instance is not strictly greater than the required minimum %"},
    {SchemaFault::hexadecimal_characters, "illegal character \"%\" in input at index %"},
    {SchemaFault::hexadecimal_length, "input string has incorrect length (%, expected %)"},
    {SchemaFault::host_name, "string \"%\" is not a valid hostname"},
    {SchemaFault::ipv4, "string \"%\" is not a valid IPv4 address"},
    {SchemaFault::ipv6, "string \"%\" is not a valid IPv6 address"},
    {SchemaFault::json_pointer, "input string \"%\" is not a valid JSON Pointer"},
    {SchemaFault::mac, "input string \"%\" is not a valid MAC address"},
    {SchemaFault::max_items, "array is too long: must have at most % elements but instance has % elements"},
    {SchemaFault::max_length, "string \"%\" is too long (length: %, maximum allowed: %)"},
    {SchemaFault::max_properties, "object has too many properties (found % but schema requires at most %)"},
    {SchemaFault::maximum, "numeric instance is greater than the required maximum (maximum: %, found: %)"},
    {SchemaFault::min_items, "array is too short: must have at least % elements but instance has % elements"},
    {SchemaFault::min_length, "string \"%\" is too short (length: %, required minimum: %)"},
    {SchemaFault::min_properties, "object has too few properties (found % but schema requires at least %)"},
    {SchemaFault::minimum, "numeric instance is lower than the required minimum (minimum: %, found: %)"},
    {SchemaFault::multiple_of, "remainder of division is not zero (% / %)"},
    {SchemaFault::not_it, "instance matched a schema which it should not have"},
    {SchemaFault::one_of, "instance failed to match exactly one schema (matched % out of %)"},
    {SchemaFault::pattern, "ECMA 262 regex \"%\" does not match input string \"%\""},
    {SchemaFault::regex, "string \"%\" is not a valid ECMA 262 regular expression"},
    {SchemaFault::required, "object has missing required properties (%)"},
    {SchemaFault::type, "instance type (%) does not match any allowed primitive type (allowed: %)"},
    {SchemaFault::unique_items, "array must not contain duplicate elements"},
    {SchemaFault::unknown_format, "format attribute \"%\" not supported"},
    {SchemaFault::uri, "string \"%\" is not a valid URI"},
    {SchemaFault::uuid, "input string \"%\" is not a valid UUID"},
};

/// Java's hash of a text, over its UTF-16; bytes that are not UTF-8 count somehow.
std::uint32_t java_hash(std::string_view text) {
    std::uint32_t hash = 0;
    const auto add = [&hash](std::uint32_t unit) { hash = hash * 31 + unit; };
    for (std::size_t at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at++]);
        std::uint32_t code = lead < 0x80 ? lead : lead & (lead < 0xE0 ? 0x1FU : lead < 0xF0 ? 0x0FU : 0x07U);
        for (; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80; ++at)
            code = (code << 6U) | (static_cast<unsigned char>(text[at]) & 0x3FU);
        if (code >= 0x10000) add(0xD800 + ((code - 0x10000) >> 10U));
        add(code < 0x10000 ? code : 0xDC00 + ((code - 0x10000) & 0x3FFU));
    }
    return hash;
}

/// The place of a text in a table of `buckets`, as Java's HashMap spreads them.
std::size_t bucket_of(std::string_view text, std::size_t buckets) {
    const std::uint32_t hash = java_hash(text);
    return (hash ^ (hash >> 16U)) & (buckets - 1);
}

}  // namespace

std::string fault_words(SchemaFault fault, std::initializer_list<std::string> arguments) {
    std::string_view words = std::ranges::find(kWords, fault, &std::pair<SchemaFault, std::string_view>::first)->second;
    std::string text;
    for (const std::string& argument : arguments) {
        const auto gap = words.find('%');
        text.append(words.substr(0, gap)).append(argument);
        words.remove_prefix(gap + 1);
    }
    return text.append(words);
}

std::string list_words(const std::vector<std::string>& words) {
    std::vector<std::string_view> set;
    for (const std::string& each : words) {
        if (std::ranges::find(set, each) == set.end()) set.emplace_back(each);
    }
    std::size_t buckets = 16;
    while (set.size() * 4 > buckets * 3) buckets *= 2;
    std::ranges::stable_sort(set, {}, [buckets](std::string_view each) { return bucket_of(each, buckets); });
    std::string text;
    for (const std::string_view each : set) text.append(text.empty() ? "" : ", ").append(each);
    return text;
}

}  // namespace understudy::access
