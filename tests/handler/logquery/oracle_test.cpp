// The search against logs whose messages are known, because the test wrote them: whatever line ends, blank lines,
// stack traces, broken bytes, equal times and long lines stand between them, the same messages must come back.

#include "handler/logquery/service.hpp"
#include "tests/handler/logquery/log_directory.hpp"
#include "tests/handler/logquery/requests.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>
#include <string>
#include <vector>

namespace understudy::logquery {
namespace {

using ::logquery::v1::CheckWindowRequest;
using ::logquery::v1::CheckWindowResponse;
using ::logquery::v1::FindMessagesRequest;
using ::logquery::v1::FindMessagesResponse;

constexpr std::int64_t kDay = 24 * kHour;
/// 2026-01-04T00:00:00Z, the first of the days.
constexpr std::int64_t kFirstDay = std::int64_t{1'767'484'800} * kSecond;

struct Expected {
    std::int64_t time;  // nanoseconds since 1970
    std::string level, logger, thread, text, file;
    std::uint64_t offset;

    friend bool operator==(const Expected&, const Expected&) = default;
};

void PrintTo(const Expected& message, std::ostream* out) {
    *out << message.file << '@' << message.offset << ' ' << message.time << ' ' << message.level << ' '
         << message.logger << ' ' << message.thread << " '" << message.text.substr(0, 100) << "'";
}

/// Bytes as they stand in a file, and as they must come back.
struct Piece {
    std::string raw;
    std::string text;
};

const std::vector<Piece> kPieces = {
    {"plain text", "plain text"},
    {"", ""},
    {" - dash - ", " - dash - "},
    {"10:00:00.000", "10:00:00.000"},
    {"caf\xC3\xA9", "caf\xC3\xA9"},
    {"junk \xFF\xC3 bytes", "junk \xEF\xBF\xBD\xEF\xBF\xBD bytes"},
    {std::string("nul\0nul", 7), std::string("nul\0nul", 7)},
    {"needle", "needle"},
    {std::string(5'000, 'l'), std::string(5'000, 'l')},
    {std::string(70'000, 'L'), std::string(70'000, 'L')},
};

class Log {
  public:
    explicit Log(unsigned seed) : random_(seed) {
        for (int day = 0; day < 4; ++day) {
            if (pick(4) != 0) write_day(day);
        }
    }

    const LogDirectory& directory() const { return directory_; }
    const std::vector<Expected>& messages() const { return messages_; }
    int pick(int count) { return std::uniform_int_distribution<int>(0, count - 1)(random_); }
    std::int64_t pick_nanos(std::int64_t count) {
        return std::uniform_int_distribution<std::int64_t>(0, count - 1)(random_);
    }

  private:
    const Piece& pick_piece() {
        // Long ones are rare.
        return kPieces[static_cast<std::size_t>(pick(10) == 0 ? pick(10) : pick(8))];
    }
    std::string pick_line_end() { return pick(3) == 0 ? "\r\n" : "\n"; }

    void write_day(int day) {
        const std::string date = "2026-01-0" + std::to_string(4 + day);
        std::string file;
        while (pick(3) == 0) file += "before all messages" + pick_line_end();
        std::int64_t time = pick(2) == 0 ? 0 : pick(80'000'000);
        for (int left = pick(5) == 0 ? 0 : pick(60); left > 0 && time < 86'400'000; --left) {
            write_message(file, date, day, time);
            time += pick(3) == 0 ? 0 : pick(4) == 0 ? pick(20'000'000) : pick(3);
        }
        // Without the last LF, so that a CR may be the last byte; an empty last line needs it.
        if (file.size() > 1 && file[file.size() - 2] != '\n' && pick(3) == 0) file.pop_back();
        directory_.write(date, file);
    }

    void write_message(std::string& file, const std::string& date, int day, std::int64_t time) {
        Expected message{.time = kFirstDay + day * kDay + time * kMilli,
                         .level = pick(2) ? "INFO" : "ERROR",
                         .logger = pick(3) ? "a.B$" : "",
                         .thread = pick(2) ? "main" : "pool-[1]",
                         .text = {},
                         .file = directory_.file(date).filename().string(),
                         .offset = file.size()};
        char clock[32];
        std::snprintf(clock, sizeof clock, "%02d:%02d:%02d.%03d", static_cast<int>(time / 3'600'000),
                      static_cast<int>(time / 60'000 % 60), static_cast<int>(time / 1000 % 60),
                      static_cast<int>(time % 1000));
        file += clock + std::string(" [") + message.thread + "] " + message.level + (pick(2) ? "  " : " ");
        if (!message.logger.empty()) file += pick(2) ? "[" + message.logger + "] " : message.logger + " ";
        file += "- ";
        const Piece& first = pick_piece();
        file += first.raw + pick_line_end();
        message.text = first.text;
        while (pick(3) == 0) {
            const Piece& more = pick_piece();
            const std::string indent = pick(3) == 0 && more.raw.empty() ? "" : "\t";
            file += indent + more.raw + pick_line_end();
            message.text += "\n" + indent + more.text;
        }
        messages_.push_back(std::move(message));
    }

    std::mt19937 random_;
    LogDirectory directory_;
    std::vector<Expected> messages_;
};

std::vector<Expected> to_expected(const FindMessagesResponse& response) {
    std::vector<Expected> messages;
    for (const auto& message : response.messages()) {
        messages.push_back({.time = message.time().seconds() * kSecond + message.time().nanos(),
                            .level = message.level(),
                            .logger = message.logger(),
                            .thread = message.thread(),
                            .text = message.text(),
                            .file = message.file(),
                            .offset = message.offset()});
    }
    return messages;
}

void ask(Log& log) {
    // Most windows end at or near a message, where mistakes are.
    std::int64_t time = kFirstDay - kDay + log.pick_nanos(6 * kDay);
    if (!log.messages().empty() && log.pick(4) != 0) {
        time = log.messages()[static_cast<std::size_t>(log.pick(static_cast<int>(log.messages().size())))].time;
    }
    const std::int64_t widths[] = {0, 1, kMilli, kSecond, kHour, kDay, 4 * kDay};
    const std::int64_t tolerance = log.pick(2) ? widths[log.pick(7)] : log.pick_nanos(widths[1 + log.pick(6)] + 1);
    time += std::vector<std::int64_t>{0, tolerance, -tolerance, 1 - tolerance, tolerance + 1}[log.pick(5)];
    const std::string pattern = log.pick(3) == 0 ? "needle" : "";

    std::vector<Expected> expected;
    bool found = false;
    for (const Expected& message : log.messages()) {
        if (message.time < time - tolerance || message.time > time + tolerance) continue;
        found = true;
        if (message.text.find(pattern) != std::string::npos) expected.push_back(message);
    }

    const LogQueryService service(log.directory().path());
    FindMessagesRequest request;
    *request.mutable_time() = google::protobuf::util::TimeUtil::NanosecondsToTimestamp(time);
    *request.mutable_tolerance() = google::protobuf::util::TimeUtil::NanosecondsToDuration(tolerance);
    request.set_pattern(pattern);
    request.set_limit(1000);
    FindMessagesResponse messages;
    ASSERT_EQ(service.find_messages(request, messages, binary_reply()), wire::Status());
    if (messages.truncated()) {
        ASSERT_LT(messages.messages_size(), static_cast<int>(expected.size()));
        expected.resize(static_cast<std::size_t>(messages.messages_size()));
    }
    ASSERT_EQ(to_expected(messages), expected) << request.ShortDebugString();

    CheckWindowRequest check;
    *check.mutable_time() = request.time();
    *check.mutable_tolerance() = request.tolerance();
    CheckWindowResponse response;
    ASSERT_EQ(service.check_window(check, response), wire::Status());
    ASSERT_EQ(response.found(), found) << request.ShortDebugString();
}

TEST(LogSearch, FindsWhatWasWrittenInHundredsOfRandomLogs) {
    for (unsigned seed = 0; seed < 300; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Log log(seed);
        for (int i = 0; i < 20; ++i) {
            ask(log);
            if (HasFatalFailure()) return;
        }
    }
}

}  // namespace
}  // namespace understudy::logquery
