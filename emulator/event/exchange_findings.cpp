#include "emulator/event/exchange_findings.hpp"

#include "emulator/event/media_type.hpp"
#include "emulator/event/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace understudy::event {
namespace {

/// Words of errors that come from reading a body.
constexpr std::array<std::string_view, 8> kReading = {"pars",   "proto",      "json", "decod",
                                                      "base64", "unexpected", "utf",  "wire"};

bool speaks_of_reading(std::string_view error) {
    const std::string lower = to_lower(error);
    return std::ranges::any_of(kReading, [&lower](auto word) { return lower.find(word) != std::string::npos; });
}

Finding header_case_missed(std::string_view header_name, const std::string& what) {
    return {kHeaderCaseMissed, std::string(header_name),
            "The function " + what + " the header " + std::string(header_name) +
                ". A REST API keeps the spelling that the client sent, an HTTP API does not, and over HTTP/2 (curl "
                "--http2-prior-knowledge, or lower_case_headers in a scenario) all names are in lower case: look "
                "headers up without regard to case."};
}

}  // namespace

void find_in_failure(std::vector<Finding>& findings, const SentBody& sent, std::string_view error) {
    const std::string type = sent.type.empty() ? "without a type" : "of type " + sent.type;
    if (sent.form == BodyForm::none && is_protobuf(sent.type)) {
        findings.push_back({kEmptyBodyNotRead, sent.type,
                            "The function failed on a message of zero bytes " + type +
                                ": all fields had their defaults. The event's body is null, missing or empty then; "
                                "read it as an empty message."});
    } else if (sent.form == BodyForm::base64 && speaks_of_reading(error)) {
        findings.push_back({kBase64NotDecoded, sent.type,
                            "The function failed on a body " + type +
                                " that was sent as base64, with isBase64Encoded: true. Decode the event's body before "
                                "it is parsed."});
    } else if (sent.form == BodyForm::text && speaks_of_reading(error)) {
        findings.push_back({kTextDecoded, sent.type,
                            "The function failed on a body " + type +
                                " that was sent as text, with isBase64Encoded: false. Decode base64 only where the "
                                "event says so."});
    }
}

void find_in_status(std::vector<Finding>& findings, int status, std::string_view header_name) {
    if (status != 415 || header_name.empty() || header_name == to_lower(header_name)) return;
    findings.push_back(header_case_missed(header_name, "answered 415 though the event has"));
}

void find_header_in_failure(std::vector<Finding>& findings, std::string_view header_name, std::string_view error) {
    if (header_name.empty() || error.find(header_name) != std::string_view::npos) return;
    if (to_lower(error).find(to_lower(header_name)) == std::string::npos) return;
    findings.push_back(header_case_missed(header_name, "failed on another spelling of"));
}

}  // namespace understudy::event
