#include "emulator/app/reserved_header.hpp"

#include <gtest/gtest.h>

namespace understudy::app::reserved_header_test {
namespace {

TEST(ReservedHeader, IsKeptInUpperAndLowerCase) {
    for (const char* name : {"Authorization", "x-amz-date", "X-AMZN-anything", "access-control-allow-origin", "VIA"}) {
        EXPECT_TRUE(is_reserved_header(name)) << name;
    }
    for (const char* name : {"x-amazing", "authorizations", "auth", "vi", "access-control"}) {
        EXPECT_FALSE(is_reserved_header(name)) << name;
    }
}

}  // namespace
}  // namespace understudy::app::reserved_header_test
