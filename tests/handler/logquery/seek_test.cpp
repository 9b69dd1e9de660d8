#include "handler/logquery/seek.hpp"

#include "tests/handler/logquery/text_source.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <vector>

namespace understudy::logquery {
namespace {

using std::chrono::milliseconds;

std::string to_time(std::int64_t time) {
    char text[32];
    std::snprintf(text, sizeof text, "%02d:%02d:%02d.%03d", static_cast<int>(time / 3'600'000),
                  static_cast<int>(time / 60'000 % 60), static_cast<int>(time / 1000 % 60),
                  static_cast<int>(time % 1000));
    return text;
}

/// Lines of 100 bytes without end, made up as they are read; line n is at n / `lines_a_milli` ms.
class EndlessSource final : public ByteSource {
  public:
    EndlessSource(std::uint64_t lines, std::uint64_t lines_a_milli) : lines_(lines), lines_a_milli_(lines_a_milli) {}

    std::uint64_t size() const override { return lines_ * 100; }
    std::size_t read(std::uint64_t offset, std::span<char> into, std::error_code&) const override {
        ++reads;
        bytes += into.size();
        for (std::size_t done = 0; done < into.size();) {
            const std::uint64_t line = (offset + done) / 100, column = (offset + done) % 100;
            std::string text = to_time(static_cast<std::int64_t>(line / lines_a_milli_));
            text.resize(99, '.');
            text += '\n';
            done += text.copy(into.data() + done, into.size() - done, column);
        }
        return into.size();
    }

    mutable std::size_t reads = 0;
    mutable std::size_t bytes = 0;

  private:
    std::uint64_t lines_;
    std::uint64_t lines_a_milli_;
};

/// Fails, or ends, at some offset, as a disk or a file that is being shortened does.
class BrokenSource final : public ByteSource {
  public:
    BrokenSource(std::uint64_t end, std::error_code error) : end_(end), error_(error), lines_(10'000, 1) {}

    std::uint64_t size() const override { return lines_.size(); }
    std::size_t read(std::uint64_t offset, std::span<char> into, std::error_code& error) const override {
        if (offset + into.size() <= end_) return lines_.read(offset, into, error);
        error = error_;
        return offset >= end_ ? 0 : lines_.read(offset, into.first(end_ - offset), error);
    }

  private:
    std::uint64_t end_;
    std::error_code error_;
    EndlessSource lines_;
};

std::optional<MessageStart> seek(const std::string& text, std::int64_t time) {
    const TextSource source(text);
    BlockReader blocks(source);
    return find_first_at(blocks, milliseconds(time));
}

TEST(Seek, AFileWithoutMessagesHasNone) {
    for (const std::string& text : {std::string(), std::string("\n"), std::string("junk"), std::string("junk\njunk\n"),
                                    std::string(100'000, '\n'), std::string(100'000, 'x')}) {
        EXPECT_EQ(seek(text, 0), std::nullopt);
        EXPECT_EQ(seek(text, 5), std::nullopt);
    }
}

TEST(Seek, FindsTheFirstOfEqualTimes) {
    std::string text = "a line before all messages\n";
    std::vector<std::uint64_t> starts;
    for (const std::int64_t time : {10, 20, 20, 20, 30}) {
        starts.push_back(text.size());
        text += to_time(time) + " x\n";
    }
    EXPECT_EQ(seek(text, 0), (MessageStart{starts[0], milliseconds(10)}));
    EXPECT_EQ(seek(text, 10), (MessageStart{starts[0], milliseconds(10)}));
    EXPECT_EQ(seek(text, 11), (MessageStart{starts[1], milliseconds(20)}));
    EXPECT_EQ(seek(text, 20), (MessageStart{starts[1], milliseconds(20)}));
    EXPECT_EQ(seek(text, 30), (MessageStart{starts[4], milliseconds(30)}));
    EXPECT_EQ(seek(text, 31), std::nullopt);
}

TEST(Seek, FindsTheFirstOfEqualTimesThatFillManyBlocks) {
    std::string text = to_time(10) + " before\n";
    const std::uint64_t first = text.size();
    for (int i = 0; i < 5'000; ++i) text += to_time(20) + " x\n";
    const std::uint64_t behind = text.size();
    text += to_time(30);
    EXPECT_EQ(seek(text, 20), (MessageStart{first, milliseconds(20)}));
    EXPECT_EQ(seek(text, 21), (MessageStart{behind, milliseconds(30)}));
}

TEST(Seek, ATimeInsideALineBeginsNoMessage) {
    const std::string text = "x" + to_time(5) + "\n" + to_time(7) + " " + to_time(9) + "\n " + to_time(9) + "\n";
    EXPECT_EQ(seek(text, 0), (MessageStart{14, milliseconds(7)}));
    EXPECT_EQ(seek(text, 8), std::nullopt);
}

TEST(Seek, EveryPlaceOfALongContinuationLeadsToTheMessagesAroundIt) {
    for (const std::string& filling : {std::string(300'000, 'x'), std::string(30'000, '\n')}) {
        for (int long_one = 0; long_one < 6; ++long_one) {
            std::string text;
            std::vector<std::uint64_t> starts;
            for (int i = 0; i < 6; ++i) {
                starts.push_back(text.size());
                text += to_time(i * 10) + " m\n";
                if (i == long_one) text += filling + "\n";
            }
            for (int i = 0; i < 6; ++i) {
                const MessageStart start{starts[static_cast<std::size_t>(i)], milliseconds(i * 10)};
                EXPECT_EQ(seek(text, i * 10), start) << long_one;
                EXPECT_EQ(seek(text, i * 10 - 9), start) << long_one;
            }
            EXPECT_EQ(seek(text, 51), std::nullopt);
        }
    }
}

TEST(Seek, ATimeAcrossTheEndOfABlockIsRead) {
    // The message's time begins at each of the places around the end of the first block.
    for (std::size_t before = BlockReader::kSmallestBlock - 20; before < BlockReader::kSmallestBlock + 3; ++before) {
        const std::string text = std::string(before - 1, 'x') + "\n" + to_time(10) + "\n";
        EXPECT_EQ(seek(text, 0), (MessageStart{before, milliseconds(10)})) << before;
        EXPECT_EQ(seek(text, 10), (MessageStart{before, milliseconds(10)})) << before;
        EXPECT_EQ(seek(text, 11), std::nullopt) << before;
    }
}

TEST(Seek, ATerabyteCostsAFewBlocks) {
    constexpr std::uint64_t kLines = 86'400'000 * std::uint64_t{100};
    const EndlessSource source(kLines, 100);
    for (const std::int64_t time : {1, 1'000, 43'200'000, 86'399'999}) {
        source.reads = source.bytes = 0;
        BlockReader blocks(source);
        EXPECT_EQ(find_first_at(blocks, milliseconds(time)),
                  (MessageStart{static_cast<std::uint64_t>(time) * 10'000, milliseconds(time)}));
        EXPECT_LE(source.reads, 32u);
        EXPECT_LE(source.bytes, 32 * BlockReader::kSmallestBlock);
    }
    BlockReader blocks(source);
    source.reads = 0;
    EXPECT_EQ(find_first_at(blocks, milliseconds(0)), (MessageStart{0, milliseconds(0)}));
    EXPECT_EQ(source.reads, 1u);
}

TEST(Seek, ASourceThatFailsSaysWhyAndEndsThere) {
    const BrokenSource source(500'000, std::make_error_code(std::errc::io_error));
    BlockReader blocks(source);
    EXPECT_EQ(find_first_at(blocks, milliseconds(9'000)), std::nullopt);
    EXPECT_EQ(blocks.error(), std::errc::io_error);
    EXPECT_EQ(blocks.size(), 500'000u);
}

TEST(Seek, ASourceThatBecameShorterEndsThere) {
    const BrokenSource source(500'050, {});
    BlockReader blocks(source);
    EXPECT_EQ(find_first_at(blocks, milliseconds(9'000)), std::nullopt);
    EXPECT_FALSE(blocks.error());
    BlockReader again(source);
    EXPECT_EQ(find_first_at(again, milliseconds(4'000)), (MessageStart{400'000, milliseconds(4'000)}));
}

}  // namespace
}  // namespace understudy::logquery
