#include "proto/wire/grpc_status.hpp"

#include "proto/wire/base64.hpp"
#include "proto/wire/percent.hpp"

#include <google/protobuf/any.pb.h>
#include <google/protobuf/empty.pb.h>
#include <google/protobuf/unknown_field_set.h>

#include <algorithm>
#include <charconv>

namespace understudy::wire {
namespace {

constexpr std::string_view kStatus = "grpc-status", kMessage = "grpc-message", kDetails = "grpc-status-details-bin";
constexpr std::string_view kTypePrefix = "type.googleapis.com/";
// Fields of google.rpc.Status.
constexpr int kCodeField = 1, kMessageField = 2, kDetailsField = 3;

// google.rpc.Status is not among protobuf's own types: to this one all its fields are unknown.
std::string to_rpc_status(const Status& status) {
    google::protobuf::Empty message;
    auto& fields = *message.GetReflection()->MutableUnknownFields(&message);
    fields.AddVarint(kCodeField, static_cast<std::uint64_t>(status.code()));
    if (!status.message().empty()) fields.AddLengthDelimited(kMessageField, status.message());
    for (const auto& detail : status.details()) {
        google::protobuf::Any any;
        any.set_type_url(std::string(kTypePrefix) + detail.type);
        any.set_value(detail.value);
        fields.AddLengthDelimited(kDetailsField, any.SerializeAsString());
    }
    return message.SerializeAsString();
}

std::vector<Detail> read_details(std::string_view text) {
    std::vector<Detail> details;
    google::protobuf::Empty message;
    const auto bytes = read_base64(text);
    if (!bytes || !message.ParseFromString(*bytes)) return details;
    const auto& fields = message.GetReflection()->GetUnknownFields(message);
    for (int i = 0; i < fields.field_count(); ++i) {
        const auto& field = fields.field(i);
        google::protobuf::Any any;
        const bool is_detail = field.number() == kDetailsField &&
                               field.type() == google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED &&
                               any.ParseFromString(field.length_delimited());
        if (is_detail) details.push_back({any.type_url().substr(any.type_url().rfind('/') + 1), any.value()});
    }
    return details;
}

Code parse_code_number(std::string_view text) {
    constexpr unsigned kLast = static_cast<unsigned>(Code::unauthenticated);
    unsigned number = kLast + 1;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ptr == end && number <= kLast ? static_cast<Code>(number) : Code::unknown;
}

}  // namespace

Metadata to_grpc_status(const Status& status) {
    Metadata lines{{std::string(kStatus), std::to_string(static_cast<int>(status.code()))}};
    if (!status.message().empty()) lines.emplace_back(kMessage, to_percent_message(status.message()));
    if (!status.details().empty()) lines.emplace_back(kDetails, to_base64(to_rpc_status(status), Padding::none));
    return lines;
}

std::optional<Status> find_grpc_status(const Metadata& trailers) {
    const std::string* number = find_value(trailers, kStatus);
    if (number == nullptr) return std::nullopt;
    const std::string* message = find_value(trailers, kMessage);
    const std::string* details = find_value(trailers, kDetails);
    return Status(parse_code_number(*number), message == nullptr ? std::string() : from_percent(*message),
                  details == nullptr ? std::vector<Detail>() : read_details(*details));
}

bool is_grpc_status_name(std::string_view name) {
    return std::ranges::any_of(std::initializer_list<std::string_view>{kStatus, kMessage, kDetails},
                               [name](std::string_view own) { return same_name(name, own); });
}

}  // namespace understudy::wire
