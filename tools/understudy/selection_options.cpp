#include "tools/understudy/selection_options.hpp"

#include "tools/scenario/shard.hpp"
#include "tools/understudy/option_checks.hpp"

#include <re2/re2.h>

#include <limits>
#include <memory>

namespace understudy::cli {
namespace {

std::string check_moment(const std::string& word) {
    return replay::parse_time(word) ? std::string() : "write a time like 2026-01-05T10:00:00Z, not '" + word + "'";
}

std::string check_sample(const std::string& word) {
    return replay::parse_sample(word) ? std::string() : "write a share like 10% or a number, not '" + word + "'";
}

std::string check_share_of(const std::string& word) {
    return scenario::parse_shard(word) ? std::string() : "write i/n like 2/4, not '" + word + "'";
}

}  // namespace

std::vector<OptionSpec> selection_options(SelectionWords& words, replay::SelectionRules& rules) {
    return {
        {"--from", &words.from, "Only what came at this time or later: 2026-01-05T10:00:00Z, 2026-01-05", check_moment,
         "TIME"},
        {"--to", &words.to, "Only what came before this time", check_moment, "TIME"},
        {"--filter", &words.filter, "Only what 'METHOD /path' or the function's name matches", check_expression,
         "REGEX"},
        {"--id",
         &words.ids,
         "Only the exchange or the invocation of this id, or whose UUID begins so; may be repeated",
         {},
         "ID"},
        {"--function", &rules.function, "Only what this function was asked", {}, "NAME"},
        {"--sample", &words.sample, "A part of it, the same each time: 10%, or so many; shards divide the sample",
         check_sample, "SHARE|N"},
        {"--shard", &words.shard, "The i-th of n parts, the same each time", check_share_of, "i/n"},
        whole_number("--limit", &words.limit, 1, std::numeric_limits<std::uint64_t>::max(), "Not more than so many"),
    };
}

std::string finish_selection(const SelectionWords& words, replay::SelectionRules& rules) {
    if (!words.from.empty()) rules.from = replay::parse_time(words.from);
    if (!words.to.empty()) rules.to = replay::parse_time(words.to);
    if (rules.from && rules.to && *rules.from >= *rules.to) return "--from is not before --to";
    if (!words.filter.empty()) rules.filter = std::make_shared<const re2::RE2>(words.filter);
    rules.ids.insert(words.ids.begin(), words.ids.end());
    if (const auto shard = scenario::parse_shard(words.shard)) {
        rules.shard = static_cast<std::uint32_t>(shard->number - 1);
        rules.shards = static_cast<std::uint32_t>(shard->count);
    }
    return {};
}

std::vector<OptionSpec> schema_options(SchemaWords& words) {
    return {
        {"--proto", &words.proto_files, "A .proto file whose methods the paths name; may be repeated", {}, "FILE"},
        {"--import-path", &words.import_paths, "A folder in which .proto files are found; may be repeated", {}, "DIR"},
        {"--descriptor-set", &words.descriptor_set, "A descriptor set in place of .proto files", {}, "FILE"},
    };
}

std::string finish_schema(const SchemaWords& words) {
    if (!words.descriptor_set.empty() && !words.proto_files.empty())
        return "takes --proto or --descriptor-set, not both";
    if (words.proto_files.empty() && !words.import_paths.empty())
        return "--import-path goes with --proto, which names a file below it";
    return {};
}

}  // namespace understudy::cli
