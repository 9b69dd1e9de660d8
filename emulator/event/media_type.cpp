#include "emulator/event/media_type.hpp"

#include "emulator/event/text.hpp"

#include <algorithm>
#include <array>

namespace understudy::event {
namespace {

/// What HTTP APIs take for text. Two measurements agree but for two entries: `text/*` (one of them measured only plain,
/// html, csv and xml) and `application/graphql` (only the other has it). They contradict each other on
/// `text/html; charset=utf-8`, which is taken for text here.
constexpr std::array<std::string_view, 5> kHttpApiText = {
    "text/*", "application/json", "application/xml", "application/javascript", "application/graphql",
};

constexpr std::array<std::string_view, 4> kAlbText = {
    "text/*",
    "application/json",
    "application/javascript",
    "application/xml",
};

constexpr std::array<std::string_view, 5> kProtobufSpellings = {
    "application/proto",
    "application/protobuf",
    "application/x-protobuf",
    "application/vnd.google.protobuf",
    "application/x-google-protobuf",
};

constexpr std::array<std::string_view, 3> kAlsoProtobuf = {
    "application/grpc+proto",
    "application/grpc-web+proto",
    "application/octet-stream",
};

/// `entry` is exact or `type/*`.
bool entry_matches(std::string_view entry, std::string_view type) {
    if (entry.ends_with("/*")) return type.starts_with(entry.substr(0, entry.size() - 1));
    return entry == type;
}

bool is_utf8(std::string_view charset) {
    if (charset.size() >= 2 && charset.front() == '"' && charset.back() == '"') {
        charset = charset.substr(1, charset.size() - 2);
    }
    return charset == "utf-8" || charset == "utf8";
}

/// The value of the parameter `charset`, lower-case; empty where there is none.
std::string charset_of(std::string_view content_type) {
    for (std::string_view rest = content_type; rest.find(';') != std::string_view::npos;) {
        rest.remove_prefix(rest.find(';') + 1);
        const std::string parameter = to_lower(trim(rest.substr(0, rest.find(';'))));
        if (parameter.starts_with("charset=")) return parameter.substr(8);
    }
    return {};
}

/// Else it is a place in a template.
bool is_option(std::string_view setting) {
    return setting.starts_with('-');
}

}  // namespace

std::string media_type(std::string_view value) {
    return to_lower(trim(value.substr(0, value.find(';'))));
}

std::string first_accepted(std::optional<std::string_view> accept) {
    return accept ? media_type(accept->substr(0, accept->find(','))) : std::string();
}

bool is_protobuf(std::string_view media_type) {
    return is_protobuf_spelling(media_type) || std::ranges::find(kAlsoProtobuf, media_type) != kAlsoProtobuf.end();
}

bool is_protobuf_spelling(std::string_view media_type) {
    return std::ranges::find(kProtobufSpellings, media_type) != kProtobufSpellings.end();
}

std::string render_listing(const std::string& setting, const std::string& type) {
    const std::string written = type.find('*') == std::string::npos ? type : "'" + type + "'";
    return is_option(setting) ? setting + ' ' + written : "add " + written + " to " + setting;
}

std::string render_where(std::string_view setting) {
    return std::string(is_option(setting) ? "by " : "in ").append(setting);
}

BinaryMediaTypes::BinaryMediaTypes(const std::vector<std::string>& entries, std::string setting)
    : setting_(std::move(setting)) {
    for (const std::string& entry : entries) {
        std::string type = to_lower(trim(entry));
        // Templates may write the slash as a JSON Pointer would.
        if (const auto slash = type.find("~1"); slash != std::string::npos) type.replace(slash, 2, "/");
        everything_ = everything_ || type == "*/*";
        const bool understood = !type.starts_with("*/") && type.find('/') != std::string::npos;
        if (understood) entries_.push_back(std::move(type));
    }
}

bool BinaryMediaTypes::matches(std::string_view type) const {
    return everything_ ||
           std::ranges::any_of(entries_, [type](const auto& entry) { return entry_matches(entry, type); });
}

bool is_alb_text(std::optional<std::string_view> content_type) {
    if (!content_type) return false;
    const std::string type = media_type(*content_type);
    return std::ranges::any_of(kAlbText, [&type](auto entry) { return entry_matches(entry, type); });
}

bool is_http_api_text(std::optional<std::string_view> content_type) {
    if (!content_type) return false;
    const std::string type = media_type(*content_type);
    if (std::ranges::none_of(kHttpApiText, [&type](auto entry) { return entry_matches(entry, type); })) return false;
    const std::string charset = charset_of(*content_type);
    return charset.empty() || is_utf8(charset);
}

}  // namespace understudy::event
