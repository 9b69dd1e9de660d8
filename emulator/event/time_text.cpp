#include "emulator/event/time_text.hpp"

#include "emulator/source/utc_time.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace understudy::event {
namespace {

constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
constexpr std::string_view kWeekdays = "SunMonTueWedThuFriSat";

/// The longest text that is made here: `Sun, 06 Nov 1994 08:49:37 GMT`.
constexpr std::size_t kLongest = 29;

/// A text of known length at most, written from left to right. Precondition: no more is put than `kLongest`.
class Pen {
  public:
    Pen& put(std::string_view text) {
        to_ = std::ranges::copy(text, to_).out;
        return *this;
    }
    Pen& put(unsigned number, int width) {
        for (int i = width; i-- > 0; number /= 10) to_[i] = static_cast<char>('0' + number % 10);
        to_ += width;
        return *this;
    }
    std::string take() const { return {text_.data(), static_cast<std::size_t>(to_ - text_.data())}; }

  private:
    std::array<char, kLongest> text_;
    char* to_ = text_.data();
};

/// A moment taken apart, in UTC.
struct Civil {
    explicit Civil(std::chrono::system_clock::time_point time)
        : day(std::chrono::floor<std::chrono::days>(time)),
          date(day),
          clock(std::chrono::floor<std::chrono::seconds>(time - day)) {}

    void put_date(Pen& pen, std::string_view separator) const {
        const auto month = static_cast<unsigned>(date.month()) - 1;
        pen.put(static_cast<unsigned>(date.day()), 2).put(separator).put(kMonths.substr(month * 3, 3)).put(separator);
        pen.put(static_cast<unsigned>(static_cast<int>(date.year())), 4);
    }
    void put_clock(Pen& pen) const {
        pen.put(static_cast<unsigned>(clock.hours().count()), 2).put(":");
        pen.put(static_cast<unsigned>(clock.minutes().count()), 2).put(":");
        pen.put(static_cast<unsigned>(clock.seconds().count()), 2);
    }

    std::chrono::sys_days day;
    std::chrono::year_month_day date;
    std::chrono::hh_mm_ss<std::chrono::seconds> clock;
};

}  // namespace

std::string to_log_time(std::chrono::system_clock::time_point time) {
    const Civil civil(time);
    Pen pen;
    civil.put_date(pen, "/");
    pen.put(":");
    civil.put_clock(pen);
    return pen.put(" +0000").take();
}

std::string to_http_date(std::chrono::system_clock::time_point time) {
    const Civil civil(time);
    Pen pen;
    pen.put(kWeekdays.substr(std::chrono::weekday(civil.day).c_encoding() * 3, 3)).put(", ");
    civil.put_date(pen, " ");
    pen.put(" ");
    civil.put_clock(pen);
    return pen.put(" GMT").take();
}

std::string to_timestamp(std::chrono::system_clock::time_point time) {
    return source::to_utc_time(time);
}

std::int64_t to_epoch_milliseconds(std::chrono::system_clock::time_point time) {
    return std::chrono::floor<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

}  // namespace understudy::event
