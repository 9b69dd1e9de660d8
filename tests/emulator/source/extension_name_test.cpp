#include "emulator/source/extension_name.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace understudy::source {
namespace {

TEST(ExtensionName, IsPartsBetweenDotsInBrackets) {
    for (const std::string_view name : {"[note]", "[shop.v1.note]", "[_a._b2]", "[A.b]"}) {
        EXPECT_EQ(extension_name_length(name), name.size()) << name;
        EXPECT_EQ(extension_name_length(std::string(name) + ".rest]"), name.size()) << name;
    }
}

TEST(ExtensionName, EachPartBeginsWithALetter) {
    for (const std::string_view text :
         {"",       "[",  "[]",  "[*]",  "[0]",   "[1.5]",   "[a.5]", "[2a]", "[.]",  "[.a]", "[a.]",
          "[a..b]", "[a", "[a.", "[a.b", "[a b]", "[\"a\"]", "[-a]",  "[ä]",  "a[b]", " [a]"})
        EXPECT_EQ(extension_name_length(text), 0U) << text;
}

}  // namespace
}  // namespace understudy::source
