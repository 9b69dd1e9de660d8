#pragma once

#include "emulator/record/exchange.hpp"

#include <string>
#include <string_view>

namespace understudy::replay {

/// What an exchange was about: what people know it by, and what its bodies are described by.
struct Subject {
    std::string method;    ///< `POST`; empty where no HTTP is known of.
    std::string path;      ///< Without its query.
    std::string function;  ///< The last that was asked and is no authorizer.

    /// `POST /path`, or `invoke function`.
    std::string text() const;
};

/// From the request, or where there is none from the event.
Subject to_subject(const record::Exchange& exchange);
/// From an event alone.
Subject to_subject(const record::Invocation& invocation);

/// What the function itself was asked last, no authorizer; null where it was not.
const record::Invocation* find_function_call(const record::Exchange& exchange);
/// Whether it is a request to an API and its whole answer, which a step can send and expect.
bool goes_through_door(const record::Exchange& exchange);

/// Whether a front answered before the request had arrived whole: nobody can send it again.
bool is_unfinished(const record::Exchange& exchange);

/// The first line of a request in parts; the target holds its query.
struct RequestLine {
    std::string_view method;
    std::string_view target;
};
/// Empty parts for another line.
RequestLine parse_request_line(std::string_view start_line);
/// Whether URLs of that scheme, in whatever case, are HTTP's.
bool is_scheme_of_http(std::string_view name);
/// `wss` of a request whose target is a URL of another kind than HTTP's, as archives have them; empty for all others.
std::string_view find_other_scheme(const record::Exchange& exchange);
/// What the request calls its server; empty where that is not known.
std::string find_host(const record::Exchange& exchange);
/// The status of `HTTP/1.1 200 OK`; 0 for another line.
int parse_status_line(std::string_view start_line);

}  // namespace understudy::replay
