#include "tools/understudy/event_options.hpp"

#include "emulator/record/instant.hpp"
#include "tools/understudy/explain_options.hpp"
#include "tools/understudy/option_checks.hpp"
#include "tools/understudy/readable_command.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <memory>

namespace understudy::cli {
namespace {

constexpr std::array<std::string_view, 12> kKinds = {"rest", "http", "http1",   "url",      "alb",         "sqs",
                                                     "sns",  "s3",   "kinesis", "dynamodb", "eventbridge", "schedule"};

/// An option that some kinds have, by the first of its names, and which.
struct KindsOfOption {
    const char* option;
    std::string_view kinds;  ///< Separated by blanks.
};
constexpr std::string_view kHttpKinds = "rest http http1 url alb";
constexpr std::array<KindsOfOption, 17> kOwnOptions{{
    {"--method", kHttpKinds},
    {"--path", kHttpKinds},
    {"--header", kHttpKinds},
    {"--query", kHttpKinds},
    {"--binary-media-type", "rest"},
    {"--body", "rest http http1 url alb sqs sns kinesis s3 eventbridge"},
    {"--queue", "sqs sns s3 kinesis dynamodb schedule"},
    {"--group", "sqs"},
    {"--subject", "sns"},
    {"--key", "s3"},
    {"--event-name", "s3 dynamodb"},
    {"--partition-key", "kinesis"},
    {"--keys", "dynamodb"},
    {"--image", "dynamodb"},
    {"--old-image", "dynamodb"},
    {"--source", "eventbridge"},
    {"--detail-type", "eventbridge"},
}};

bool lists(std::string_view kinds, std::string_view kind) {
    while (!kinds.empty()) {
        const std::size_t end = std::min(kinds.find(' '), kinds.size());
        if (kinds.substr(0, end) == kind) return true;
        kinds.remove_prefix(std::min(end + 1, kinds.size()));
    }
    return false;
}

std::string check_event_time(const std::string& word) {
    return parse_event_time(word) ? "" : "wants '2026-03-02T09:30:00Z' or milliseconds, not '" + word + '\'';
}

/// One of those of
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
bool is_event_name_of_s3(std::string_view name) {
    constexpr std::array<std::string_view, 10> kBeginnings{"ObjectCreated:",       "ObjectRemoved:",
                                                           "ObjectRestore:",       "ObjectTagging:",
                                                           "ObjectAcl:",           "Replication:",
                                                           "LifecycleExpiration:", "LifecycleTransition",
                                                           "IntelligentTiering",   "ReducedRedundancyLostObject"};
    if (name.ends_with('*') || name.ends_with(':')) return false;  // what a configuration names, and no event
    return std::ranges::any_of(kBeginnings, [&](std::string_view begin) { return name.starts_with(begin); });
}

OptionSpec of(std::string names, Slot slot, std::string help, std::string shown) {
    return {std::move(names), slot, std::move(help), {}, std::move(shown)};
}

std::vector<OptionSpec> list_http_options(EventWords& words) {
    EventOptions& options = words.options;
    return {
        of("--method", &options.method, "HTTP: the method; GET, or POST with a body", "METHOD"),
        of("--path", &options.path, "HTTP: the path", "PATH"),
        {"-H,--header", &words.headers, "HTTP: a header, 'Name: value'; may be repeated", check_header, "HEADER"},
        of("--query", &options.query, "HTTP: a query parameter, not encoded; may be repeated", "NAME=VALUE"),
        of("--binary-media-type", &options.binary_media_types,
           "rest: a media type that the API treats as binary; may be repeated", "TYPE"),
        of("--body,--message,--data,--detail", &options.bodies,
           "The body, a message, a record's data or an object's content: a text, or @FILE; may be repeated where an "
           "event holds many. eventbridge: the detail, JSON",
           "TEXT|@FILE"),
    };
}

std::vector<OptionSpec> list_source_options(EventWords& words) {
    EventOptions& options = words.options;
    return {
        of("--queue,--topic,--bucket,--stream,--table,--rule", &options.name, "The name of where it comes from",
           "NAME"),
        of("--group", &options.group, "sqs: the group of messages in a queue whose name ends in .fifo", "ID"),
        of("--subject", &options.subject, "sns: the subject", "TEXT"),
        of("--key", &options.keys, "s3: an object's key; may be repeated", "KEY"),
        of("--event-name,--operation", &options.operation,
           "s3: ObjectCreated:Put, ObjectRemoved:Delete, …; dynamodb: INSERT, MODIFY or REMOVE", "NAME"),
        of("--partition-key", &options.partition_key, "kinesis: the partition key", "TEXT"),
        of("--keys", &options.item_keys, "dynamodb: the item's keys, in DynamoDB's JSON", "JSON|@FILE"),
        of("--image", &options.image, "dynamodb: the item as it is, in DynamoDB's JSON", "JSON|@FILE"),
        of("--old-image", &options.old_image, "dynamodb: the item as it was", "JSON|@FILE"),
        of("--source", &options.source, "eventbridge: the source", "NAME"),
        of("--detail-type", &options.detail_type, "eventbridge: the detail-type", "TEXT"),
        of("--resource", &options.resources, "eventbridge: an ARN; may be repeated", "ARN"),
    };
}

std::vector<OptionSpec> list_event_options(EventWords& words) {
    EventOptions& options = words.options;
    OptionSpec kind = choice("kind", &options.kind, {kKinds.begin(), kKinds.end()}, "Where the event comes from");
    kind.required = true;
    std::vector<OptionSpec> specs{std::move(kind)};
    for (auto list : {list_http_options, list_source_options}) {
        for (OptionSpec& spec : list(words)) specs.push_back(std::move(spec));
    }
    specs.push_back({"--region", &options.making.region, "The event's region",
                     [](const std::string& word) { return check_region(word); }, "REGION"});
    specs.push_back({"--account", &options.making.account, "The event's account",
                     [](const std::string& word) { return check_account(word); }, "ACCOUNT"});
    specs.push_back({"--time", &words.time, "When it happened; the same each time where nothing is said",
                     check_event_time, "TIME"});
    specs.push_back(whole_number("--seed", &words.seed, 0, std::numeric_limits<std::uint64_t>::max(),
                                 "Draws other ids: the same for the same number"));
    return specs;
}

}  // namespace

std::optional<std::chrono::sys_time<std::chrono::milliseconds>> parse_event_time(std::string_view text) {
    using namespace std::chrono;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size() && number >= 0)
        return sys_time<milliseconds>(milliseconds(number));
    const bool is_date = text.size() == std::string_view("2026-03-02").size();
    const auto instant = record::parse_instant(is_date ? std::string(text) + "T00:00:00Z" : std::string(text));
    if (!instant || instant->count() < 0) return std::nullopt;
    return sys_time<milliseconds>(floor<milliseconds>(*instant));
}

std::string find_useless(const std::string& kind, const std::function<bool(const char* option)>& is_given) {
    for (const auto& [option, kinds] : kOwnOptions) {
        if (!is_given(option) || lists(kinds, kind)) continue;
        return "an event of " + kind + " has no use for " + option;
    }
    return {};
}

std::string find_wrong_value(const EventOptions& options, const std::function<bool(const char* option)>& is_given) {
    if (is_given("--group") && !options.name.ends_with(".fifo"))
        return "--group is for a queue whose name ends in .fifo: give it by --queue";
    if (!is_given("--event-name")) return {};
    const std::string& name = options.operation;
    if (options.kind == "dynamodb" && name != "INSERT" && name != "MODIFY" && name != "REMOVE")
        return "--operation of dynamodb is INSERT, MODIFY or REMOVE, not '" + name + '\'';
    if (options.kind == "s3" && !is_event_name_of_s3(name))
        return "--event-name of s3 is one as ObjectCreated:Put or ObjectRemoved:Delete, not '" + name + '\'';
    return {};
}

EventOptions to_event_options(const EventWords& words) {
    EventOptions options = words.options;
    for (const std::string_view word : words.headers) {
        const auto colon = word.find(':');
        const auto value = std::min(word.find_first_not_of(" \t", colon + 1), word.size());
        options.headers.add(word.substr(0, colon), word.substr(value));
    }
    if (!words.time.empty()) options.making.time = parse_event_time(words.time).value();
    options.is_drawn = words.seed.has_value();
    if (words.seed) options.making.seed = *words.seed;
    return options;
}

ReadableCommand make_event_command() {
    auto words = std::make_shared<EventWords>();
    return {{"event", "Print an event as AWS would send it: event KIND [OPTIONS]", "KIND [OPTIONS]",
             "Ids and the time are the same each time, unless --seed or --time say otherwise.\n"
             "Exit codes: 0 printed, 1 usage, or there is no such event, 3 it could not be written.\n\n"
             "Examples:\n  understudy event rest --method POST --path /search -H 'Content-Type: text/plain' --body hi\n"
             "  understudy event sqs --queue orders --body @order.json --body second\n"
             "  understudy event s3 --bucket photos --key 'in/a b.jpg' | understudy invoke -e - -- ./bootstrap",
             list_event_options(*words)},
            [words](const IsGiven& is_given, const std::vector<std::string>& behind) -> std::variant<Command, Misuse> {
                if (!behind.empty()) return Misuse{"runs no function: leave '--' out"};
                const std::string useless = find_useless(words->options.kind, is_given);
                if (!useless.empty()) return Misuse{useless};
                const std::string wrong = find_wrong_value(words->options, is_given);
                if (!wrong.empty()) return Misuse{wrong};
                return to_event_options(*words);
            }};
}

}  // namespace understudy::cli
