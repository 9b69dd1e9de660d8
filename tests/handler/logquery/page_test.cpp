#include "handler/logquery/page.hpp"

#include <gtest/gtest.h>

#include <string>

namespace understudy::logquery {
namespace {

::logquery::v1::LogMessage message_of(std::size_t text_size) {
    ::logquery::v1::LogMessage message;
    message.set_text(std::string(text_size, 'x'));
    return message;
}

int fill(std::uint32_t limit) {
    Page page(limit);
    while (page.add(message_of(1))) {
    }
    const auto response = page.take();
    EXPECT_TRUE(response.truncated());
    return response.messages_size();
}

TEST(Page, TheLimitIsAHundredUnlessAskedAndAThousandAtMost) {
    EXPECT_EQ(fill(0), 100);
    EXPECT_EQ(fill(1), 1);
    EXPECT_EQ(fill(999), 999);
    EXPECT_EQ(fill(1000), 1000);
    EXPECT_EQ(fill(1001), 1000);
    EXPECT_EQ(fill(0xFFFFFFFF), 1000);
}

TEST(Page, AsManyAsTheLimitAreNotTruncated) {
    Page page(2);
    EXPECT_TRUE(page.add(message_of(1)));
    EXPECT_TRUE(page.add(message_of(2)));
    const auto response = page.take();
    EXPECT_EQ(response.messages_size(), 2);
    EXPECT_EQ(response.messages(1).text(), "xx");
    EXPECT_FALSE(response.truncated());
}

TEST(Page, TheEncodedResponseFillsFourMebibytesAndNoMore) {
    // The last message's text decides the size to the byte: 8 bytes are its tags and lengths, 2 are `truncated`.
    for (const std::size_t spare : {std::size_t{0}, std::size_t{1}}) {
        Page page(1000);
        ::logquery::v1::FindMessagesResponse so_far;
        for (int i = 0; i < 15; ++i) {
            ASSERT_TRUE(page.add(message_of(Page::kLongestText)));
            *so_far.add_messages() = message_of(Page::kLongestText);
        }
        const std::size_t room = Page::kLargestResponse - so_far.ByteSizeLong() - 2 - 8;
        EXPECT_EQ(page.add(message_of(room + spare)), spare == 0);
        if (spare == 0) {
            EXPECT_FALSE(page.add(message_of(0)));
        }
        const auto response = page.take();
        EXPECT_TRUE(response.truncated());
        EXPECT_EQ(response.messages_size(), spare == 0 ? 16 : 15);
        EXPECT_LE(response.SerializeAsString().size(), Page::kLargestResponse);
        if (spare == 0) {
            EXPECT_EQ(response.SerializeAsString().size(), Page::kLargestResponse);
        }
    }
}

}  // namespace
}  // namespace understudy::logquery
