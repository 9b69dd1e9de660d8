#include "emulator/gateway/derived_id.hpp"

#include <cstdint>

namespace understudy::gateway {

std::string derive_id(std::string_view of, std::string_view purpose, std::size_t length) {
    constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuvwxyz";
    std::uint64_t hash = 0xcbf29ce484222325u;  // FNV-1a
    const auto mix = [&hash](std::string_view text) {
        for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    };
    mix(of);
    mix(purpose);
    std::string id;
    for (; id.size() < length; mix(purpose)) id.push_back(kLetters[(hash >> 32) % kLetters.size()]);
    return id;
}

}  // namespace understudy::gateway
