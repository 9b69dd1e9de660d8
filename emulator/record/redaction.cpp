#include "emulator/record/redaction.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/http/event_stream_type.hpp"
#include "emulator/record/body_redaction.hpp"
#include "emulator/record/json_redaction.hpp"
#include "emulator/record/presigned.hpp"
#include "emulator/record/query_redaction.hpp"
#include "emulator/record/variable_redaction.hpp"

#include <algorithm>

namespace understudy::record {
namespace {

/// Behind the prelude of a streamed reply.
constexpr std::string_view kEightZeros("\0\0\0\0\0\0\0\0", 8);
constexpr std::string_view kPreludeType = "application/vnd.awslambda.http-integration-response";

/// One exchange on its way to the disk.
class ExchangeRedaction {
  public:
    ExchangeRedaction(Exchange& exchange, const RedactionRules& rules) : exchange_(exchange), rules_(rules) {}

    void run() {
        const bool is_invoke = exchange_.front == "invoke";
        if (exchange_.request) {
            if (rules_.takes_from_bodies()) learn_request(*exchange_.request);
            is_request_clean_ = !is_invoke && is_clean(*exchange_.request);
            if (!is_request_clean_) redact_message(*exchange_.request, is_invoke ? TextKind::event : TextKind::body);
        }
        is_event_clean_ = is_request_clean_ && makes_only_event();
        for (std::size_t i = 0; i < exchange_.invocations.size(); ++i)
            redact_invocation(exchange_.invocations[i], "invocations[" + std::to_string(i) + ']');
        if (exchange_.response) redact_response(*exchange_.response, is_invoke ? TextKind::reply : TextKind::body);
    }

  private:
    /// Whether there is nothing to take in a request, for certain.
    bool is_clean(const HttpMessage& request) const {
        std::vector<std::string> ignored;
        return !rules_.takes_from_bodies() && find_query_edits(request.start_line, ignored).empty() &&
               !may_hold_secret(request.headers) && !may_hold_secret(request.trailers) &&
               !(rules_.takes_presigned &&
                 (may_hold_presigned(request.start_line) || may_hold_presigned(request.body)));
    }

    /// Whether a gateway made the one event of a request: what it adds of its own is no secret, but where an authorizer
    /// is in play.
    bool makes_only_event() const {
        return exchange_.front != "websocket" && exchange_.invocations.size() == 1 &&
               !exchange_.invocations.front().authorizer;
    }

    bool may_hold_secret(const http::HeaderLine& line) const {
        std::vector<std::string> ignored;
        return rules_.takes_header(line.name) || is_client_context(line) ||
               (rules_.takes_presigned && may_hold_presigned(line.value)) ||
               rules_.rewrite_line(line.name, line.value, ignored, {}) ||
               !find_in_urls(line.value, rules_, ignored, {}).empty();
    }
    /// JSON in base64, whose fields may be taken.
    bool is_client_context(const http::HeaderLine& line) const {
        return rules_.takes_from_bodies() && http::same_name(line.name, "x-amz-client-context");
    }
    bool may_hold_secret(const http::Headers& headers) const {
        return std::any_of(headers.begin(), headers.end(),
                           [this](const http::HeaderLine& line) { return may_hold_secret(line); });
    }

    /// What tells how to read bodies, before anything is taken.
    void learn_request(const HttpMessage& request) {
        const std::string_view line = request.start_line;
        const std::size_t begin = std::min(line.find(' '), line.size());
        path_ = line.substr(begin + 1 > line.size() ? line.size() : begin + 1);
        path_.resize(std::min(path_.find_first_of(" ?"), path_.size()));
        request_type_ = request.headers.first("content-type").value_or("");
        is_request_coded_ = is_content_coding(request.headers.first("content-encoding").value_or(""));
    }

    Place place(std::string name, Side side) {
        Place place{rules_, exchange_.redacted, std::move(name), side};
        place.path = path_;
        if (side == Side::request) {
            place.content_type = request_type_;
            place.is_coded = is_request_coded_;
        }
        return place;
    }

    void redact_message(HttpMessage& message, TextKind kind) {
        redact_start_line(message.start_line);
        redact_headers(message.headers, "request.headers");
        redact_headers(message.trailers, "request.trailers");
        redact_text(message.body, kind, place("request.body", Side::request));
    }

    /// A stream of frames has check sums, so it goes in whole where any of what is in it was taken.
    void redact_response(HttpMessage& message, TextKind kind) {
        redact_headers(message.headers, "response.headers");
        redact_headers(message.trailers, "response.trailers");
        Place place = this->place("response.body", Side::response);
        place.content_type = message.headers.first("content-type").value_or("");
        place.is_coded = is_content_coding(message.headers.first("content-encoding").value_or(""));
        if (kind == TextKind::reply && place.content_type == http::kEventStreamType) {
            if (!is_reply_taken_) return;
            message.body = kRedacted;
            exchange_.redacted.push_back(place.name);
            return;
        }
        redact_text(message.body, kind, place);
    }

    void redact_invocation(Invocation& invocation, const std::string& name) {
        redact_context(invocation.client_context, name, ".client_context");
        redact_context(invocation.identity, name, ".identity");
        TextFacts facts;
        if (!is_event_clean_)
            redact_text(invocation.event, TextKind::event, place(name + ".event", Side::request), &facts);
        // An Invoke's own path says nothing of the event that it brings.
        if ((path_.empty() || exchange_.front == "invoke") && !facts.path.empty()) path_ = facts.path;
        const std::size_t before = exchange_.redacted.size();
        if (!invocation.reply.empty()) redact_reply(invocation, place(name + ".reply", Side::response));
        if (!invocation.stream_error.empty())
            redact_text(invocation.stream_error, TextKind::reply, place(name + ".stream_error", Side::response));
        is_reply_taken_ = is_reply_taken_ || exchange_.redacted.size() > before;
    }

    void redact_context(std::string& text, const std::string& name, std::string_view member) {
        if (!text.empty()) redact_text(text, TextKind::body, {rules_, exchange_.redacted, name + std::string(member)});
    }

    /// A streamed reply is its prelude, which is JSON, and the body itself.
    void redact_reply(Invocation& invocation, Place place) {
        const std::size_t zeros = invocation.reply.find(kEightZeros);
        if (!invocation.reply_type.starts_with(kPreludeType) || zeros == std::string::npos)
            return redact_text(invocation.reply, TextKind::reply, place);
        std::string prelude = invocation.reply.substr(0, zeros);
        std::string body = invocation.reply.substr(zeros + kEightZeros.size());
        TextFacts facts;
        redact_text(prelude, TextKind::reply, place, &facts);
        place.name += ".body";
        place.content_type = facts.content_type;
        place.is_coded = facts.is_coded;
        redact_text(body, TextKind::body, place);
        invocation.reply = prelude.append(kEightZeros).append(body);
    }

    void redact_text(std::string& text, TextKind kind, const Place& place, TextFacts* facts = nullptr) {
        const std::size_t before = exchange_.redacted.size();
        redact_known_places(text, kind, place, facts);
        apply_edits(text, find_presigned(text, rules_, exchange_.redacted, place.name));
        if (kind != TextKind::body || exchange_.redacted.size() > before || !is_base64(text)) return;
        if (auto redacted = redact_base64_body(text, place)) text = std::move(*redacted);
    }

    /// A REST API sends a reply in base64 as it is where no binary media type fits, and takes a request so.
    bool is_base64(std::string_view body) const {
        return (rules_.takes_from_bodies() || rules_.takes_presigned) && !body.empty() &&
               http::parse_base64(body).has_value();
    }

    void redact_known_places(std::string& text, TextKind kind, const Place& place, TextFacts* facts) {
        if (kind != TextKind::body && looks_like_json(text))
            return apply_edits(text, find_secrets(text, kind, place, facts));
        if (!is_looked_into(rules_, place.side, place.content_type)) return;
        if (auto redacted = redact_body(text, place)) text = std::move(*redacted);
    }

    /// What of a start line's query is taken.
    std::vector<Edit> find_query_edits(std::string_view line, std::vector<std::string>& redacted) const {
        const std::size_t mark = line.find('?');
        if (mark == std::string_view::npos) return {};
        const std::size_t begin = mark + 1, end = std::min(line.find(' ', mark), line.size());
        auto edits = find_in_query(line.substr(begin, end - begin), rules_, redacted, "request.query");
        for (Edit& edit : edits) {
            edit.begin += begin;
            edit.end += begin;
        }
        return edits;
    }

    void redact_start_line(std::string& line) {
        apply_edits(line, find_query_edits(line, exchange_.redacted));
        apply_edits(line, find_presigned(line, rules_, exchange_.redacted, "request.query"));
    }

    void redact_headers(http::Headers& headers, std::string_view where) {
        if (!may_hold_secret(headers)) return;
        http::Headers kept;
        for (const http::HeaderLine& line : headers) {
            const std::string name = std::string(where) + '.' + std::string(line.name);
            if (rules_.takes_header(line.name)) {
                kept.add(line.name, kRedacted);
                exchange_.redacted.push_back(name);
            } else if (is_client_context(line)) {
                kept.add(line.name, redacted_value(line.value, {rules_, exchange_.redacted, name}));
            } else if (const auto rewritten = rules_.rewrite_line(line.name, line.value, exchange_.redacted, name)) {
                kept.add(line.name, *rewritten);
            } else {
                std::string value(line.value);
                apply_edits(value, find_in_urls(value, rules_, exchange_.redacted, name));
                apply_edits(value, find_presigned(value, rules_, exchange_.redacted, name));
                kept.add(line.name, value);
            }
        }
        headers = std::move(kept);
    }

    /// A client context, which is JSON in base64.
    static std::string redacted_value(std::string_view value, const Place& place) {
        std::string quoted = '"' + std::string(value) + '"';
        apply_edits(quoted, find_secrets(quoted, TextKind::body, place));
        return quoted.substr(1, quoted.size() - 2);
    }

    Exchange& exchange_;
    const RedactionRules& rules_;
    std::string path_;
    std::string request_type_;
    bool is_request_coded_ = false;
    bool is_request_clean_ = false;
    bool is_event_clean_ = false;
    bool is_reply_taken_ = false;
};

}  // namespace

Redactor::Redactor(const Redaction& redaction) : rules_(std::make_unique<const RedactionRules>(redaction)) {}
Redactor::~Redactor() = default;

void Redactor::redact(Exchange& exchange) const {
    ExchangeRedaction(exchange, *rules_).run();
}

void Redactor::redact(Session& session) const {
    for (Function& function : session.functions) {
        for (auto& [name, value] : function.environment) {
            std::vector<std::string> untold;
            apply_edits(value, find_presigned(value, *rules_, untold, name));
            const Place place{.rules = *rules_, .redacted = untold, .name = name};
            if (rules_->takes_fields() && looks_like_json(value))
                apply_edits(value, find_secrets(value, TextKind::body, place));
            redact_variable(name, value);
        }
    }
}

void redact(Exchange& exchange, const Redaction& redaction) {
    Redactor(redaction).redact(exchange);
}

void redact(Session& session, const Redaction& redaction) {
    Redactor(redaction).redact(session);
}

}  // namespace understudy::record
