#include "tools/convert/convert.hpp"
#include "tools/match/path_check.hpp"
#include "tools/scenario/capture.hpp"
#include "tools/scenario/resolve.hpp"
#include "tools/scenario/template_text.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

namespace understudy::scenario {

// RFC 9110, 5.1 and 5.5: a name is a token; a value has no line breaks.
bool is_header_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) ||
               std::string_view("!#$%&'*+-.^_`|~").find(static_cast<char>(c)) != std::string_view::npos;
    });
}

bool is_header_value(std::string_view value) {
    return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

namespace {

// Messages of the user's types, and what matchers may stand in, are read later: all that the format calls a Value.
bool is_left_to_resolver(const google::protobuf::FieldDescriptor& field) {
    const auto* type = field.is_map() ? field.message_type()->map_value()->message_type() : field.message_type();
    return type && type->full_name() == "google.protobuf.Value";
}

/// Why the message that a step gets back cannot have a value to capture. An error's document has no type.
std::optional<source::Problem> check_capture(std::string_view source, source::Node place, const Step& step) {
    const bool answers = step.expect.code && step.expect.code->value == wire::Code::ok;
    if (step.kind != StepKind::method || !answers) return std::nullopt;
    return match::check_path(place, response_path(source), *step.method->output_type(), match::Reach::one);
}

std::optional<std::chrono::milliseconds> to_milliseconds(const google::protobuf::Duration& duration) {
    constexpr std::int64_t kLongest = 86'400;
    if (duration.seconds() < 0 || duration.seconds() > kLongest || duration.nanos() < 0) return std::nullopt;
    return std::chrono::milliseconds(duration.seconds() * 1000 + duration.nanos() / 1'000'000);
}

}  // namespace

Step Resolver::make_step(const v1::Step& step, source::Node node) {
    return Step{.name = step.name(),
                .node = node,
                .kind = StepKind::method,
                .method = nullptr,
                .protocol = wire::Protocol::plain,
                .codec = wire::Codec::proto,
                .compression = wire::Compression::identity,
                .function = {},
                .subject = {},
                .request = {},
                .packed = {},
                .request_shown = {},
                .patience = {},
                .deadline = {},
                .expect = {},
                .captures = {},
                .repeat = 1,
                .retry = {},
                .fault = {},
                .parallel = {},
                .waits = {}};
}

std::vector<source::Problem> read_format(source::Node node, google::protobuf::Message& format) {
    convert::ConvertOptions options;
    options.wording = convert::Wording::words;
    options.left_to_caller = is_left_to_resolver;
    return convert::convert_message(node, format, options);
}

void Resolver::resolve_fault(const v1::Step& step, source::Node node, Step& resolved) {
    using Kind = lambda::Disturbance::Kind;
    constexpr Kind kKinds[] = {Kind::none,        Kind::kill,           Kind::hang,
                               Kind::delay_reply, Kind::oversize_reply, Kind::cut_reply,
                               Kind::throttle,    Kind::slow_init,      Kind::freeze};
    const auto place = find_written(node, *v1::Step::descriptor(), "fault");
    if (!place) return;
    const auto kind = step.fault().kind();
    const bool known = v1::Fault::Kind_IsValid(kind) && kind != v1::Fault::no_fault;
    if (!known) return add(*place, "a fault needs its kind", "for example: fault: { kind: kill }");
    const bool lasts = kind == v1::Fault::delay || kind == v1::Fault::slow_init || kind == v1::Fault::freeze;
    const auto time = to_milliseconds(step.fault().time());
    constexpr std::chrono::seconds kLongest{900};
    if (lasts != step.fault().has_time() || !time || *time > kLongest)
        add(*place,
            lasts ? "'" + v1::Fault::Kind_Name(kind) + "' needs a time of at most 900s"
                  : "'" + v1::Fault::Kind_Name(kind) + "' takes no time",
            "delay, slow_init and freeze last, for example: fault: { kind: delay, time: 0.5s }");
    resolved.fault = lambda::Disturbance{kKinds[kind], time.value_or(std::chrono::milliseconds(0))};
}

void Resolver::resolve_captures(const v1::Step& step, source::Node node, Step& resolved) {
    const auto captures = find_written(node, *v1::Step::descriptor(), "capture");
    if (!captures) return;
    for (const auto& member : captures->members()) {
        const std::string name(member.key.text());
        const auto written = step.capture().find(name);
        if (written == step.capture().end()) continue;
        const auto named = parse_expression(name);
        if (!named || named->call)
            add(member.key, "'" + name + "' is no name for a variable", "letters, digits, _ and -");
        if (!is_capture_source(written->second))
            add(member.value, "'" + written->second + "' cannot be captured",
                "for example response.items[0].id, header.ETag, trailer.X-Cost, status, body or event.path");
        else if (auto fault = check_capture(written->second, member.value, resolved))
            problems_.push_back(*std::move(fault));
        resolved.captures.push_back({name, {written->second, member.value}});
    }
}

void Resolver::resolve_repeats(const v1::Step& step, source::Node node, Step& resolved) {
    constexpr unsigned kMost = 1000;
    const auto find = [&](std::string_view name) { return find_written(node, *v1::Step::descriptor(), name); };
    if (const auto place = find("repeat")) {
        if (step.repeat() < 1 || step.repeat() > 100 * kMost) add(*place, "a step is repeated 1 to 100000 times", "");
        resolved.repeat = step.repeat();
    }
    if (const auto place = find("retry")) {
        const auto delay =
            step.retry().has_delay() ? to_milliseconds(step.retry().delay()) : std::chrono::milliseconds(100);
        if (step.retry().times() < 1 || step.retry().times() > kMost)
            add(*place, "a step is tried 1 to 1000 times", "for example: retry: { times: 10, delay: 0.5s }");
        if (!delay) add(*place, "the delay between two tries is 0s to 86400s", "");
        resolved.retry = Retry{step.retry().times(), delay.value_or(std::chrono::milliseconds(0))};
    }
}

void Resolver::resolve_timeout(const v1::Step& step, source::Node node, Step& resolved) {
    const auto place = find_written(node, *v1::Step::descriptor(), "timeout");
    if (!place) return;
    resolved.patience = to_milliseconds(step.timeout());
    if (!resolved.patience || resolved.patience->count() == 0)
        add(*place, "a step's timeout is more than 0s, and at most 86400s", "");
}

namespace {

/// The key that makes a step more than one call, or spoils which of several calls it is for; empty where none does.
std::string_view find_more_than_a_call(const v1::Step& step) {
    if (step.parallel_size() > 0) return "parallel";
    if (step.repeat() > 1) return "repeat";
    if (step.has_retry()) return "retry";
    return step.has_fault() ? "fault" : "";
}

}  // namespace

std::optional<Step> Resolver::resolve_parallel(const v1::Step& step, source::Node node, const Scenario& scenario) {
    Step resolved = make_step(step, node);
    resolved.kind = StepKind::parallel;
    const auto list = find_written(node, *v1::Step::descriptor(), "parallel");
    for (const auto* name :
         {"method", "http", "invoke", "request", "request_text", "request_hex", "request_base64", "request_file",
          "expect", "capture", "headers", "protocol", "compression", "lower_case_headers", "content_type", "timeout"}) {
        if (const auto place = find_written(node, *v1::Step::descriptor(), name))
            add(*place, "'" + std::string(name) + "' belongs to the steps in 'parallel'", "");
    }
    for (const auto* name : {"retry", "fault"}) {
        if (const auto place = find_written(node, *v1::Step::descriptor(), name))
            add(*place, "'" + std::string(name) + "' does not go with 'parallel'",
                "it goes with a step that is one call");
    }
    if (resolved.name.empty()) resolved.name = "at the same time";
    resolved.subject = resolved.name;
    for (int i = 0; i < step.parallel_size() && list; ++i) {
        const auto place = list->items()[static_cast<std::size_t>(i)];
        const auto& inner = step.parallel(i);
        if (const auto more = find_more_than_a_call(inner); !more.empty())
            add(find_written(place, *v1::Step::descriptor(), more).value_or(place),
                "'" + std::string(more) + "' cannot stand in a step of 'parallel'",
                more == "repeat" ? "repeat stands beside parallel" : "a step in 'parallel' is one call");
        else if (auto read = resolve_step(inner, place, scenario))
            resolved.parallel.push_back(*std::move(read));
    }
    resolve_repeats(step, node, resolved);
    return resolved;
}

std::optional<Step> Resolver::resolve_step(const v1::Step& step, source::Node node, const Scenario& scenario) {
    if (step.parallel_size() > 0) return resolve_parallel(step, node, scenario);
    Step resolved = make_step(step, node);
    resolve_timeout(step, node, resolved);
    if (!resolve_call(step, node, scenario, resolved)) return std::nullopt;
    resolve_repeats(step, node, resolved);
    resolve_fault(step, node, resolved);
    resolved.expect = resolve_expectation(step, node, scenario, resolved);
    resolve_captures(step, node, resolved);
    return resolved;
}

}  // namespace understudy::scenario
