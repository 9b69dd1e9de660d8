#pragma once

#include "handler/logquery/day.hpp"
#include "handler/logquery/log_line.hpp"
#include "proto/wire/status.hpp"

#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

#include <chrono>

namespace understudy::logquery {

/// A moment as log files know it.
using LogTime = std::chrono::sys_time<std::chrono::milliseconds>;

/// The first and the last millisecond that a request asks about. Empty where `last` is before `first`: between two
/// milliseconds.
struct Window {
    LogTime first;
    LogTime last;

    friend bool operator==(const Window&, const Window&) = default;
};

/// The part of a window that lies in one day.
struct DayWindow {
    TimeOfDay first;
    TimeOfDay last;

    friend bool operator==(const DayWindow&, const DayWindow&) = default;
};

/// Reads a request's fields `time` and `tolerance`, each a null pointer where it is absent, into `window`: the
/// milliseconds of [time - tolerance, time + tolerance], whose bounds are compared to the nanosecond.
/// Errors: `invalid_argument` with a message that names the field.
wire::Status parse_window(const google::protobuf::Timestamp* time, const google::protobuf::Duration* tolerance,
                          Window& window);

/// Preconditions: the window is not empty and touches the day.
DayWindow to_day_window(const Window& window, Day day);

/// `time`, of a day in the years 0001 to 9999, as a message.
void write_timestamp(LogTime time, google::protobuf::Timestamp& timestamp);

}  // namespace understudy::logquery
