#include "tools/convert/message_value.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/util/message_differencer.h>

namespace understudy::convert {

namespace protobuf = google::protobuf;
using protobuf::Message;

bool equal_messages(const Message& left, const Message& right) {
    protobuf::util::DefaultFieldComparator comparator;
    comparator.set_treat_nan_as_equal(true);
    protobuf::util::MessageDifferencer differencer;
    differencer.set_field_comparator(&comparator);
    return differencer.Compare(left, right);
}

std::pair<std::int64_t, std::int64_t> to_instant(const Message& message) {
    constexpr std::int64_t kSecond = 1'000'000'000;
    const auto& type = *message.GetDescriptor();
    const auto& reflection = *message.GetReflection();
    std::int64_t seconds = reflection.GetInt64(message, type.FindFieldByNumber(1));
    std::int64_t nanoseconds = reflection.GetInt32(message, type.FindFieldByNumber(2));
    const std::int64_t carry = nanoseconds / kSecond - (nanoseconds % kSecond < 0 ? 1 : 0);
    return {static_cast<std::int64_t>(static_cast<std::uint64_t>(seconds) + static_cast<std::uint64_t>(carry)),
            nanoseconds - carry * kSecond};
}

std::string to_type_name(const Message& any) {
    const auto* field = any.GetDescriptor()->FindFieldByNumber(1);
    const auto url = any.GetReflection()->GetString(any, field);
    return url.substr(url.rfind('/') + 1);
}

std::unique_ptr<Message> unpack(const Message& any) {
    const auto* type = any.GetDescriptor()->file()->pool()->FindMessageTypeByName(to_type_name(any));
    if (!type) return nullptr;
    const auto& reflection = *any.GetReflection();
    std::unique_ptr<Message> message(reflection.GetMessageFactory()->GetPrototype(type)->New());
    const auto bytes = reflection.GetString(any, any.GetDescriptor()->FindFieldByNumber(2));
    return message->ParsePartialFromString(bytes) ? std::move(message) : nullptr;
}

}  // namespace understudy::convert
