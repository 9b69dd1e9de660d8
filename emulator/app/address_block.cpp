#include "emulator/app/address_block.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <system_error>

namespace understudy::app {
namespace {

constexpr Address kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0};

/// A decimal number that is the whole text. Errors: nullopt where it is none or over `limit`.
std::optional<unsigned> parse_number(std::string_view text, unsigned limit) {
    unsigned number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || text.size() > 3 || number > limit) return {};
    return number;
}

std::optional<Address> parse_v4(std::string_view text) {
    Address address = kMapped;
    for (std::size_t i = 12; i < 16; ++i) {
        const auto end = text.find('.');
        if ((end == std::string_view::npos) != (i == 15)) return std::nullopt;
        const auto part = parse_number(text.substr(0, end), 255);
        if (!part) return std::nullopt;
        address.at(i) = static_cast<std::uint8_t>(*part);
        text.remove_prefix(std::min(end, text.size() - 1) + 1);
    }
    return address;
}

/// Writes groups of four digits, divided by `:`, at the front of `bytes`. Errors: nullopt; else the bytes written.
std::optional<std::size_t> parse_groups(std::string_view text, Address& bytes) {
    std::size_t size = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find(':'), text.size());
        unsigned group = 0;
        const auto [read, error] = std::from_chars(text.data(), text.data() + end, group, 16);
        if (error != std::errc() || read != text.data() + end) return std::nullopt;
        if (end == 0 || end > 4 || size == bytes.size() || end + 1 == text.size()) return std::nullopt;
        bytes.at(size++) = static_cast<std::uint8_t>(group >> 8);
        bytes.at(size++) = static_cast<std::uint8_t>(group & 0xff);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return size;
}

std::optional<Address> parse_v6(std::string_view text) {
    Address address{};
    const auto gap = text.find("::");
    const auto front = parse_groups(text.substr(0, gap), address);
    if (!front) return std::nullopt;
    if (gap == std::string_view::npos) return *front == address.size() ? std::optional(address) : std::nullopt;
    Address behind{};
    const auto back = parse_groups(text.substr(gap + 2), behind);
    if (!back || *front + *back > address.size() - 2) return std::nullopt;
    std::copy_n(behind.begin(), *back, address.end() - static_cast<std::ptrdiff_t>(*back));
    return address;
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    return text.find(':') == std::string_view::npos ? parse_v4(text) : parse_v6(text);
}

std::optional<AddressBlock> AddressBlock::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return std::nullopt;
    if (slash == std::string_view::npos) return AddressBlock(*address, 128);
    const bool is_v4 = text.find(':') == std::string_view::npos;
    const auto bits = parse_number(text.substr(slash + 1), is_v4 ? 32 : 128);
    if (!bits) return std::nullopt;
    return AddressBlock(*address, *bits + (is_v4 ? 96 : 0));
}

bool AddressBlock::contains(const Address& address) const {
    const unsigned whole = bits_ / 8;
    if (!std::equal(address.begin(), address.begin() + whole, address_.begin())) return false;
    const unsigned rest = bits_ % 8;
    return rest == 0 || (address.at(whole) >> (8 - rest)) == (address_.at(whole) >> (8 - rest));
}

}  // namespace understudy::app
