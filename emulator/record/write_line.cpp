#include "emulator/record/write_line.hpp"

#include "emulator/event/json_writer.hpp"
#include "emulator/source/utc_time.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace understudy::record {
namespace {

using event::JsonWriter;

/// Writes members of a JSON object; those that have their default are left out.
class Members {
  public:
    explicit Members(JsonWriter& json) : json_(json) {}

    void text(std::string_view name, std::string_view text) {
        if (!text.empty()) json_.key(name).text(text);
    }
    void number(std::string_view name, std::uint32_t number) {
        if (number != 0) json_.key(name).number(number);
    }
    void flag(std::string_view name, bool flag) {
        if (flag) json_.key(name).boolean(true);
    }
    void content(std::string_view name, std::string_view bytes);
    void event(const Invocation& invocation);
    void time(std::string_view name, std::chrono::microseconds time);

    /// A list, each element written by `write(json, element)`.
    template <class Elements, class Write>
    void list(std::string_view name, const Elements& elements, Write write) {
        if (elements.empty()) return;
        json_.key(name).begin_array();
        for (const auto& element : elements) write(json_, element);
        json_.end_array();
    }

  private:
    JsonWriter& json_;
};

/// As text where it is one; controls that no text has are found in nearly every message of protobuf.
void Members::content(std::string_view name, std::string_view bytes) {
    if (bytes.empty()) return;
    json_.key(name).begin_object();
    if (event::is_plain_text(bytes)) {
        json_.key("text").text(bytes);
    } else {
        json_.key("base64").base64(bytes);
    }
    json_.end_object();
}

/// What a front made is JSON, but what an authorizer said stands in it as it came.
void Members::event(const Invocation& invocation) {
    if (!invocation.event_is_json || invocation.event.find_first_of('\n') != std::string::npos)
        return content("event", invocation.event);
    json_.key("event").begin_object();
    json_.key("json").raw(invocation.event);
    json_.end_object();
}

void Members::time(std::string_view name, std::chrono::microseconds time) {
    if (time.count() == 0) return;
    std::string text;
    source::append_utc_time(text, std::chrono::sys_time<std::chrono::microseconds>(time));
    json_.key(name).text(text);
}

std::string_view name_of(Outcome outcome) {
    constexpr std::array<std::string_view, 4> kNames = {"succeeded", "function_error", "throttled", "unknown"};
    return outcome == Outcome::succeeded ? std::string_view() : kNames[static_cast<std::size_t>(outcome)];
}

void write_text(JsonWriter& json, const std::string& text) {
    json.text(text);
}

void write_function(JsonWriter& json, const Function& function) {
    json.begin_object();
    Members members(json);
    members.text("name", function.name);
    members.text("codeSha256", function.code_sha256);
    if (!function.environment.empty()) {
        json.key("environment").begin_object();
        for (const auto& [name, value] : function.environment) json.member(name).text(value);
        json.end_object();
    }
    members.text("handler", function.handler);
    members.number("timeoutMs", function.timeout_ms);
    members.number("memoryMb", function.memory_mb);
    members.text("directory", function.directory);
    json.end_object();
}

void write_api(JsonWriter& json, const Api& api) {
    json.begin_object();
    Members members(json);
    members.text("id", api.id);
    members.text("kind", api.kind);
    members.text("name", api.name);
    members.list("stages", api.stages, write_text);
    members.list("binaryMediaTypes", api.binary_media_types, write_text);
    members.flag("streams", api.streams);
    members.flag("multiValueHeaders", api.multi_value_headers);
    members.text("payloadFormat", api.payload_format);
    json.end_object();
}

void write_header(JsonWriter& json, http::HeaderLine line) {
    json.begin_text();
    json.add(line.name);
    json.add(": ");
    json.add(line.value);
    json.end_text();
}

void write_message(JsonWriter& json, std::string_view name, const std::optional<HttpMessage>& message) {
    if (!message) return;
    json.key(name).begin_object();
    Members members(json);
    members.text("startLine", message->start_line);
    members.list("headers", message->headers, write_header);
    members.content("body", message->body);
    members.list("trailers", message->trailers, write_header);
    members.flag("cutOff", message->cut_off);
    json.end_object();
}

void write_invocation(JsonWriter& json, const Invocation& invocation) {
    json.begin_object();
    Members members(json);
    members.text("function", invocation.function);
    members.text("requestId", invocation.request_id);
    members.text("trace", invocation.trace);
    members.text("functionArn", invocation.function_arn);
    members.text("clientContext", invocation.client_context);
    members.text("identity", invocation.identity);
    members.text("tenant", invocation.tenant);
    members.flag("authorizer", invocation.authorizer);
    members.event(invocation);
    members.content("reply", invocation.reply);
    members.text("replyType", invocation.reply_type);
    members.flag("streamed", invocation.streamed);
    members.text("outcome", name_of(invocation.outcome));
    members.text("errorType", invocation.error_type);
    members.content("streamError", invocation.stream_error);
    members.number("queuedUs", invocation.queued_us);
    members.number("handlerUs", invocation.handler_us);
    json.end_object();
}

/// A line with one object, called `name`, whose members are written by `write(json, members)`.
template <class Write>
void append_object(std::string& out, std::string_view name, Write write) {
    JsonWriter json(out);
    Members members(json);
    json.begin_object();
    json.key(name).begin_object();
    write(json, members);
    json.end_object();
    json.end_object();
    out.push_back('\n');
}

}  // namespace

void append_line(std::string& out, const Session& session) {
    append_object(out, "session", [&session](JsonWriter& json, Members& members) {
        members.number("format", session.format);
        members.text("program", session.program);
        members.time("started", session.started);
        if (session.seed) json.key("seed").text(std::to_string(*session.seed));
        members.text("templateSha256", session.template_sha256);
        members.list("functions", session.functions, write_function);
        members.list("apis", session.apis, write_api);
    });
}

void append_line(std::string& out, const Exchange& exchange) {
    append_object(out, "exchange", [&exchange](JsonWriter& json, Members& members) {
        members.text("id", exchange.id);
        members.time("started", exchange.started);
        members.text("front", exchange.front);
        members.text("api", exchange.api);
        members.text("stage", exchange.stage);
        write_message(json, "request", exchange.request);
        write_message(json, "response", exchange.response);
        members.list("invocations", exchange.invocations, write_invocation);
        members.number("totalUs", exchange.total_us);
        members.list("redacted", exchange.redacted, write_text);
        members.text("missing", exchange.missing);
    });
}

}  // namespace understudy::record
