#include "emulator/event/request_findings.hpp"

#include "emulator/app/reply_limit.hpp"
#include "emulator/event/grpc_finding.hpp"
#include "emulator/event/http_body_form.hpp"

#include <algorithm>

namespace understudy::event {
namespace {

/// "3 of its 10 bytes were replaced by U+FFFD"
std::string replaced_text(std::size_t replaced, std::size_t size) {
    return std::to_string(replaced) + " of its " + std::to_string(size) +
           " bytes are not UTF-8 and were replaced by U+FFFD, as on AWS";
}

/// A listed protobuf type of another spelling; empty where there is none.
std::string_view near_miss(const BinaryMediaTypes& binary, std::string_view type) {
    if (!is_protobuf_spelling(type)) return {};
    const auto found =
        std::ranges::find_if(binary.entries(), [](const auto& entry) { return is_protobuf_spelling(entry); });
    return found == binary.entries().end() ? std::string_view() : *found;
}

Finding rest_body_replaced(const BinaryMediaTypes& binary, const std::string& type, std::size_t replaced,
                           std::size_t size) {
    std::string text = type.empty() ? "A body without Content-Type" : "A body of type " + type;
    text += " was sent to the function as text, because binaryMediaTypes does not list ";
    text += type.empty() ? "*/*: " : "it: ";
    text += replaced_text(replaced, size) + ". ";
    if (const auto near = near_miss(binary, type); !near.empty()) {
        text += "It does list " + std::string(near) + ", which is another spelling. ";
    }
    if (!type.empty() && type.find('/') == std::string::npos) {
        text += "Cure: send a media type, which has a slash, and list it; no entry but */* matches " + type + '.';
    } else {
        text += "Cure: " + render_listing(binary.setting(), type.empty() ? "*/*" : type);
    }
    return {kRestBodyReplaced, type, std::move(text)};
}

bool is_json(std::string_view type) {
    return type == "application/json" || type.ends_with("+json");
}

/// What is odd whatever the front.
void find_in_any_request(std::vector<Finding>& findings, const http::Request& request, std::string_view front) {
    if (auto grpc = find_native_grpc(request, front, GrpcSign::te_trailers)) findings.push_back(*std::move(grpc));
    if (request.method != "GET" && request.method != "HEAD") return;
    findings.push_back({kBodyOfGet, request.method,
                        "A " + request.method + " request came with a body of " + std::to_string(request.body.size()) +
                            " bytes. Many clients and proxies drop it, and CloudFront, which is in front of an "
                            "edge-optimised API, refuses such requests (unverified). Send messages by POST."});
}

void find_types(std::vector<Finding>& findings, const http::Request& request, const BinaryMediaTypes& binary,
                const SentBody& sent, std::size_t replaced) {
    const std::string& type = sent.type;
    const auto near = near_miss(binary, type);
    if (sent.form == BodyForm::text && replaced == 0 && !near.empty()) {
        findings.push_back({kRestTypeNearMiss, type,
                            "A body of type " + type + " was sent to the function as text: binaryMediaTypes lists " +
                                std::string(near) + ", which is another spelling. List the type that clients send."});
    }
    const std::string_view header = request.headers.last("Content-Type").value_or("");
    const bool unmatched = sent.form == BodyForm::text && !binary.matches(type);
    if (unmatched && is_protobuf(type) && header.find(';') != std::string_view::npos) {
        findings.push_back({kRestTypeParameters, std::string(header),
                            "A REST API compares " + std::string(header) + " with binaryMediaTypes as " + type +
                                ", without its parameters. List it without them."});
    }
}

}  // namespace

void find_in_rest_request(std::vector<Finding>& findings, const http::Request& request, const BinaryMediaTypes& binary,
                          const SentBody& sent, std::size_t replaced) {
    if (request.body.empty()) return;
    const std::string& type = sent.type;
    find_in_any_request(findings, request, "a REST API");
    if (replaced > 0) findings.push_back(rest_body_replaced(binary, type, replaced, request.body.size()));
    find_types(findings, request, binary, sent, replaced);
    const bool is_meant = std::ranges::find(binary.entries(), type) != binary.entries().end();
    if (sent.form == BodyForm::base64 && is_json(type) && !is_meant) {
        findings.push_back(
            {kRestJsonAsBase64, type,
             "A body of type " + type +
                 " was sent to the function as base64, because an entry with * in binaryMediaTypes matches it. List "
                 "the binary types one by one to keep JSON text."});
    }
    if (is_compressed(request)) {
        findings.push_back(
            {kRestBodyCompressed, std::string(request.headers.last("Content-Encoding").value_or("")),
             "A REST API decompresses a request body of Content-Encoding gzip or deflate, and leaves that "
             "header in the event (unverified): the function must look at the body before it "
             "decompresses, for gzip at its first two bytes, 1F 8B."});
    }
}

void find_in_http_request(std::vector<Finding>& findings, const http::Request& request, const SentBody& sent,
                          std::size_t replaced, std::string_view front) {
    if (request.body.empty()) return;
    find_in_any_request(findings, request, front);
    if (replaced > 0) {
        findings.push_back({kHttpBodyReplaced, sent.type,
                            "A body of type " + sent.type + " is text to " + std::string(front) + ": " +
                                replaced_text(replaced, request.body.size()) +
                                " (unverified). Send binary data under a binary type, such as "
                                "application/x-protobuf."});
    }
    if (is_compressed(request)) {
        findings.push_back({kHttpBodyCompressed, std::string(request.headers.last("Content-Encoding").value_or("")),
                            "The body is compressed, and " + std::string(front) +
                                " passes it on as it is, in base64 (unverified for text types). The function has to "
                                "decompress it."});
    }
}

Finding event_too_large(std::size_t body, std::size_t event, std::size_t limit) {
    return {kEventTooLarge, "",
            "A body of " + std::to_string(body) + " bytes makes an event of " + std::to_string(event) +
                " bytes; Lambda takes " + std::to_string(limit) +
                ". Base64 adds a third, so that about 4.5 MB of binary data fit."};
}

Finding reply_too_large(std::size_t reply, std::size_t limit) {
    const std::string size = reply == 0 ? "more than " + std::to_string(app::kMostReadOfReply >> 20) + " MiB"
                                        : std::to_string(reply) + " bytes";
    return {kReplyTooLarge, "",
            "The function gave a reply of " + size + "; the limit is " + std::to_string(limit) +
                ". Base64 adds a third, so that about " + std::to_string(limit / 4 * 3) + " bytes of binary data fit."};
}

Finding reply_headers_too_large(std::size_t size, std::size_t limit) {
    return {"alb-reply-headers-too-large", "",
            "The function gave headers of " + std::to_string(size) + " bytes; a load balancer takes " +
                std::to_string(limit) + ", and answers 502 beyond that."};
}

Finding body_too_large(std::optional<std::size_t> body, std::size_t limit, app::ApiKind kind) {
    const std::string size = body ? std::to_string(*body) + " bytes" : "more than " + std::to_string(limit) + " bytes";
    const std::string refused =
        "A body of " + size + " was refused by the front door, which takes " + std::to_string(limit) + " bytes; ";
    if (kind == app::ApiKind::alb) {
        return {kBodyTooLarge, "",
                refused +
                    "of a reply a load balancer takes as many with its JSON: base64 adds a third, so that about " +
                    std::to_string(limit / 4 * 3) + " bytes of binary data fit."};
    }
    return {kBodyTooLarge, "",
            refused + "an event takes fewer yet of binary data, about 4.5 MB, since base64 adds a third."};
}

}  // namespace understudy::event
