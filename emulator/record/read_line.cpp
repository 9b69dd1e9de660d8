#include "emulator/record/read_line.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/record/line_members.hpp"
#include "emulator/record/read_session.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace understudy::record {
namespace {

/// Bytes in base64, in either alphabet, padded or not: what protobuf reads.
std::optional<std::string> parse_bytes(std::string text) {
    if (auto bytes = http::parse_base64(text)) return bytes;
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    while (text.size() % 4 != 0) text += '=';
    return http::parse_base64(text);
}

/// Reads bytes; true where they are the JSON that stands there.
bool read_content(JsonCursor& json, std::string& bytes) {
    std::string_view name;
    bool is_json = false;
    if (!json.enter_object()) return is_json;
    while (json.next_member(name)) {
        if (is_called(name, "text")) {
            json.read_text(bytes);
        } else if (is_called(name, "base64")) {
            std::string encoded;
            json.read_text(encoded);
            auto decoded = json.failed() ? std::nullopt : parse_bytes(std::move(encoded));
            if (!decoded) {
                json.fail("this is no base64");
                return false;
            }
            bytes = std::move(*decoded);
        } else if (is_called(name, "json")) {
            bytes = json.read_raw();
            is_json = true;
        } else {
            json.skip_value();
        }
    }
    return is_json;
}

void read_header_lines(JsonCursor& json, http::Headers& headers) {
    std::string line;
    if (!json.enter_array()) return;
    while (json.next_item()) {
        json.read_text(line);
        const std::string_view text = line;
        const auto colon = text.find(':');
        if (json.failed()) return;
        if (colon == std::string_view::npos) return json.fail("a header line is written 'Name: value'");
        const auto value = text.find_first_not_of(" \t", colon + 1);
        headers.add(text.substr(0, colon), value == std::string_view::npos ? std::string_view() : text.substr(value));
    }
}

void read_message(JsonCursor& json, std::optional<HttpMessage>& message) {
    std::string_view name;
    if (!json.enter_object()) return;
    message.emplace();
    while (json.next_member(name)) {
        if (is_called(name, "start_line"))
            json.read_text(message->start_line);
        else if (is_called(name, "headers"))
            read_header_lines(json, message->headers);
        else if (is_called(name, "body"))
            read_content(json, message->body);
        else if (is_called(name, "trailers"))
            read_header_lines(json, message->trailers);
        else if (is_called(name, "cut_off"))
            json.read_flag(message->cut_off);
        else
            json.skip_value();
    }
}

void read_outcome(JsonCursor& json, Outcome& outcome) {
    static constexpr std::array<std::string_view, 4> kOutcomeNames{"succeeded", "function_error", "throttled",
                                                                   "unknown"};
    static constexpr std::string_view kDigits = "0123";
    std::string written;
    json.read_name(written);
    if (json.failed() || written.empty()) return;
    const auto* const found = std::find(kOutcomeNames.begin(), kOutcomeNames.end(), written);
    const auto digit = written.size() == 1 ? kDigits.find(written.front()) : std::string_view::npos;
    if (found != kOutcomeNames.end())
        outcome = static_cast<Outcome>(found - kOutcomeNames.begin());
    else
        outcome = digit != std::string_view::npos ? static_cast<Outcome>(digit) : Outcome::unknown;
}

/// Reads the texts of an invocation; false where the member is none of them.
bool read_invocation_text(JsonCursor& json, std::string_view name, Invocation& invocation) {
    using Texts = std::array<std::pair<std::string_view, std::string Invocation::*>, 9>;
    static constexpr Texts kTexts{{{"function", &Invocation::function},
                                   {"request_id", &Invocation::request_id},
                                   {"trace", &Invocation::trace},
                                   {"function_arn", &Invocation::function_arn},
                                   {"client_context", &Invocation::client_context},
                                   {"identity", &Invocation::identity},
                                   {"tenant", &Invocation::tenant},
                                   {"reply_type", &Invocation::reply_type},
                                   {"error_type", &Invocation::error_type}}};
    const auto* const found =
        std::find_if(kTexts.begin(), kTexts.end(), [&](const auto& text) { return is_called(name, text.first); });
    if (found == kTexts.end()) return false;
    json.read_text(invocation.*(found->second));
    return true;
}

void read_invocation(JsonCursor& json, Invocation& invocation) {
    std::string_view name;
    if (!json.enter_object()) return;
    while (json.next_member(name)) {
        if (read_invocation_text(json, name, invocation)) continue;
        if (is_called(name, "event"))
            invocation.event_is_json = read_content(json, invocation.event);
        else if (is_called(name, "reply"))
            read_content(json, invocation.reply);
        else if (is_called(name, "stream_error"))
            read_content(json, invocation.stream_error);
        else if (is_called(name, "authorizer"))
            json.read_flag(invocation.authorizer);
        else if (is_called(name, "streamed"))
            json.read_flag(invocation.streamed);
        else if (is_called(name, "outcome"))
            read_outcome(json, invocation.outcome);
        else if (is_called(name, "queued_us"))
            json.read_number(invocation.queued_us);
        else if (is_called(name, "handler_us"))
            json.read_number(invocation.handler_us);
        else
            json.skip_value();
    }
}

void read_invocations(JsonCursor& json, std::vector<Invocation>& invocations) {
    if (!json.enter_array()) return;
    while (json.next_item()) read_invocation(json, invocations.emplace_back());
}

void read_exchange(JsonCursor& json, Exchange& exchange) {
    std::string_view name;
    if (!json.enter_object()) return;
    while (json.next_member(name)) {
        if (is_called(name, "id"))
            json.read_text(exchange.id);
        else if (is_called(name, "started"))
            read_instant(json, exchange.started);
        else if (is_called(name, "front"))
            json.read_text(exchange.front);
        else if (is_called(name, "api"))
            json.read_text(exchange.api);
        else if (is_called(name, "stage"))
            json.read_text(exchange.stage);
        else if (is_called(name, "request"))
            read_message(json, exchange.request);
        else if (is_called(name, "response"))
            read_message(json, exchange.response);
        else if (is_called(name, "invocations"))
            read_invocations(json, exchange.invocations);
        else if (is_called(name, "total_us"))
            json.read_number(exchange.total_us);
        else if (is_called(name, "redacted"))
            read_texts(json, exchange.redacted);
        else if (is_called(name, "missing"))
            json.read_text(exchange.missing);
        else
            json.skip_value();
    }
}

}  // namespace

std::variant<Session, Exchange, Unreadable> read_line(std::string_view line) {
    JsonCursor json(line);
    std::variant<Session, Exchange, Unreadable> read = Unreadable{"the line is neither a session nor an exchange", 0};
    std::string_view name;
    if (json.enter_object()) {
        while (json.next_member(name)) {
            if (name == "session")
                read_session(json, read.emplace<Session>());
            else if (name == "exchange")
                read_exchange(json, read.emplace<Exchange>());
            else
                json.skip_value();
        }
    }
    json.expect_end();
    if (json.failed()) return Unreadable{json.reason(), json.offset() + 1};
    return read;
}

}  // namespace understudy::record
