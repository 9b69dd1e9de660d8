#include "handler/logquery/page.hpp"

#include <algorithm>
#include <utility>

namespace understudy::logquery {
namespace {

constexpr std::uint32_t kDefaultLimit = 100;
constexpr std::uint32_t kHighestLimit = 1000;

::logquery::v1::FindMessagesResponse truncated_response() {
    ::logquery::v1::FindMessagesResponse response;
    response.set_truncated(true);
    return response;
}

}  // namespace

Page::Page(std::uint32_t limit, const wire::ReplyLimit& room)
    : limit_(limit == 0 ? kDefaultLimit : std::min(limit, kHighestLimit)),
      room_(room),
      size_(room.measure(truncated_response())) {}

bool Page::take_room(const ::logquery::v1::FindMessagesResponse& part) {
    const wire::ReplySize size = room_.measure(part);
    const wire::ReplySize all{.encoded = size_.encoded + size.encoded, .carried = size_.carried + size.carried};
    if (all.encoded > kLargestResponse || all.carried > room_.most_carried) return false;
    size_ = all;
    return true;
}

bool Page::add(::logquery::v1::LogMessage message) {
    ::logquery::v1::FindMessagesResponse part;
    *part.add_messages() = std::move(message);
    if (static_cast<std::size_t>(response_.messages_size()) == limit_ || !take_room(part)) {
        response_.set_truncated(true);
        return false;
    }
    response_.mutable_messages()->AddAllocated(part.mutable_messages()->ReleaseLast());
    return true;
}

::logquery::v1::FindMessagesResponse Page::take() {
    return std::move(response_);
}

}  // namespace understudy::logquery
