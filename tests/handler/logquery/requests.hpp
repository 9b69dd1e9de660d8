#pragma once

#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <logquery/v1/logquery.pb.h>

#include <cstdint>
#include <string>

namespace understudy::logquery {

/// A request about the window of `time`, in RFC 3339, with a tolerance in nanoseconds.
template <class Request>
Request request_at(const std::string& time, std::int64_t tolerance) {
    Request request;
    EXPECT_TRUE(google::protobuf::util::TimeUtil::FromString(time, request.mutable_time())) << time;
    *request.mutable_tolerance() = google::protobuf::util::TimeUtil::NanosecondsToDuration(tolerance);
    return request;
}

constexpr std::int64_t kMilli = 1'000'000;
constexpr std::int64_t kSecond = 1'000 * kMilli;
constexpr std::int64_t kHour = 3'600 * kSecond;

}  // namespace understudy::logquery
