#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::wire {

/// The status codes that all protobuf RPC protocols share; the numbers are gRPC's.
enum class Code : std::uint8_t {
    ok = 0,
    canceled = 1,
    unknown = 2,
    invalid_argument = 3,
    deadline_exceeded = 4,
    not_found = 5,
    already_exists = 6,
    permission_denied = 7,
    resource_exhausted = 8,
    failed_precondition = 9,
    aborted = 10,
    out_of_range = 11,
    unimplemented = 12,
    internal = 13,
    unavailable = 14,
    data_loss = 15,
    unauthenticated = 16,
};

/// Connect's name of a code: `invalid_argument`; `ok` for 0.
std::string_view to_name(Code code);
std::optional<Code> parse_code_name(std::string_view name);

/// The HTTP status that a Connect unary reply carries for a code (connectrpc.com/docs/protocol, "Error codes").
int to_http_status(Code code);
/// The code that a client infers from an HTTP status where the body names none (same page, "HTTP to error code").
Code infer_code(int http_status);

/// More about an error: a message of any type.
struct Detail {
    std::string type;   ///< Its full name: `google.rpc.RetryInfo`.
    std::string value;  ///< Its bytes in protobuf's binary format.

    friend bool operator==(const Detail&, const Detail&) = default;
};

/// How a call ended: `ok`, or a code, a sentence for people, and messages for programs.
class Status {
  public:
    Status() = default;
    Status(Code code, std::string message) : code_(code), message_(std::move(message)) {}
    Status(Code code, std::string message, std::vector<Detail> details)
        : code_(code), message_(std::move(message)), details_(std::move(details)) {}

    bool ok() const { return code_ == Code::ok; }
    Code code() const { return code_; }
    const std::string& message() const { return message_; }
    const std::vector<Detail>& details() const { return details_; }
    friend bool operator==(const Status&, const Status&) = default;

  private:
    Code code_ = Code::ok;
    std::string message_;
    std::vector<Detail> details_;
};

std::ostream& operator<<(std::ostream& out, const Status& status);

}  // namespace understudy::wire
