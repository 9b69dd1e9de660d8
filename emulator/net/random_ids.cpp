#include "emulator/net/random_ids.hpp"

#include "emulator/http/hex.hpp"

#include <bit>
#include <string_view>

namespace understudy::net {
namespace {

constexpr std::string_view kLettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::uint64_t system_randomness() {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
}

}  // namespace

RandomIds::RandomIds(std::optional<std::uint64_t> seed) : engine_(seed ? *seed : system_randomness()) {}

/// One random number gives eight characters: 32 of its bits are scaled to an index, for the next one those 8 bits on.
std::string RandomIds::pick(std::string_view alphabet, std::size_t count) {
    std::string text(count, '\0');
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < count; ++i) {
        bits = i % 8 == 0 ? engine_() : std::rotl(bits, 8);
        text[i] = alphabet[(bits >> 32) * alphabet.size() >> 32];
    }
    return text;
}

std::string RandomIds::hex(std::size_t count) {
    std::string text;
    for (; count > 16; count -= 16) http::append_hex(text, engine_(), 16);
    http::append_hex(text, engine_(), static_cast<unsigned>(count));
    return text;
}
std::string RandomIds::short_id(std::size_t count) {
    return pick(kLettersAndDigits, count);
}
std::string RandomIds::gateway_id() {
    return pick(kBase64, 15) + '=';
}

lambda::Trace RandomIds::trace(std::chrono::system_clock::time_point now) {
    return {.root = lambda::to_trace_root(now, number(), number()),
            .parent = hex(16),
            .sampled = {},
            .lineage = "1:" + hex(8) + ":0"};
}

std::string RandomIds::uuid() {
    std::string text;
    text.reserve(36);
    const std::uint64_t high = (engine_() & ~0xf000ULL) | 0x4000ULL;       // version 4
    const std::uint64_t low = (engine_() & ~(3ULL << 62)) | (2ULL << 62);  // RFC 4122's variant
    http::append_hex(text, high >> 32, 8);
    http::append_hex(text += '-', high >> 16, 4);
    http::append_hex(text += '-', high, 4);
    http::append_hex(text += '-', low >> 48, 4);
    http::append_hex(text += '-', low, 12);
    return text;
}

}  // namespace understudy::net
