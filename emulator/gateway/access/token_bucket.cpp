#include "emulator/gateway/access/token_bucket.hpp"

#include <algorithm>

namespace understudy::access {
namespace {

/// A number that is the same for all moments of one period and higher for later ones.
std::int64_t period_of(app::QuotaPeriod period, std::chrono::system_clock::time_point now) {
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::int64_t days = day.time_since_epoch().count();
    switch (period) {
        case app::QuotaPeriod::day:
            return days;
        case app::QuotaPeriod::week:
            return (days + 4) / 7;  // 1970 began on a Thursday.
        case app::QuotaPeriod::month:
            break;
    }
    const std::chrono::year_month_day date(day);
    return static_cast<int>(date.year()) * 12 + static_cast<int>(static_cast<unsigned>(date.month()));
}

}  // namespace

bool TokenBucket::offers(Time now) {
    if (now > filled_) {
        const double seconds = std::chrono::duration<double>(now - filled_).count();
        tokens_ = std::min(tokens_ + seconds * throttle_.rate, static_cast<double>(throttle_.burst));
        filled_ = now;
    }
    return tokens_ >= 1;
}

bool QuotaCounter::offers(Time now) {
    if (const auto period = period_of(quota_.period, now); period != period_) {
        period_ = period;
        used_ = 0;
    }
    return used_ < quota_.limit;
}

}  // namespace understudy::access
