#include "emulator/record/read_line.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/record/instant.hpp"
#include "emulator/record/json_cursor.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace understudy::record {
namespace {

/// Whether a member is called by a field's name in either spelling: `start_line` or `startLine`.
bool is_called(std::string_view member, std::string_view field) {
    if (member == field) return true;
    std::size_t at = 0;
    bool raised = false;
    for (const char c : field) {
        if (c == '_') {
            raised = true;
            continue;
        }
        const char expected = raised && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        raised = false;
        if (at == member.size() || member[at++] != expected) return false;
    }
    return at == member.size();
}

void read_instant(JsonCursor& json, std::chrono::microseconds& value) {
    std::string text;
    json.read_text(text);
    if (json.failed() || text.empty()) return;
    const auto instant = parse_instant(text);
    if (!instant) return json.fail("'" + text + "' is no time like 2026-01-05T10:00:00.125Z");
    value = *instant;
}

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

void read_texts(JsonCursor& json, std::vector<std::string>& texts) {
    if (!json.enter_array()) return;
    while (json.next_item()) json.read_text(texts.emplace_back());
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

void read_variables(JsonCursor& json, std::map<std::string, std::string>& variables) {
    std::string_view name;
    if (!json.enter_object()) return;
    while (json.next_member(name)) json.read_text(variables[std::string(name)]);
}

void read_function(JsonCursor& json, Function& function) {
    std::string_view name;
    if (!json.enter_object()) return;
    while (json.next_member(name)) {
        if (is_called(name, "name"))
            json.read_text(function.name);
        else if (is_called(name, "code_sha256"))
            json.read_text(function.code_sha256);
        else if (is_called(name, "environment"))
            read_variables(json, function.environment);
        else if (is_called(name, "handler"))
            json.read_text(function.handler);
        else if (is_called(name, "timeout_ms"))
            json.read_number(function.timeout_ms);
        else if (is_called(name, "memory_mb"))
            json.read_number(function.memory_mb);
        else
            json.skip_value();
    }
}

void read_seed(JsonCursor& json, std::optional<std::uint64_t>& seed) {
    if (json.peek() == 'n') return json.skip_value();
    std::uint64_t number = 0;
    json.read_number(number);
    seed = number;
}

void read_functions(JsonCursor& json, std::vector<Function>& functions) {
    if (!json.enter_array()) return;
    while (json.next_item()) read_function(json, functions.emplace_back());
}

void read_session(JsonCursor& json, Session& session) {
    std::string_view name;
    if (!json.enter_object()) return;
    while (json.next_member(name)) {
        if (is_called(name, "format"))
            json.read_number(session.format);
        else if (is_called(name, "program"))
            json.read_text(session.program);
        else if (is_called(name, "started"))
            read_instant(json, session.started);
        else if (is_called(name, "seed"))
            read_seed(json, session.seed);
        else if (is_called(name, "template_sha256"))
            json.read_text(session.template_sha256);
        else if (is_called(name, "functions"))
            read_functions(json, session.functions);
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
