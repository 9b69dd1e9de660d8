#include "emulator/app/profile.hpp"

#include <algorithm>
#include <array>

namespace understudy::app {
namespace {

constexpr std::array<DeviationRow, 14> kRows{{
    {Deviation::empty_members, "events of format 2.0 leave out what is empty", "empty members are there"},
    {Deviation::user_agent, "the request context holds the client's User-Agent", "it says Custom User Agent String"},
    {Deviation::account, "the request context holds the account", "it holds 123456789012"},
    {Deviation::request_form, "a body is base64 by its API's rule",
     "it is by the binary types of all APIs together, HTTP APIs included"},
    {Deviation::damaged_text, "bytes that are not UTF-8 become U+FFFD", "502"},
    {Deviation::reply_decoding, "a REST API decodes base64 where the first entry of Accept is a binary type",
     "where any entry accepts the reply's Content-Type and that is a binary type"},
    {Deviation::reply_keys, "a REST API refuses a reply with the key cookies or base64Encoded",
     "cookies is passed over, and base64Encoded goes before isBase64Encoded"},
    {Deviation::no_route, "an HTTP API without a matching route answers 404", "403 Missing Authentication Token"},
    {Deviation::function_error, "a function's error is 502 on REST and 500 on HTTP APIs", "502"},
    {Deviation::denied, "an HTTP API answers what an authorizer refuses with Forbidden", "with the text of a REST API"},
    {Deviation::default_type, "an HTTP API's reply without Content-Type is text/plain", "application/json"},
    {Deviation::limits, "29 and 30 seconds, 6 and 10 MB, 10,240 bytes of headers",
     "no limit but 6 MB of a reply, 1 GB of a body and 256 KB of a head"},
    {Deviation::added_headers, "answers have request ids and a trace id, events forwarding headers", "they have not"},
    {Deviation::preflight, "an HTTP API answers a preflight with 204", "200"},
}};

}  // namespace

std::span<const DeviationRow> sam_deviations() {
    return kRows;
}

bool deviates(Profile profile, ApiKind kind, Deviation deviation) {
    if (profile == Profile::aws || (kind != ApiKind::rest && kind != ApiKind::http)) return false;
    return std::ranges::find(kRows, deviation, &DeviationRow::what) != kRows.end();
}

}  // namespace understudy::app
