#include "tools/convert/partial_message.hpp"

#include "tests/tools/convert/converted.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::convert::partial_message_test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(PartialMessage, IsReadWithoutItsRequiredFieldsWhichAreNamed) {
    auto message = everything().make("old.Legacy");
    EXPECT_TRUE(parse_partial_bytes(std::string("\x10\x02\x1a\x00", 4), *message));
    EXPECT_EQ(message->ShortDebugString(), "closed: TWO child { }");
    EXPECT_THAT(missing_fields(*message), ElementsAre("id", "child.id"));
    EXPECT_TRUE(parse_partial_bytes("\x08\x01", *message));
    EXPECT_THAT(missing_fields(*message), IsEmpty());
    EXPECT_FALSE(parse_partial_bytes("\x0f", *message));
}

}  // namespace
}  // namespace understudy::convert::partial_message_test
