#include "emulator/event/exchange_findings.hpp"

#include "emulator/event/failure_words.hpp"
#include "emulator/event/media_type.hpp"
#include "emulator/event/message_form.hpp"
#include "emulator/event/proxy_reply.hpp"
#include "emulator/event/text.hpp"
#include "emulator/http/base64.hpp"
#include "emulator/http/utf8.hpp"

#include <algorithm>
#include <string>

namespace understudy::event {
namespace {

std::string body_of_type(const SentBody& sent) {
    return sent.type.empty() ? "body without a type" : "body of type " + sent.type;
}

/// Whether the error is what comes of a body that is not there.
bool missed_body(const FailureWords& words) {
    return words.of_absence || words.about == About::json || words.about == About::reading;
}

/// The first character that a decoder makes of a text that is no base64, where it passes over what does not belong
/// there, as that of Node.js does.
std::string decoded_anyway(std::string_view text) {
    constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned bits = 0;
    int digits = 0;
    for (const char c : text) {
        const auto digit = kAlphabet.find(c);
        if (digit == std::string_view::npos) continue;
        bits = bits << 6 | static_cast<unsigned>(digit);
        if (++digits == 2) break;
    }
    const unsigned byte = bits >> 4;
    return byte < 0x80 ? std::string(1, static_cast<char>(byte)) : std::string(http::kReplacement);
}

/// Whether the error is what comes of parsing the base64 text of this message.
bool read_undecoded(const FailureWords& words, const SentBody& sent, std::string_view base64) {
    const auto bytes = http::parse_base64(base64);
    if (!bytes || bytes->empty()) return false;
    if (words.about == About::protobuf) return is_message(sent.type, *bytes);
    if (words.about == About::reading) return is_message(sent.type, *bytes) || is_json_text(*bytes);
    const bool is_start = words.token.empty() || words.token == base64.substr(0, 1);
    return words.about == About::json && is_start && !words.of_absence && is_json_text(*bytes);
}

/// Whether the error is what comes of decoding a body that is no base64.
bool decoded_text(const FailureWords& words, const SentBody& sent, std::string_view text) {
    if (words.about == About::base64) return true;
    if (words.about == About::protobuf) return is_protobuf(sent.type) && is_message(sent.type, text);
    return words.about == About::json && is_json_text(text) && words.token == decoded_anyway(text);
}

Finding header_case_missed(std::string_view header_name, const std::string& what) {
    return {kHeaderCaseMissed, std::string(header_name),
            "The function " + what +
                " A REST API keeps the spelling that the client sent, an HTTP API does not, and over HTTP/2 (curl "
                "--http2-prior-knowledge, or lower_case_headers in a scenario) all names are in lower case: look "
                "headers up without regard to case."};
}

/// Whether an error, in lower case, is about something that was looked for in vain.
bool is_of_search(std::string_view error) {
    constexpr std::string_view kInVain[] = {"key",  "missing",  "not found", "no such", "undefined",      "null",
                                            "none", "required", "lacks",     "without", "no content-type"};
    return std::ranges::any_of(kInVain, [error](auto word) { return error.find(word) != std::string_view::npos; });
}

/// Whether it consists of a name alone, in whatever quotes.
bool is_name_alone(std::string_view error, std::string_view name) {
    const auto first = error.find(name);
    const auto is_mark = [](char c) { return std::string_view("\n'\"` ").find(c) != std::string_view::npos; };
    return std::ranges::all_of(error.substr(0, first), is_mark) &&
           std::ranges::all_of(error.substr(first + name.size()), is_mark);
}

/// Whether a header that lists what is taken has a type in it.
bool lists(std::string_view header, std::string_view type) {
    while (!header.empty()) {
        const auto end = std::min(header.find(','), header.size());
        if (media_type(header.substr(0, end)) == type) return true;
        header.remove_prefix(std::min(end + 1, header.size()));
    }
    return false;
}

}  // namespace

void find_in_failure(std::vector<Finding>& findings, const SentBody& sent, std::string_view event,
                     std::string_view error) {
    const FailureWords words = read_failure(error);
    const std::string about = words.about == About::base64 ? "base64" : "reading a message";
    const ProxyReply parsed = parse_proxy_reply(event);  // Which has its body where a reply has it.
    if (sent.form == BodyForm::none && is_protobuf_spelling(sent.type) && missed_body(words)) {
        findings.push_back({kEmptyBodyNotRead, sent.type,
                            "The function failed, with an error about something that is not there, on a request of "
                            "type " +
                                sent.type +
                                " without a body. A message whose fields all have their defaults has zero bytes: the "
                                "event's body is null, missing or empty then; read it as an empty message."});
    } else if (sent.form == BodyForm::base64 && read_undecoded(words, sent, parsed.body.text)) {
        findings.push_back({kBase64NotDecoded, sent.type,
                            "The function failed, with an error about " + about + ", on a well-formed " +
                                body_of_type(sent) +
                                " that was sent as base64, with isBase64Encoded: true. Decode the event's body before "
                                "it is parsed."});
    } else if (sent.form == BodyForm::text && decoded_text(words, sent, parsed.body.text)) {
        findings.push_back({kTextDecoded, sent.type,
                            "The function failed, with an error about " + about + ", on a " + body_of_type(sent) +
                                " that was sent as text, with isBase64Encoded: false. Decode base64 only where the "
                                "event says so."});
    }
}

void find_in_status(std::vector<Finding>& findings, const http::Response& response, const SentHeader& sent) {
    if (response.status != 415 || sent.name.empty() || sent.type.empty()) return;
    auto taken = response.headers.last("Accept-Post");
    if (!taken) taken = response.headers.last("Accept");
    const bool is_named = to_lower(response.body.view()).find(sent.type) != std::string::npos;
    if (taken ? !lists(*taken, sent.type) : is_named || !is_protobuf(sent.type)) return;
    const std::string name(sent.name);
    findings.push_back(header_case_missed(name, "answered 415 to the type " + std::string(sent.type) +
                                                    ", which stands in the event's header " + name +
                                                    ": if it takes that type, it may look for another spelling."));
}

void find_header_in_failure(std::vector<Finding>& findings, const SentHeader& sent, std::string_view error) {
    const std::string said = read_failure(error).said;
    if (sent.name.empty() || said.find(sent.name) != std::string::npos) return;
    const std::string lower = to_lower(said);
    const std::string name = to_lower(sent.name);
    if (lower.find(name) == std::string::npos || (!is_of_search(lower) && !is_name_alone(lower, name))) return;
    if (!sent.type.empty() && lower.find(sent.type) != std::string::npos) return;  // It has seen it.
    findings.push_back(
        header_case_missed(sent.name, "failed on another spelling of the header " + std::string(sent.name) + '.'));
}

}  // namespace understudy::event
