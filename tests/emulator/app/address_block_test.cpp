#include "emulator/app/address_block.hpp"

#include <gtest/gtest.h>

#include <string_view>

namespace understudy::app::address_block_test {
namespace {

TEST(AddressBlock, Blocks) {
    struct Row {
        std::string_view block, address;
        bool contains;
    };
    const Row rows[] = {
        {"127.0.0.1", "127.0.0.1", true},
        {"127.0.0.1/32", "127.0.0.2", false},
        {"10.0.0.0/8", "10.255.1.2", true},
        {"10.0.0.0/8", "11.0.0.0", false},
        {"192.168.4.0/22", "192.168.7.9", true},
        {"192.168.4.0/22", "192.168.8.0", false},
        {"0.0.0.0/0", "8.8.8.8", true},
        {"0.0.0.0/0", "::1", false},
        {"2001:db8::/32", "2001:db8:1::7", true},
        {"2001:db8::/32", "2001:db9::", false},
        {"::1/128", "::1", true},
        {"::/0", "fe80::1", true},
    };
    for (const Row& row : rows) {
        const auto block = AddressBlock::parse(row.block);
        const auto address = parse_address(row.address);
        ASSERT_TRUE(block && address) << row.block << ' ' << row.address;
        EXPECT_EQ(block->contains(*address), row.contains) << row.block << ' ' << row.address;
    }
    for (const char* bad : {"", "1.2.3", "1.2.3.4.5", "1.2.3.256", "a.b.c.d", "1.2.3.4/33", "1.2.3.4/", "1::2::3", ":",
                            ":::", "1:2:3:4:5:6:7:8:9", "12345::", "::/129", "1:2:3:4:5:6:7:8::", "1:2:", "1.2.3."}) {
        EXPECT_FALSE(AddressBlock::parse(bad).has_value()) << bad;
    }
}

}  // namespace
}  // namespace understudy::app::address_block_test
