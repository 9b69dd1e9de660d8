#include "tools/understudy/reload_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace understudy::cli {
namespace {

using testing::ElementsAre;

TEST(ReloadWords, OtherKeysOfAnIssuerStandBehindTheChanges) {
    const std::vector<IssuerKeys> before = {{"https://a", "1"}, {"https://b", "1"}};
    const std::vector<IssuerKeys> now = {{"https://a", "1"}, {"https://b", "2"}};
    EXPECT_EQ(describe_reload("function A is new", before, now), "function A is new, other keys of https://b");
    EXPECT_EQ(describe_reload("", now, before), "other keys of https://b");
    EXPECT_EQ(describe_reload("", now, now), "nothing differs");
}

TEST(ReloadWords, AFailureIsToldAgainWhereItIsAnotherOrItsFilesWereWritten) {
    const std::vector<UnpreparedFunction> known = {{"A", "a is broken"}, {"B", "b is broken"}, {"C", "c is broken"}};
    const std::vector<UnpreparedFunction> failures = {
        {"A", "a is broken"}, {"B", "b is broken"}, {"C", "c is gone"}, {"D", "d is broken"}};
    const auto news = find_failure_news(failures, known, {"B"}, {"D"});
    EXPECT_EQ(news.reasons, "b is broken\nc is gone\nd is broken\n");
    EXPECT_THAT(news.functions, ElementsAre("B", "C")) << "there was no D before";
    EXPECT_EQ(find_failure_news(known, known, {}, {}).reasons, "");
}

TEST(ReloadWords, TheOldOneServesOnWhereNotAllThatIsConcernedIsStranded) {
    const std::string left =
        ": no environment is left from before, so until that is mended calls run the files as "
        "they are now, and fail where these are broken\n";
    EXPECT_EQ(render_refusal("why\n"), "not reloaded, the old one keeps serving:\nwhy\n");
    EXPECT_EQ(render_refusal("why\n", {"A", "B"}, {"C"}), "not reloaded, the old one keeps serving:\nwhy\n");
    EXPECT_EQ(render_refusal("why\n", {"A", "B"}, {"B", "C"}),
              "not reloaded, the old one keeps serving:\nwhy\nfunction B" + left);
    EXPECT_EQ(render_refusal("why\n", {"A", "B"}, {"A", "B"}), "not reloaded:\nwhy\nfunctions A, B" + left);
    EXPECT_EQ(render_refusal("why\n", {}, {"A"}), "not reloaded:\nwhy\n") << "what is new has never served";
}

TEST(ReloadWords, WithAFolderAllThatIsInItIsGone) {
    EXPECT_EQ(render_loss({"/a/b", "/a", "/a/b/c", "/ab", "/c/d"}), "'/a' is gone\n'/ab' is gone\n'/c/d' is gone\n");
}

}  // namespace
}  // namespace understudy::cli
