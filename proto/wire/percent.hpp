#pragma once

#include <string>
#include <string_view>

namespace understudy::wire {

/// A `grpc-message`: everything but printable ASCII, and the percent sign, as `%` and two upper-case digits
/// (github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md, "Status-Message").
std::string to_percent_message(std::string_view text);
/// The value of a query parameter: all but letters, digits, `-`, `_`, `.` and `~` as `%` and two digits.
std::string to_percent_query(std::string_view text);
/// Undoes both; a percent sign without two digits behind it stays what it is.
std::string from_percent(std::string_view text);

}  // namespace understudy::wire
