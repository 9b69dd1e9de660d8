#pragma once

#include "emulator/record/exchange.hpp"

#include <set>
#include <string>
#include <vector>

namespace understudy::record {

/// What never reaches the disk.
struct Redaction {
    /// Names of headers, in lower case, in HTTP messages, events (`headers`, `multiValueHeaders`) and replies.
    std::set<std::string> headers = {"authorization",      "cookie", "set-cookie", "x-api-key", "x-amz-security-token",
                                     "proxy-authorization"};
    /// Paths of fields in JSON bodies, events and replies: `user.password`, `items[*].card`; a path without a dot is a
    /// field of that name at any depth.
    std::vector<std::string> fields;
};

/// The text that stands in the place of what was redacted.
inline constexpr char kRedacted[] = "[redacted]";

/// Takes out what must not be written, and says in `exchange.redacted` where. A body that cannot be read as JSON and
/// holds a redacted field's name stays as it is.
void redact(Exchange& exchange, const Redaction& redaction);
/// The same of variables whose names speak of secrets.
void redact(Session& session, const Redaction& redaction);

}  // namespace understudy::record
