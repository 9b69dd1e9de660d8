#include "tools/loggen/message.hpp"

#include <array>
#include <cstdint>

namespace understudy::loggen {
namespace {

constexpr std::uint32_t kShortestText = 10;
constexpr std::uint32_t kLongestText = 50;
constexpr std::uint32_t kPatternPercent = 7;

std::string_view pick_level(Random& random) {
    const std::uint32_t percent = random.below(100);
    if (percent < 1) return "ERROR";
    if (percent < 20) return "WARN";
    if (percent < 30) return "DEBUG";
    return "INFO";
}

std::string_view pick_logger(Random& random) {
    constexpr std::array<std::string_view, 3> kLoggers = {"HelperUtils.Parameters$", "Generation.RSGStateMachine$",
                                                          "Generation.LogMsgSimulator$"};
    return kLoggers[random.below(kLoggers.size())];
}

char pick_char(Random& random, char first, char last) {
    return static_cast<char>(first + static_cast<char>(random.below(static_cast<std::uint32_t>(last - first + 1))));
}

void append_characters(std::string& out, std::uint32_t count, Random& random) {
    std::uint64_t word = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (i % 8 == 0) word = random.next();
        out += static_cast<char>(' ' + ((word & 0xFF) * 95 >> 8));
        word >>= 8;
    }
}

void append_pattern(std::string& out, Random& random) {
    for (std::uint32_t left = 5 + random.below(11); left > 0; --left) {
        if (random.below(2) == 0) {
            out += {pick_char(random, 'a', 'c'), pick_char(random, 'e', 'g'), pick_char(random, '0', '3')};
        } else {
            out += {pick_char(random, 'A', 'Z'), pick_char(random, '5', '9'), pick_char(random, 'f', 'w')};
        }
    }
}

void put_digits(char* end, std::int64_t value, int count) {
    for (; count > 0; --count, value /= 10) *--end = static_cast<char>('0' + value % 10);
}

}  // namespace

void append_head(std::string& out, std::chrono::milliseconds time_of_day, std::string_view thread,
                 std::string_view level, std::string_view logger) {
    const std::int64_t time = time_of_day.count();
    char clock[] = "00:00:00.000 [";
    put_digits(clock + 2, time / 3'600'000, 2);
    put_digits(clock + 5, time / 60'000 % 60, 2);
    put_digits(clock + 8, time / 1000 % 60, 2);
    put_digits(clock + 12, time % 1000, 3);
    out.append(clock, sizeof clock - 1).append(thread).append("] ").append(level);
    out.append(level.size() < 5 ? 6 - level.size() : 1, ' ').append(logger).append(" - ");
}

void append_message(std::string& out, std::chrono::milliseconds time_of_day, Random& random) {
    append_head(out, time_of_day, "scala-execution-context-global-17", pick_level(random), pick_logger(random));
    const std::uint32_t length = kShortestText + random.below(kLongestText - kShortestText + 1);
    if (random.below(100) >= kPatternPercent) return append_characters(out, length, random);
    const std::uint32_t before = random.below(length + 1);
    append_characters(out, before, random);
    append_pattern(out, random);
    append_characters(out, length - before, random);
}

}  // namespace understudy::loggen
