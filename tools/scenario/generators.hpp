#pragma once

#include "emulator/source/problem.hpp"
#include "tools/scenario/template_text.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <random>
#include <string>

namespace understudy::scenario {

/// Makes the values of calls in `${…}`: the same ones for the same seed, but for those of the clock.
///
///     uuid()            a random UUID of version 4
///     now()  now(-90s)  the time, RFC 3339 in UTC with milliseconds; moved by a number of ms, s, m, h or d
///     unix() unix(1d)   the same in whole seconds since 1970
///     random(1, 6)      a whole number, both ends included
///     random_text(8)    that many small letters and digits
class Generators {
  public:
    using Clock = std::function<std::chrono::system_clock::time_point()>;

    Generators(std::uint64_t seed, Clock clock) : random_(seed), clock_(std::move(clock)) {}

    /// As JSON. Errors: those of `check`.
    source::Result<std::string> make(const Expression& call);

    /// Whether anything but the time was made.
    bool has_drawn() const { return drawn_; }

    /// Whether a call is one of these, and has the arguments it takes. Errors: not_found, invalid.
    static source::Result<void> check(const Expression& call);

  private:
    std::string make_uuid();

    std::mt19937_64 random_;
    Clock clock_;
    bool drawn_ = false;
};

}  // namespace understudy::scenario
