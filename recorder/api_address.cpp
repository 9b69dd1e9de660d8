#include "recorder/api_address.hpp"

#include <arpa/inet.h>

#include <charconv>
#include <cstdint>
#include <string>

namespace understudy::recorder {

std::optional<sockaddr_in> parse_api_address(std::string_view text) {
    text = text.substr(0, text.find('/'));
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    std::string host(text.substr(0, colon));
    if (host == "localhost") host = "127.0.0.1";
    const std::string_view digits = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    const bool good = error == std::errc() && end == digits.data() + digits.size() && port != 0 &&
                      ::inet_pton(AF_INET, host.c_str(), &address.sin_addr) == 1;
    return good ? std::optional(address) : std::nullopt;
}

}  // namespace understudy::recorder
