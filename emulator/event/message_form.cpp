#include "emulator/event/message_form.hpp"

#include "emulator/event/proxy_reply.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace understudy::event {
namespace {

std::optional<std::uint64_t> take_varint(std::string_view& bytes) {
    constexpr std::size_t kLongest = 10;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kLongest && i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
        if ((byte & 0x80) != 0) continue;
        bytes.remove_prefix(i + 1);
        return value;
    }
    return std::nullopt;
}

bool skip(std::string_view& bytes, std::uint64_t size) {
    if (size > bytes.size()) return false;
    bytes.remove_prefix(static_cast<std::size_t>(size));
    return true;
}

/// One field, with its tag.
bool take_field(std::string_view& bytes) {
    constexpr std::uint64_t kLastField = (1U << 29) - 1;
    const auto tag = take_varint(bytes);
    if (!tag || *tag >> 3 == 0 || *tag >> 3 > kLastField) return false;
    switch (*tag & 7) {
        case 0:
            return take_varint(bytes).has_value();
        case 1:
            return skip(bytes, 8);
        case 2: {
            const auto size = take_varint(bytes);
            return size && skip(bytes, *size);
        }
        case 5:
            return skip(bytes, 4);
        default:
            return false;
    }
}

bool is_bare_message(std::string_view bytes) {
    while (!bytes.empty()) {
        if (!take_field(bytes)) return false;
    }
    return true;
}

}  // namespace

bool is_json_text(std::string_view bytes) {
    return parse_proxy_reply(bytes).is_json;
}

bool is_message(std::string_view type, std::string_view bytes) {
    if (!type.starts_with("application/grpc") && !type.starts_with("application/connect+")) {
        return is_bare_message(bytes);
    }
    constexpr std::size_t kEnvelope = 5;
    while (!bytes.empty()) {
        if (bytes.size() < kEnvelope || (bytes[0] & 1) != 0) return false;
        std::uint64_t size = 0;
        for (std::size_t i = 1; i < kEnvelope; ++i) size = size << 8 | static_cast<unsigned char>(bytes[i]);
        bytes.remove_prefix(kEnvelope);
        if (size > bytes.size() || !is_bare_message(bytes.substr(0, static_cast<std::size_t>(size)))) return false;
        bytes.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
}

}  // namespace understudy::event
