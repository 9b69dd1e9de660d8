#include "tools/understudy/make_event.hpp"

#include "emulator/app/single_function.hpp"
#include "emulator/event/made_up_facts.hpp"
#include "emulator/files/read_file.hpp"
#include "emulator/http/hex.hpp"
#include "emulator/http/percent.hpp"
#include "emulator/lambda/json_text.hpp"
#include "emulator/source/document.hpp"
#include "tools/event/message_events.hpp"
#include "tools/event/notice_events.hpp"
#include "tools/event/stream_events.hpp"
#include "tools/understudy/explain_report.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <utility>

namespace understudy::cli {
namespace {

using source::Problem;
using source::ProblemCode;

source::Result<std::string> read_text(const std::string& word) {
    if (!word.starts_with('@')) return word;
    return files::read_file(word.substr(1));
}

source::Result<std::vector<std::string>> read_texts(const std::vector<std::string>& words,
                                                    const std::string& fallback) {
    std::vector<std::string> texts;
    for (const std::string& word : words) {
        auto text = read_text(word);
        if (!text) return text.error();
        texts.push_back(std::move(*text));
    }
    if (texts.empty()) texts.push_back(fallback);
    return texts;
}

/// A text that is to be an object of JSON; `fallback` where there is none.
source::Result<std::string> read_object(const std::string& word, const std::string& option,
                                        const std::string& fallback) {
    auto text = word.empty() ? source::Result<std::string>(fallback) : read_text(word);
    if (!text || text->empty()) return text;
    if (!lambda::is_json(*text)) return Problem(ProblemCode::invalid, option + " is no JSON: " + *text);
    if (text->find_first_of('{') != text->find_first_not_of(" \t\r\n"))
        return Problem(ProblemCode::invalid, option + " is no object of JSON: " + *text);
    return text;
}

/// DynamoDB's JSON: each value is an object that names its type.
bool is_attribute(source::Node value) {
    constexpr std::array<std::string_view, 10> kTypes = {"S", "N", "B", "SS", "NS", "BS", "M", "L", "BOOL", "NULL"};
    return value.members().size() == 1 && std::ranges::find(kTypes, value.members().front().key.text()) != kTypes.end();
}

source::Result<std::string> read_item(const std::string& word, const std::string& option, const std::string& fallback) {
    auto text = read_object(word, option, fallback);
    if (!text || text->empty()) return text;
    const auto item = source::parse_document(*text, option);
    if (!item) return item.error();
    for (const auto& [key, value] : item->root().members()) {
        if (!is_attribute(value))
            return Problem(ProblemCode::invalid, option + ": '" + std::string(key.text()) +
                                                     R"(' does not name its type, as {"S": "a"} and {"N": "1"} do)");
    }
    return text;
}

event::Facts to_facts(const EventOptions& options) {
    event::Facts facts = event::made_up_facts();
    facts.time = options.making.time;
    event_maker::Draw draw(options.making.seed);
    if (options.is_drawn) {
        facts.request_id = draw.uuid();
        facts.extended_request_id = draw.text(15) + '=';
        facts.trace_parent = draw.text(16);
    }
    std::string root = "1-";
    const auto seconds = options.making.time.time_since_epoch().count() / 1000;
    http::append_hex(root, static_cast<std::uint64_t>(seconds), 8);
    facts.trace_root = root + (options.is_drawn ? '-' + draw.text(24) : facts.trace_root.substr(10));
    return facts;
}

std::string to_target(const EventOptions& options) {
    std::string target = options.path.starts_with('/') ? options.path : '/' + options.path;
    for (const std::string& parameter : options.query) {
        const std::size_t equals = std::min(parameter.find('='), parameter.size());
        target += target.find('?') == std::string::npos ? '?' : '&';
        target += http::encode_percent(parameter.substr(0, equals));
        if (equals < parameter.size()) target += '=' + http::encode_percent(parameter.substr(equals + 1));
    }
    return target;
}

source::Result<std::string> make_http_event(app::FrontKind front, const EventOptions& options) {
    auto bodies = read_texts(options.bodies, "");
    if (!bodies) return bodies.error();
    const std::string method = !options.method.empty() ? options.method : options.bodies.empty() ? "GET" : "POST";
    const http::Request request{method, to_target(options), 1, options.headers, std::move(bodies->front())};
    app::Application application;
    application.region = options.making.region;
    application.account = options.making.account;
    const std::string function = application.functions.emplace_back().name;
    const app::FrontOptions front_options{.binary_media_types = options.binary_media_types};
    application.apis.push_back(app::to_single_function_api(front, front_options, function));
    auto explained = explain_request(application, request, std::nullopt, to_facts(options));
    if (!explained.empty() && explained.front().call) return std::move(explained.front().call->event);
    const auto* answer = explained.empty() || !explained.front().answer ? nullptr : &*explained.front().answer;
    return Problem(ProblemCode::invalid, "the front door answers this request by itself" +
                                             (answer == nullptr ? "" : ", with " + std::to_string(answer->status)) +
                                             "; 'understudy explain' tells why");
}

std::string or_default(const std::string& text, const std::string& fallback) {
    return text.empty() ? fallback : text;
}

source::Result<std::string> make_queue_event(const EventOptions& options) {
    auto bodies = read_texts(options.bodies, "hello");
    if (!bodies) return bodies.error();
    event_maker::QueueMessages messages{.bodies = std::move(*bodies)};
    messages.queue = or_default(options.name, messages.queue);
    messages.group = or_default(options.group, messages.group);
    return render(messages, options.making);
}

source::Result<std::string> make_topic_event(const EventOptions& options) {
    auto bodies = read_texts(options.bodies, "hello");
    if (!bodies) return bodies.error();
    event_maker::TopicNotice notice{.subject = options.subject, .message = std::move(bodies->front())};
    notice.topic = or_default(options.name, notice.topic);
    return render(notice, options.making);
}

source::Result<std::string> make_bucket_event(const EventOptions& options) {
    auto contents = read_texts(options.bodies, "hello");
    if (!contents) return contents.error();
    event_maker::BucketNotice notice{.keys = options.keys, .content = std::move(contents->front())};
    if (notice.keys.empty()) notice.keys = {"my-key"};
    notice.bucket = or_default(options.name, notice.bucket);
    notice.name = or_default(options.operation, notice.name);
    return render(notice, options.making);
}

source::Result<std::string> make_stream_event(const EventOptions& options) {
    auto data = read_texts(options.bodies, "hello");
    if (!data) return data.error();
    event_maker::StreamRecords records{.data = std::move(*data)};
    records.stream = or_default(options.name, records.stream);
    records.partition_key = or_default(options.partition_key, records.partition_key);
    return render(records, options.making);
}

source::Result<std::string> make_table_event(const EventOptions& options) {
    event_maker::TableChange change;
    auto keys = read_item(options.item_keys, "--keys", change.keys);
    auto image = read_item(options.image, "--image", "");
    auto old_image = read_item(options.old_image, "--old-image", "");
    for (const auto* text : {&keys, &image, &old_image}) {
        if (!*text) return text->error();
    }
    change.table = or_default(options.name, change.table);
    change.operation = or_default(options.operation, change.operation);
    change.keys = std::move(*keys);
    change.new_image = std::move(*image);
    change.old_image = std::move(*old_image);
    return render(change, options.making);
}

source::Result<std::string> make_bus_event(const EventOptions& options) {
    auto detail = read_object(options.bodies.empty() ? "" : options.bodies.front(), "--detail", "{}");
    if (!detail) return detail.error();
    event_maker::BusEvent event{.detail = std::move(*detail), .resources = options.resources};
    event.source = or_default(options.source, event.source);
    event.detail_type = or_default(options.detail_type, event.detail_type);
    return render(event, options.making);
}

}  // namespace

source::Result<std::string> make_event(const EventOptions& options) {
    if (const auto front = app::find_front(options.kind)) return make_http_event(*front, options);
    if (options.kind == "sqs") return make_queue_event(options);
    if (options.kind == "sns") return make_topic_event(options);
    if (options.kind == "s3") return make_bucket_event(options);
    if (options.kind == "kinesis") return make_stream_event(options);
    if (options.kind == "dynamodb") return make_table_event(options);
    if (options.kind == "eventbridge") return make_bus_event(options);
    const std::string rule = or_default(options.name, "my-rule");
    return render(event_maker::to_scheduled(rule, options.making), options.making);
}

int print_event(const EventOptions& options) {
    const auto event = make_event(options);
    if (!event) {
        std::cerr << "understudy event: " << event.error().message() << '\n';
        return 1;
    }
    std::cout << *event << '\n' << std::flush;
    return 0;
}

}  // namespace understudy::cli
