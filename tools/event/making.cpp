#include "tools/event/making.hpp"

#include "emulator/event/time_text.hpp"
#include "emulator/http/hex.hpp"

#include <openssl/evp.h>

#include <array>

namespace understudy::event_maker {

/// SplitMix64.
std::uint64_t Draw::number() {
    std::uint64_t z = state_ += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

std::string Draw::text(std::size_t length, std::string_view alphabet) {
    std::string text;
    while (text.size() < length) text += alphabet[number() % alphabet.size()];
    return text;
}

std::string Draw::digits(std::size_t length) {
    return text(length, "0123456789");
}

std::string Draw::uuid() {
    std::string digits = text(32);
    digits[12] = '4';
    digits[16] = "89ab"[number() % 4];
    for (const std::size_t at : {8u, 13u, 18u, 23u}) digits.insert(at, 1, '-');
    return digits;
}

std::string to_arn(const Making& making, std::string_view service, std::string_view resource) {
    std::string arn = "arn:aws:";
    arn.append(service).append(1, ':').append(making.region).append(1, ':').append(making.account);
    return arn.append(1, ':').append(resource);
}

std::string md5(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_md5(), nullptr);
    return http::to_hex({reinterpret_cast<const char*>(digest.data()), size});
}

std::string to_milliseconds(const Making& making) {
    return std::to_string(making.time.time_since_epoch().count());
}

std::string to_seconds_time(const Making& making) {
    const std::string text = event::to_timestamp(making.time);
    return text.substr(0, text.find('.')) + 'Z';
}

}  // namespace understudy::event_maker
