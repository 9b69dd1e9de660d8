#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace understudy::app {

/// An IPv6 address, or an IPv4 address as `::ffff:a.b.c.d`.
using Address = std::array<std::uint8_t, 16>;

/// Reads `192.0.2.1` or `2001:db8::1`. Errors: nullopt for anything else.
std::optional<Address> parse_address(std::string_view text);

/// A CIDR block: the addresses that share their first bits.
class AddressBlock {
  public:
    /// Reads `192.0.2.0/24` or `2001:db8::/32`; without `/` it is one address. Errors: nullopt for anything else.
    static std::optional<AddressBlock> parse(std::string_view text);

    bool contains(const Address& address) const;

  private:
    AddressBlock(const Address& address, unsigned bits) : address_(address), bits_(bits) {}

    Address address_;
    unsigned bits_;  ///< Of the 128.
};

}  // namespace understudy::app
