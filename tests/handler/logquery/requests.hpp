#pragma once

#include "proto/wire/reply_limit.hpp"

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

/// The binary codec on a transport that adds nothing and carries `most` bytes.
inline wire::ReplyLimit binary_reply(std::size_t most = SIZE_MAX) {
    const auto measure = [](const google::protobuf::Message& message) {
        return wire::ReplySize{.encoded = message.ByteSizeLong(), .carried = message.ByteSizeLong()};
    };
    return {.measure = measure, .most_carried = most};
}

constexpr std::int64_t kMilli = 1'000'000;
constexpr std::int64_t kSecond = 1'000 * kMilli;
constexpr std::int64_t kHour = 3'600 * kSecond;

}  // namespace understudy::logquery
