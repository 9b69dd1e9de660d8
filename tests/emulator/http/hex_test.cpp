#include "emulator/http/hex.hpp"

#include <gtest/gtest.h>

namespace understudy::http {
namespace {

TEST(Hex, ANumberGivesItsLastDigits) {
    std::string text = "0x";
    append_hex(text, 0x0123456789abcdef, 16);
    append_hex(text, 0xfeed, 3);
    append_hex(text, 7, 4);
    EXPECT_EQ(text, "0x0123456789abcdefeed0007");
}

TEST(Hex, ABytesTwoDigitsStandInOrder) {
    EXPECT_EQ(to_hex(std::string_view("\x00\x7f\xff", 3)), "007fff");
}

}  // namespace
}  // namespace understudy::http
