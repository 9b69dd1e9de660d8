#include "tools/replay/foreign_events.hpp"

#include "emulator/record/json_cursor.hpp"
#include "tools/replay/archive.hpp"
#include "tools/replay/json_view.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace understudy::replay {
namespace {

using source::Problem;
using source::ProblemCode;
using Exchanges = std::vector<record::Exchange>;

source::Position place_of(std::string_view text, std::size_t offset) {
    const std::string_view before = text.substr(0, offset);
    const auto lines = std::ranges::count(before, '\n');
    const std::size_t line_begin = before.rfind('\n') + 1;
    const auto characters = std::ranges::count_if(before.substr(line_begin), [](char c) { return (c & 0xC0) != 0x80; });
    return {static_cast<std::uint32_t>(lines + 1), static_cast<std::uint32_t>(characters + 1)};
}

/// The value that a text is; where words stand in front of it, as in a log line, without them.
source::Result<JsonView> read_value(std::string_view text, std::string_view name) {
    const std::size_t first = std::min(text.find_first_of("{["), text.size());
    // Words of a log line may hold brackets, as `[INFO]` does, and begin with one.
    const bool is_log_line = text.find_first_not_of(" \t\r\n") != first || text.substr(first).starts_with('[');
    for (std::size_t begin = first; begin < text.size(); begin = text.find_first_of("{[", begin + 1)) {
        record::JsonCursor cursor(text.substr(begin));
        cursor.skip_value();
        const std::size_t end = cursor.offset();
        cursor.expect_end();
        if (!cursor.failed()) return JsonView(text.substr(begin, end));
        if (!is_log_line)
            return Problem(ProblemCode::malformed, cursor.reason(), std::string(name),
                           place_of(text, begin + cursor.offset()));
        if (text.find_first_of("{[", begin + 1) == std::string_view::npos) break;
    }
    return Problem(ProblemCode::malformed, "there is no JSON object in it", std::string(name), {1, 1});
}

/// Milliseconds since the epoch, as API Gateway tells them.
std::chrono::microseconds time_of(const JsonView& context) {
    for (const std::string_view name : {"timeEpoch", "requestTimeEpoch"}) {
        const std::string text = context.text_of(name);
        std::int64_t milliseconds = 0;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), milliseconds);
        if (read.ec == std::errc() && !text.empty()) return std::chrono::milliseconds(milliseconds);
    }
    return std::chrono::microseconds(0);
}

record::Exchange to_exchange(const JsonView& event, std::string id) {
    record::Exchange exchange{.id = std::move(id), .front = tell_front(event.raw())};
    if (const auto context = event.find("requestContext")) {
        exchange.started = time_of(*context);
        exchange.api = context->text_of("apiId");
        exchange.stage = context->text_of("stage");
    }
    exchange.invocations.push_back({.event = std::string(event.raw()), .outcome = record::Outcome::unknown});
    return exchange;
}

/// A log line in JSON has a message, and says when it was written.
JsonView without_log_line(const JsonView& value) {
    const auto message = value.find("message");
    if (!message || !message->is_object() || !value.find("timestamp")) return value;
    return *message;
}

/// The console's shareable test events.
Exchanges read_examples(const JsonView& document, std::string_view name) {
    Exchanges exchanges;
    const auto examples = document.find_path({"components", "examples"});
    if (!examples) return exchanges;
    for (const auto& [title, example] : examples->members()) {
        const auto event = example.find("value");
        if (event) exchanges.push_back(to_exchange(*event, std::string(name) + '#' + title));
    }
    return exchanges;
}

Exchanges read_list(const JsonView& list, std::string_view name) {
    Exchanges exchanges;
    std::size_t number = 0;
    for (const JsonView& event : list.items()) {
        ++number;
        if (event.is_object())
            exchanges.push_back(to_exchange(event, std::string(name) + '#' + std::to_string(number)));
    }
    return exchanges;
}

}  // namespace

std::string tell_front(std::string_view event) {
    const JsonView value(event);
    const auto context = value.find("requestContext");
    if (!context || !context->is_object()) return "invoke";
    if (context->find("elb")) return "alb";
    if (context->find("connectionId")) return "websocket";
    const bool is_authorizers = value.find("methodArn") || value.find("routeArn");
    if (is_authorizers) return "invoke";
    const std::string version = value.text_of("version");
    if (version == "1.0") return "http1";
    if (version == "2.0" && context->find("http")) {
        const std::string domain = context->text_of("domainName");
        return domain.find(".lambda-url.") != std::string::npos ? "url" : "http";
    }
    return value.find("httpMethod") ? "rest" : "invoke";
}

source::Result<Exchanges> read_events(std::string_view text, std::string_view name) {
    const auto value = read_value(text, name);
    if (!value) return value.error();
    Exchanges exchanges;
    if (value->is_array()) {
        exchanges = read_list(*value, name);
    } else if (const auto entries = value->find_path({"log", "entries"})) {
        exchanges = read_archive(*entries, name);
    } else if (value->find("openapi")) {
        exchanges = read_examples(*value, name);
    } else {
        exchanges.push_back(to_exchange(without_log_line(*value), std::string(name)));
    }
    if (exchanges.empty()) return Problem(ProblemCode::invalid, "there are no events in it", std::string(name), {1, 1});
    return exchanges;
}

}  // namespace understudy::replay
