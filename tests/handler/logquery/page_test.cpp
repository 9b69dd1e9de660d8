#include "handler/logquery/page.hpp"

#include "tests/handler/logquery/requests.hpp"

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
    const wire::ReplyLimit room = binary_reply();
    Page page(limit, room);
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
    const wire::ReplyLimit room = binary_reply();
    Page page(2, room);
    EXPECT_TRUE(page.add(message_of(1)));
    EXPECT_TRUE(page.add(message_of(2)));
    const auto response = page.take();
    EXPECT_EQ(response.messages_size(), 2);
    EXPECT_EQ(response.messages(1).text(), "xx");
    EXPECT_FALSE(response.truncated());
}

TEST(Page, TheEncodedResponseFillsFourMebibytesAndNoMore) {
    // The last message's text decides the size to the byte: 8 bytes are its tags and lengths, 2 are `truncated`.
    const wire::ReplyLimit binary = binary_reply();
    for (const std::size_t spare : {std::size_t{0}, std::size_t{1}}) {
        Page page(1000, binary);
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

struct TightRoom {
    const char* what;
    wire::ReplySize message;  ///< What each message takes.
    std::size_t most_carried;
    int messages;
};

constexpr TightRoom kTightRooms[] = {
    {"4 MiB of codec", {.encoded = 1U << 20, .carried = 1}, 100, 3},
    {"the carrier to the byte", {.encoded = 1, .carried = 10}, 100, 9},
    {"one byte too many", {.encoded = 1, .carried = 10}, 99, 8},
    {"no room for any", {.encoded = 1, .carried = 10}, 19, 0},
};

TEST(Page, AMessageTakesWhatItsCodecAndItsCarrierMakeOfIt) {
    for (const TightRoom& row : kTightRooms) {
        // The response without messages takes as much as each of them.
        const wire::ReplyLimit room{.measure = [&row](const auto&) { return row.message; },
                                    .most_carried = row.most_carried};
        Page page(1000, room);
        while (page.add(message_of(1))) {
        }
        const auto response = page.take();
        EXPECT_EQ(response.messages_size(), row.messages) << row.what;
        EXPECT_TRUE(response.truncated()) << row.what;
    }
}

}  // namespace
}  // namespace understudy::logquery
