#include "tools/loggen/generator.hpp"

#include "tools/loggen/message.hpp"

#include <algorithm>

namespace understudy::loggen {
namespace {

using namespace std::chrono_literals;
using std::chrono::microseconds;

constexpr std::uint64_t kDefaultMessages = 100;
/// The first moment that no Timestamp can hold: the end of the year 9999.
constexpr std::chrono::sys_days kEndOfTime = std::chrono::sys_days(9999y / 12 / 31) + std::chrono::days(1);

Plan with_a_limit(Plan plan) {
    if (!plan.messages && !plan.bytes && !plan.days) plan.messages = kDefaultMessages;
    return plan;
}

std::chrono::sys_time<microseconds> to_end(const Plan& plan) {
    const auto longest = kEndOfTime - plan.start;
    return plan.days && *plan.days < longest ? plan.start + *plan.days : kEndOfTime;
}

double to_share(std::uint64_t part, std::uint64_t whole) {
    return part < whole ? static_cast<double>(part) / static_cast<double>(whole) : 1;
}

}  // namespace

Generator::Generator(const Plan& plan)
    : plan_(with_a_limit(plan)), random_(plan.seed), start_(plan.start), end_(to_end(plan)), time_(plan.start) {}

bool Generator::finished() const {
    return (plan_.messages && messages_ >= *plan_.messages) || (plan_.bytes && bytes_ >= *plan_.bytes) || time_ >= end_;
}

void Generator::append_next(std::string& out) {
    const std::size_t before = out.size();
    const auto time_of_day = time() - std::chrono::floor<std::chrono::days>(time());
    if (messages_ == 0) {
        append_head(out, time_of_day, "main", "INFO", "GenerateLogData$");
        out += "Log data generator started...";
    } else {
        append_message(out, time_of_day, random_);
    }
    out += plan_.line_end == LineEnd::crlf ? "\r\n" : "\n";
    const std::uint64_t size = out.size() - before;
    time_ += pick_gap(size);
    ++messages_;
    bytes_ += size;
}

/// The time from the message just made, of `line_size` bytes, to the next one.
microseconds Generator::pick_gap(std::uint64_t line_size) {
    if (!plan_.days || (!plan_.messages && !plan_.bytes)) {
        return std::chrono::milliseconds(1000 + random_.below(9001));
    }
    // What this message takes of the amount that is left, it takes of the time that is left, give or take 80 %.
    const double of_messages = plan_.messages ? 1 / static_cast<double>(*plan_.messages - messages_) : 0;
    const double of_bytes = plan_.bytes ? to_share(line_size, *plan_.bytes - bytes_) : 0;
    const double mean = static_cast<double>((end_ - time_).count()) * std::max(of_messages, of_bytes);
    microseconds gap(static_cast<std::int64_t>(mean * (0.2 + 1.6 * random_.share())));
    if (mean >= 2000) gap = std::max<microseconds>(gap, 1ms);
    return std::min(gap, end_ - time_ - 1us);
}

double Generator::progress() const {
    double share = to_share(static_cast<std::uint64_t>((time_ - start_).count()),
                            static_cast<std::uint64_t>((end_ - start_).count()));
    if (plan_.messages) share = std::max(share, to_share(messages_, *plan_.messages));
    if (plan_.bytes) share = std::max(share, to_share(bytes_, *plan_.bytes));
    return share;
}

}  // namespace understudy::loggen
