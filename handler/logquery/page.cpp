#include "handler/logquery/page.hpp"

#include <google/protobuf/io/coded_stream.h>

#include <algorithm>
#include <utility>

namespace understudy::logquery {
namespace {

constexpr std::uint32_t kDefaultLimit = 100;
constexpr std::uint32_t kHighestLimit = 1000;
/// What `truncated = true` takes in the encoded response.
constexpr std::size_t kTruncatedSize = 2;

/// What a message takes as an element of `messages`: a tag, its length and itself.
std::size_t encoded_size(const ::logquery::v1::LogMessage& message) {
    const std::size_t size = message.ByteSizeLong();
    return 1 + google::protobuf::io::CodedOutputStream::VarintSize64(size) + size;
}

}  // namespace

Page::Page(std::uint32_t limit)
    : limit_(limit == 0 ? kDefaultLimit : std::min(limit, kHighestLimit)), size_(kTruncatedSize) {}

bool Page::add(::logquery::v1::LogMessage message) {
    const std::size_t size = encoded_size(message);
    if (static_cast<std::size_t>(response_.messages_size()) == limit_ || size > kLargestResponse - size_) {
        response_.set_truncated(true);
        return false;
    }
    size_ += size;
    *response_.add_messages() = std::move(message);
    return true;
}

::logquery::v1::FindMessagesResponse Page::take() {
    return std::move(response_);
}

}  // namespace understudy::logquery
