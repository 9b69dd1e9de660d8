#include "handler/logquery/message_reader.hpp"

#include "tests/handler/logquery/text_source.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace understudy::logquery {
namespace {

struct Read {
    std::uint64_t offset;
    std::string text;

    friend bool operator==(const Read&, const Read&) = default;
};

void PrintTo(const Read& read, std::ostream* out) {
    *out << read.offset << " '" << read.text.substr(0, 80) << "'";
}

std::vector<Read> read_all(std::string text) {
    const TextSource source(std::move(text));
    BlockReader blocks(source);
    MessageReader reader(blocks, find_message(blocks, 0, blocks.size()));
    std::vector<Read> messages;
    while (reader.next()) {
        const std::uint64_t offset = reader.next()->offset;
        const Message message = reader.read();
        EXPECT_EQ(message.offset, offset);
        messages.push_back({message.offset, std::string(message.parts.text)});
    }
    return messages;
}

TEST(MessageReader, LinesWithoutTimeContinueTheMessageBeforeThem) {
    EXPECT_EQ(read_all("no message\n"
                       "10:00:00.000 [main] ERROR a.B - it broke\n"
                       "java.lang.Exception: x\n"
                       "\tat a.B.c(B.java:1)\n"
                       "\n"
                       "10:00:00.000 [main] INFO - \n"
                       "10:00:00.001 [main] INFO -\n"
                       "under an empty text\n"),
              (std::vector<Read>{{11, "it broke\njava.lang.Exception: x\n\tat a.B.c(B.java:1)\n"},
                                 {96, ""},
                                 {124, "\nunder an empty text"}}));
}

TEST(MessageReader, EndsOfLinesMayBeCrLfMixedOrMissing) {
    EXPECT_EQ(read_all("10:00:00.000 a\r\nb\nc\r\n10:00:00.001 d\r\n\r\n10:00:00.002 e"),
              (std::vector<Read>{{0, "a\nb\nc"}, {21, "d\n"}, {39, "e"}}));
    EXPECT_EQ(read_all("10:00:00.000 a\rb\r\r\n"), (std::vector<Read>{{0, "a\rb\r"}}));
    EXPECT_EQ(read_all("10:00:00.000"), (std::vector<Read>{{0, ""}}));
    EXPECT_EQ(read_all("10:00:00.000\r\n"), (std::vector<Read>{{0, ""}}));
    EXPECT_EQ(read_all("10:00:00.00"), std::vector<Read>());
}

TEST(MessageReader, ACrLfAcrossTheEndOfABlockIsOneLineEnd) {
    for (std::size_t length = BlockReader::kSmallestBlock - 20; length < BlockReader::kSmallestBlock + 3; ++length) {
        const std::string text(length, 'x');
        EXPECT_EQ(read_all("10:00:00.000 " + text + "\r\n10:00:00.000 b\r\n"),
                  (std::vector<Read>{{0, text}, {length + 15, "b"}}));
    }
}

TEST(MessageReader, ALineOfAMegabyteIsReadWhole) {
    const std::string text(std::size_t{1} << 20, 'x');
    EXPECT_EQ(read_all("10:00:00.000 [main] INFO  a - " + text + "\n" + text + "\n10:00:00.000 b"),
              (std::vector<Read>{{0, text + "\n" + text.substr(0, text.size() - 31 - 1)},
                                 {30 + 2 * (text.size() + 1), "b"}}));
}

TEST(MessageReader, ALongerMessageIsCutBetweenCharactersAndTheNextIsFound) {
    std::string text;
    for (std::size_t i = 0; i < MessageReader::kLongestMessage; ++i) text += "\xE2\x82\xAC";
    const std::vector<Read> messages = read_all("10:00:00.000 " + text + "\nmore\n" + text + "\n10:00:00.000 b");
    ASSERT_EQ(messages.size(), 2u);
    EXPECT_EQ(messages[0].text, text.substr(0, (MessageReader::kLongestMessage - 14) / 3 * 3));
    EXPECT_EQ(messages[1].text, "b");
}

}  // namespace
}  // namespace understudy::logquery
