#include "emulator/record/write_line.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/record/escaped_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace understudy::record {
namespace {

/// Writes the members of one JSON object; those that have their default are left out. Names need no escape.
class ObjectWriter {
  public:
    explicit ObjectWriter(std::string& out) : out_(out) { out_.push_back('{'); }
    void close() { out_.push_back('}'); }

    std::string& name(std::string_view name) {
        out_.append(first_ ? "\"" : ",\"").append(name).append("\":");
        first_ = false;
        return out_;
    }
    void text(std::string_view name, std::string_view text) {
        if (text.empty()) return;
        this->name(name).push_back('"');
        append_readable(out_, text);
        out_.push_back('"');
    }
    void number(std::string_view name, std::uint32_t number) {
        if (number == 0) return;
        std::array<char, 12> digits;
        const auto end = std::to_chars(digits.begin(), digits.end(), number).ptr;
        this->name(name).append(digits.begin(), end);
    }
    void flag(std::string_view name, bool flag) {
        if (flag) this->name(name).append("true");
    }
    void content(std::string_view name, std::string_view bytes);
    void time(std::string_view name, std::chrono::microseconds time);

    /// A list of texts, each written by `write(out, element)` between its quotes.
    template <class Texts, class Write>
    void texts(std::string_view name, const Texts& texts, Write write) {
        if (texts.empty()) return;
        char separator = '[';
        this->name(name);
        for (const auto& text : texts) {
            out_.push_back(separator);
            out_.push_back('"');
            write(out_, text);
            out_.push_back('"');
            separator = ',';
        }
        out_.push_back(']');
    }
    /// A list of objects, each written by `write(out, element)`.
    template <class Elements, class Write>
    void objects(std::string_view name, const Elements& elements, Write write) {
        if (elements.empty()) return;
        char separator = '[';
        this->name(name);
        for (const auto& element : elements) {
            out_.push_back(separator);
            write(out_, element);
            separator = ',';
        }
        out_.push_back(']');
    }

  private:
    std::string& out_;
    bool first_ = true;
};

/// Whether there is a control character that no text has: messages of protobuf are full of them.
bool has_controls(std::string_view bytes) {
    const auto is_control = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    };
    constexpr std::uint64_t kOnes = 0x0101010101010101u;
    for (; bytes.size() >= sizeof(std::uint64_t); bytes.remove_prefix(sizeof(std::uint64_t))) {
        std::uint64_t word;
        std::memcpy(&word, bytes.data(), sizeof word);
        const bool may_have = ((word - kOnes * 0x20) & ~word & kOnes * 0x80) != 0;
        if (may_have && std::ranges::any_of(bytes.substr(0, sizeof word), is_control)) return true;
    }
    return std::ranges::any_of(bytes, is_control);
}

void ObjectWriter::content(std::string_view name, std::string_view bytes) {
    if (bytes.empty()) return;
    this->name(name).append("{\"text\":\"");
    const std::size_t start = out_.size();
    if (has_controls(bytes) || append_escaped(out_, bytes) != bytes.size()) {
        out_.resize(start - std::string_view("text\":\"").size());
        out_.append("base64\":\"");
        http::append_base64(out_, bytes);
    }
    out_.append("\"}");
}

void append_padded(std::string& out, std::int64_t number, int width) {
    std::array<char, 20> digits;
    for (int i = width; i-- > 0; number /= 10)
        digits[static_cast<std::size_t>(i)] = static_cast<char>('0' + number % 10);
    out.append(digits.data(), static_cast<std::size_t>(width));
}

/// `2026-11-27T09:05:02.043125Z` (RFC 3339).
void ObjectWriter::time(std::string_view name, std::chrono::microseconds time) {
    if (time.count() == 0) return;
    const auto day = std::chrono::floor<std::chrono::days>(std::chrono::sys_time<std::chrono::microseconds>(time));
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::sys_time<std::chrono::microseconds>(time) - day);
    this->name(name).push_back('"');
    append_padded(out_, int{date.year()}, 4);
    out_.push_back('-');
    append_padded(out_, unsigned{date.month()}, 2);
    out_.push_back('-');
    append_padded(out_, unsigned{date.day()}, 2);
    out_.push_back('T');
    append_padded(out_, clock.hours().count(), 2);
    out_.push_back(':');
    append_padded(out_, clock.minutes().count(), 2);
    out_.push_back(':');
    append_padded(out_, clock.seconds().count(), 2);
    out_.push_back('.');
    append_padded(out_, clock.subseconds().count(), 6);
    out_.append("Z\"");
}

std::string_view name_of(Outcome outcome) {
    constexpr std::array<std::string_view, 4> kNames = {"succeeded", "function_error", "throttled", "unknown"};
    return outcome == Outcome::succeeded ? std::string_view() : kNames[static_cast<std::size_t>(outcome)];
}

void append_function(std::string& out, const Function& function) {
    ObjectWriter writer(out);
    writer.text("name", function.name);
    writer.text("codeSha256", function.code_sha256);
    if (!function.environment.empty()) {
        writer.name("environment");
        char separator = '{';
        for (const auto& [name, value] : function.environment) {
            out.push_back(separator);
            out.push_back('"');
            append_readable(out, name);
            out.append("\":\"");
            append_readable(out, value);
            out.push_back('"');
            separator = ',';
        }
        out.push_back('}');
    }
    writer.text("handler", function.handler);
    writer.number("timeoutMs", function.timeout_ms);
    writer.number("memoryMb", function.memory_mb);
    writer.close();
}

void append_header(std::string& out, http::HeaderLine line) {
    append_readable(out, line.name);
    out.append(": ");
    append_readable(out, line.value);
}

void append_message(std::string& out, const HttpMessage& message) {
    ObjectWriter writer(out);
    writer.text("startLine", message.start_line);
    writer.texts("headers", message.headers, append_header);
    writer.content("body", message.body);
    writer.texts("trailers", message.trailers, append_header);
    writer.close();
}

void append_invocation(std::string& out, const Invocation& invocation) {
    ObjectWriter writer(out);
    writer.text("function", invocation.function);
    writer.text("requestId", invocation.request_id);
    writer.text("trace", invocation.trace);
    writer.text("functionArn", invocation.function_arn);
    writer.text("clientContext", invocation.client_context);
    writer.text("identity", invocation.identity);
    writer.text("tenant", invocation.tenant);
    writer.flag("authorizer", invocation.authorizer);
    writer.content("event", invocation.event);
    writer.content("reply", invocation.reply);
    writer.text("replyType", invocation.reply_type);
    writer.flag("streamed", invocation.streamed);
    writer.text("outcome", name_of(invocation.outcome));
    writer.text("errorType", invocation.error_type);
    writer.number("queuedUs", invocation.queued_us);
    writer.number("handlerUs", invocation.handler_us);
    writer.close();
}

void append_message(ObjectWriter& writer, std::string_view name, const std::optional<HttpMessage>& message) {
    if (message) append_message(writer.name(name), *message);
}

}  // namespace

void append_line(std::string& out, const Session& session) {
    out.append("{\"session\":");
    ObjectWriter writer(out);
    writer.number("format", session.format);
    writer.text("program", session.program);
    writer.time("started", session.started);
    if (session.seed) writer.name("seed").append('"' + std::to_string(*session.seed) + '"');
    writer.text("templateSha256", session.template_sha256);
    writer.objects("functions", session.functions, append_function);
    writer.close();
    out.append("}\n");
}

void append_line(std::string& out, const Exchange& exchange) {
    out.append("{\"exchange\":");
    ObjectWriter writer(out);
    writer.text("id", exchange.id);
    writer.time("started", exchange.started);
    writer.text("front", exchange.front);
    writer.text("api", exchange.api);
    writer.text("stage", exchange.stage);
    append_message(writer, "request", exchange.request);
    append_message(writer, "response", exchange.response);
    writer.objects("invocations", exchange.invocations, append_invocation);
    writer.number("totalUs", exchange.total_us);
    writer.texts("redacted", exchange.redacted, append_readable);
    writer.text("missing", exchange.missing);
    writer.close();
    out.append("}\n");
}

}  // namespace understudy::record
