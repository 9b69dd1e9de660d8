#include "emulator/http/hex.hpp"

#include <array>

namespace understudy::http {

void append_hex(std::string& out, std::uint64_t value, unsigned digits) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::array<char, 16> text;
    for (unsigned i = digits; i-- > 0; value >>= 4) text[i] = kDigits[value & 15];
    out.append(text.data(), digits);
}

std::string to_hex(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes) append_hex(text, static_cast<unsigned char>(c), 2);
    return text;
}

}  // namespace understudy::http
