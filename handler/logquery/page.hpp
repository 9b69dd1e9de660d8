#pragma once

#include "proto/wire/reply_limit.hpp"

#include <logquery/v1/logquery.pb.h>

#include <cstddef>
#include <cstdint>

namespace understudy::logquery {

/// Collects the messages of one response until the limit or the size of a response is reached.
class Page {
  public:
    /// The most bytes of an encoded response, whatever its codec.
    static constexpr std::size_t kLargestResponse = std::size_t{4} << 20;
    /// The most bytes of one message's text.
    static constexpr std::size_t kLongestText = std::size_t{256} << 10;

    /// `limit` as in a request: 0 means 100, and more than 1000 means 1000. `room` must outlive the page.
    Page(std::uint32_t limit, const wire::ReplyLimit& room);

    /// Adds the next matching message. Where it finds no room the response says that it is truncated.
    /// Returns whether it found room; after the first that did not, none may follow.
    bool add(::logquery::v1::LogMessage message);
    /// Hands out what was collected.
    ::logquery::v1::FindMessagesResponse take();

  private:
    bool take_room(const ::logquery::v1::FindMessagesResponse& part);

    ::logquery::v1::FindMessagesResponse response_;
    std::size_t limit_;
    const wire::ReplyLimit& room_;
    wire::ReplySize size_;
};

}  // namespace understudy::logquery
