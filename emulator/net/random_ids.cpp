#include "emulator/net/random_ids.hpp"

#include <string_view>

namespace understudy::net {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kLettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

std::uint64_t system_randomness() {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
}

}  // namespace

RandomIds::RandomIds(std::optional<std::uint64_t> seed) : engine_(seed ? *seed : system_randomness()) {}

std::string RandomIds::pick(std::string_view alphabet, std::size_t count) {
    std::string text(count, '\0');
    for (char& character : text) character = alphabet[engine_() % alphabet.size()];
    return text;
}

std::string RandomIds::hex(std::size_t count) {
    return pick(kHex, count);
}
std::string RandomIds::short_id(std::size_t count) {
    return pick(kLettersAndDigits, count);
}
std::string RandomIds::gateway_id() {
    return pick(kBase64, 15) + '=';
}

lambda::Trace RandomIds::trace(std::chrono::system_clock::time_point now) {
    const lambda::TraceSeed seed{number(), number(), number()};
    lambda::Trace trace = lambda::parse_trace(lambda::to_invocation_trace({}, now, seed));
    trace.lineage = "1:" + hex(8) + ":0";
    return trace;
}

std::string RandomIds::uuid() {
    std::string text;
    text.reserve(36);
    const std::uint64_t words[] = {(engine_() & ~0xf000ULL) | 0x4000ULL,         // version 4
                                   (engine_() & ~(3ULL << 62)) | (2ULL << 62)};  // RFC 4122's variant
    for (int digit = 0; digit < 32; ++digit) {
        if (digit == 8 || digit == 12 || digit == 16 || digit == 20) text += '-';
        text += kHex[words[digit / 16] >> (60 - digit % 16 * 4) & 0xf];
    }
    return text;
}

}  // namespace understudy::net
