#include "tools/scenario/hints.hpp"

#include "tests/tools/scenario/shop.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::scenario {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> hints(std::string_view body) {
    return to_hints(body, *shop_message("Item", ""));
}

TEST(Hints, Base64TextOfTheMessageIsRecognised) {
    EXPECT_THAT(hints("CgFh"), ElementsAre(HasSubstr("base64 text")));  // name: "a"
}

TEST(Hints, Base64TextOfSomethingElseIsNot) {
    EXPECT_THAT(hints("////"), IsEmpty());
    EXPECT_THAT(hints("CgFh!"), IsEmpty());
    EXPECT_THAT(hints(""), IsEmpty());
}

TEST(Hints, ReplacedBytesAreRecognised) {
    EXPECT_THAT(hints("\x0A\xEF\xBF\xBD\xEF\xBF\xBD"), ElementsAre(HasSubstr("EF BF BD")));
}

TEST(Hints, AFrameBeforeTheMessageIsRecognised) {
    EXPECT_THAT(hints(std::string_view("\0\0\0\0\3\x0A\1a", 8)), ElementsAre(HasSubstr("framed message")));
    EXPECT_THAT(hints(std::string_view("\0\0\0\0\0", 5)), ElementsAre(HasSubstr("framed message")));
}

TEST(Hints, AnotherLengthIsNoFrame) {
    EXPECT_THAT(hints(std::string_view("\0\0\0\0\4\x0A\1a", 8)), IsEmpty());
    EXPECT_THAT(hints(std::string_view("\0\0\0\0", 4)), IsEmpty());
    EXPECT_THAT(hints(std::string_view("\0\0\0\0\2\x0A\1", 7)), IsEmpty());  // The message inside is cut.
}

}  // namespace
}  // namespace understudy::scenario
