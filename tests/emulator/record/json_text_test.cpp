#include "emulator/record/json_text.hpp"

#include <gmock/gmock.h>

namespace understudy::record {
namespace {

TEST(JsonText, EscapesMeanWhatTheyStandFor) {
    EXPECT_EQ(unescape(R"(a\"\\\/\b\f\n\r\t\u00e4\u20AC\ud83d\ude00)"), "a\"\\/\b\f\n\r\tä€😀");
    EXPECT_EQ(unescape(R"(\ud83d \ude00 \ud83d\u0041)"), "\uFFFD \uFFFD \uFFFDA");
    EXPECT_EQ(unescape(R"(\u12 \x \)"), R"(\u12 \x \)");
}

TEST(JsonText, EditsOfWhatIsMeantAreEditsOfWhatStandsThere) {
    std::string inside = R"(\u00e4"\"q\"\ud83d\ude00z)";
    const std::string meant = unescape(inside);
    const std::size_t at = meant.find('q');
    apply_edits(inside, edits_of_escaped(inside, {{at, at + 1, "\"\n"}, {meant.size() - 1, meant.size(), "Z"}}));
    EXPECT_EQ(inside, R"(\u00e4"\"\"\n\"\ud83d\ude00Z)");
}

}  // namespace
}  // namespace understudy::record
