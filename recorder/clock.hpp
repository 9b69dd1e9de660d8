#pragma once

#include "recorder/moment.hpp"

namespace understudy::recorder {

/// What the system's clocks show.
inline Moment read_clocks() {
    using std::chrono::duration_cast;
    using std::chrono::microseconds;
    return {duration_cast<microseconds>(std::chrono::system_clock::now().time_since_epoch()),
            duration_cast<microseconds>(std::chrono::steady_clock::now().time_since_epoch())};
}

}  // namespace understudy::recorder
