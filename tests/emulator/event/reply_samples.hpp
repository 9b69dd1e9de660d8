#pragma once

#include "emulator/event/reply.hpp"
#include "tests/emulator/event/byte_samples.hpp"

#include <sstream>
#include <string>

namespace understudy::event {

/// A reply in one line: `200 Content-Type: text/plain | body`, or what went wrong.
inline std::string in_short(const Reply& reply) {
    if (const auto* failure = std::get_if<ReplyFailure>(&reply.result)) {
        return *failure == ReplyFailure::malformed    ? "malformed"
               : *failure == ReplyFailure::bad_base64 ? "bad base64"
                                                      : "no stream";
    }
    const auto& response = std::get<http::Response>(reply.result);
    std::ostringstream out;
    out << response.status;
    for (const auto [name, value] : response.headers) out << ' ' << name << ": " << value;
    out << " | " << response.body.view();
    return out.str();
}

}  // namespace understudy::event
