#include "handler/rpc/base64.hpp"

#include <openssl/evp.h>

namespace understudy::rpc {
namespace {

constexpr std::size_t kGroupBytes = 3;
constexpr std::size_t kGroupCharacters = 4;

unsigned char* to_unsigned(char* text) {
    return reinterpret_cast<unsigned char*>(text);
}
const unsigned char* to_unsigned(const char* text) {
    return reinterpret_cast<const unsigned char*>(text);
}

std::size_t count_padding(std::string_view text) {
    std::size_t count = 0;
    while (count < 2 && text.size() > count && text[text.size() - 1 - count] == '=') ++count;
    return count;
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
    const std::size_t start = out.size();
    const std::size_t length = (bytes.size() + kGroupBytes - 1) / kGroupBytes * kGroupCharacters;
    out.resize(start + length + 1);  // EVP_EncodeBlock ends its output with a NUL.
    EVP_EncodeBlock(to_unsigned(out.data() + start), to_unsigned(bytes.data()), static_cast<int>(bytes.size()));
    out.resize(start + length);
}

std::optional<std::string> parse_base64(std::string_view text) {
    // EVP_DecodeBlock forgives white space around its input, and takes '=' for 'A'.
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (text.size() % kGroupCharacters != 0) return std::nullopt;
    if (text.empty()) return std::string();
    if (kAlphabet.find(text.front()) == std::string_view::npos) return std::nullopt;
    const std::size_t padding = count_padding(text);
    if (kAlphabet.find(text[text.size() - 1 - padding]) == std::string_view::npos) return std::nullopt;
    if (text.find('=') < text.size() - padding) return std::nullopt;
    std::string bytes(text.size() / kGroupCharacters * kGroupBytes, '\0');
    const int size =
        EVP_DecodeBlock(to_unsigned(bytes.data()), to_unsigned(text.data()), static_cast<int>(text.size()));
    if (size < 0) return std::nullopt;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    return bytes;
}

}  // namespace understudy::rpc
