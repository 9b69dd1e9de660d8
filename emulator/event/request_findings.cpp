#include "emulator/event/request_findings.hpp"

#include <algorithm>

namespace understudy::event {
namespace {

std::string content_type_of(const http::Request& request) {
    return media_type(request.headers.last("Content-Type").value_or(""));
}

/// "3 of its 10 bytes were replaced by U+FFFD"
std::string replaced_text(std::size_t replaced, std::size_t size) {
    return std::to_string(replaced) + " of its " + std::to_string(size) +
           " bytes are not UTF-8 and were replaced by U+FFFD, as on AWS";
}

/// A listed protobuf type of another spelling; empty where there is none.
std::string_view near_miss(const BinaryMediaTypes& binary, std::string_view type) {
    if (!is_protobuf(type)) return {};
    const auto found = std::ranges::find_if(binary.entries(), [](const auto& entry) { return is_protobuf(entry); });
    return found == binary.entries().end() ? std::string_view() : *found;
}

Finding rest_body_replaced(const BinaryMediaTypes& binary, std::string type, std::size_t replaced, std::size_t size) {
    std::string text = type.empty() ? "A body without Content-Type" : "A body of type " + type;
    text += " was sent to the function as text, because binaryMediaTypes does not list ";
    text += type.empty() ? "*/*: " : "it: ";
    text += replaced_text(replaced, size) + ". ";
    if (const auto near = near_miss(binary, type); !near.empty()) {
        text += "It does list " + std::string(near) + ", which is another spelling. ";
    }
    text += "Cure: --binary-media-type " + (type.empty()                          ? "'*/*'"
                                            : type.find('*') == std::string::npos ? type
                                                                                  : "'" + type + "'");
    return {kRestBodyReplaced, std::move(type), std::move(text)};
}

bool is_json(std::string_view type) {
    return type == "application/json" || type.ends_with("+json");
}

}  // namespace

void find_in_rest_request(std::vector<Finding>& findings, const http::Request& request, const BinaryMediaTypes& binary,
                          BodyForm form, std::size_t replaced) {
    if (request.body.empty()) return;
    const std::string type = content_type_of(request);
    if (replaced > 0) findings.push_back(rest_body_replaced(binary, type, replaced, request.body.size()));
    if (form == BodyForm::base64 && is_json(type)) {
        findings.push_back({kRestJsonAsBase64, type,
                            "A body of type " + type +
                                " was sent to the function as base64, because binaryMediaTypes matches it. List the "
                                "binary types one by one to keep JSON text."});
    }
    const auto encoding = request.headers.last("Content-Encoding");
    if (encoding && !http::same_name(*encoding, "identity")) {
        findings.push_back({kRestBodyCompressed, std::string(*encoding),
                            "A REST API on AWS decompresses a request body of Content-Encoding gzip or deflate before "
                            "the function sees it; this body was passed on as it came."});
    }
}

void find_in_http_request(std::vector<Finding>& findings, const http::Request& request, std::size_t replaced) {
    if (replaced == 0) return;
    const std::string type = content_type_of(request);
    findings.push_back({kHttpBodyReplaced, type,
                        "A body of type " + type +
                            " is text to an HTTP API: " + replaced_text(replaced, request.body.size()) +
                            " (unverified). Send binary data under a binary type, such as application/x-protobuf."});
}

Finding event_too_large(std::size_t body, std::size_t event, std::size_t limit) {
    return {kEventTooLarge, "",
            "A body of " + std::to_string(body) + " bytes makes an event of " + std::to_string(event) +
                " bytes; Lambda takes " + std::to_string(limit) +
                ". Base64 adds a third, so that about 4.5 MB of binary data fit."};
}

}  // namespace understudy::event
