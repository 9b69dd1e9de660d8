#pragma once

#include "emulator/http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::service {

/// How an exception's body is spelled; typed members of the SDKs depend on it.
enum class ErrorBody : std::uint8_t {
    upper_message_and_type,  ///< `{"Type":"User","Message":…}`
    lower_message_and_type,  ///< `{"Type":"User","message":…}`
    reason_and_type,         ///< `{"Reason":…,"Type":"User","message":…}`
    lower_message,           ///< `{"message":…}`: what is not in the API's model.
    upper_message,           ///< `{"Message":…}`: what stands before the service answers.
};

/// An exception of the Lambda API.
struct ServiceError {
    int status = 400;
    std::string code;  ///< The exception's name.
    std::string message;
    ErrorBody body = ErrorBody::lower_message_and_type;
    std::string reason;  ///< With `reason_and_type` only.

    friend bool operator==(const ServiceError&, const ServiceError&) = default;
};

/// What the caller may have done wrong, or met, in calls that reach no operation.
ServiceError request_too_large();
ServiceError event_too_large(std::size_t size);
ServiceError not_implemented(std::string message);
ServiceError validation_failed(std::string message);
ServiceError invalid_parameter(std::string message);
ServiceError invalid_content(std::string message);
ServiceError function_not_found(std::string_view arn);

/// Header lines that every reply of the API has.
http::Headers common_headers(std::string_view request_id, std::string_view date);

http::Response render_error(const ServiceError& error, std::string_view request_id, std::string_view date);

/// Largest request payload of `RequestResponse` and of `Event`, in bytes.
constexpr std::size_t kMaxPayload = 6'291'456;
constexpr std::size_t kMaxEventPayload = 1'048'576;

}  // namespace understudy::service
